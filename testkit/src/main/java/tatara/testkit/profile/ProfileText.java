package tatara.testkit.profile;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import tatara.core.evidence.CellFormat;
import tatara.core.evidence.ColumnProfile;
import tatara.core.evidence.ColumnType;
import tatara.core.evidence.NumberSummary;
import tatara.core.evidence.SourceAudit;
import tatara.core.evidence.SourceFile;
import tatara.core.evidence.TableProfile;
import tatara.core.evidence.TableRef;
import tatara.core.evidence.TimeSummary;
import tatara.core.evidence.ValueCount;

/**
 * Reads {@link TableProfile}s from text: a line {@code table NAME rows=N}, then one line a column,
 * {@code name | type | distinct=… | missing=… | top=value:count; … | key}. The file {@code tables.txt} beside this class
 * describes the columns of public data sets and some with hard names.
 */
public final class ProfileText {
    private static final Map<String, TableProfile> PUBLIC = read(resource("tables.txt"));

    private ProfileText() {}

    /** All tables of {@code tables.txt}, by name. */
    public static Map<String, TableProfile> publicTables() {
        return Collections.unmodifiableMap(PUBLIC);
    }

    /** @throws IllegalArgumentException if there is no such table in {@code tables.txt} */
    public static TableProfile table(String name) {
        return Optional.ofNullable(publicTables().get(name))
                .orElseThrow(() -> new IllegalArgumentException("table: " + name));
    }

    /** Tables of a text, by name, in its order. */
    public static Map<String, TableProfile> read(List<String> lines) {
        Map<String, TableProfile> tables = new LinkedHashMap<>();
        List<String> head = List.of();
        List<String> columns = new ArrayList<>();
        for (String line : lines) {
            if (line.isBlank() || line.startsWith("#")) {
                continue;
            }
            if (line.startsWith("table ")) {
                add(head, columns, tables);
                head = List.of(line.substring(6).split(" "));
                columns.clear();
            } else {
                columns.add(line);
            }
        }
        add(head, columns, tables);
        return tables;
    }

    private static void add(List<String> head, List<String> lines, Map<String, TableProfile> tables) {
        if (head.isEmpty()) {
            return;
        }
        Map<String, String> facts = facts(head);
        long rows = Long.parseLong(facts.getOrDefault("rows", "0"));
        List<ColumnProfile> columns = new ArrayList<>();
        List<String> keys = new ArrayList<>();
        for (String line : lines) {
            for (String single : expand(line)) {
                List<String> parts = List.of(single.split(" \\| "));
                ColumnProfile column = column(parts, rows);
                columns.add(column);
                if (parts.contains("key")) {
                    keys.add(column.name());
                }
            }
        }
        String name = head.get(0);
        Map<String, String> dialect = new LinkedHashMap<>();
        Optional.ofNullable(facts.get("layout")).ifPresent(layout -> dialect.put("layout", layout));
        Optional.ofNullable(facts.get("values")).ifPresent(values -> dialect.put("valueColumns", values));
        SourceFile file = new SourceFile("/data/" + name + ".csv", rows * 40, "00");
        SourceAudit source = new SourceAudit(name, "csv", List.of(file), dialect, rows, 0, "", List.of());
        long duplicates = Long.parseLong(facts.getOrDefault("duplicates", "0"));
        tables.put(name, new TableProfile(name, new TableRef("raw", name, 1, rows), source, columns, duplicates, keys));
    }

    /** {@code V{1..3} | …} stands for three columns. */
    private static List<String> expand(String line) {
        int open = line.indexOf('{');
        int close = line.indexOf('}');
        if (open < 0 || close < open || !line.substring(open + 1, close).matches("\\d+\\.\\.\\d+")) {
            return List.of(line);
        }
        String[] range = line.substring(open + 1, close).split("\\.\\.");
        List<String> lines = new ArrayList<>();
        for (int i = Integer.parseInt(range[0]); i <= Integer.parseInt(range[1]); i++) {
            lines.add(line.substring(0, open) + i + line.substring(close + 1));
        }
        return lines;
    }

    private static ColumnProfile column(List<String> parts, long rows) {
        Map<String, String> facts = facts(parts);
        CellFormat plain = CellFormat.plain();
        CellFormat format = new CellFormat(
                plain.missing(),
                plain.decimal(),
                plain.grouping(),
                plain.prefix(),
                plain.suffix(),
                plain.timePattern(),
                facts.containsKey("true") ? List.of(facts.get("true")) : List.of(),
                facts.containsKey("false") ? List.of(facts.get("false")) : List.of());
        return new ColumnProfile(
                text(parts.get(0)),
                ColumnType.valueOf(parts.get(1).strip().toUpperCase(Locale.ROOT)),
                "as counted",
                format,
                rows,
                Long.parseLong(facts.getOrDefault("missing", "0")),
                Long.parseLong(facts.getOrDefault("invalid", "0")),
                Long.parseLong(facts.getOrDefault("distinct", "0")),
                top(facts.getOrDefault("top", "")),
                numbers(facts),
                times(facts),
                Double.parseDouble(facts.getOrDefault("length", "0")),
                Double.parseDouble(facts.getOrDefault("words", "0")));
    }

    private static Map<String, String> facts(List<String> parts) {
        Map<String, String> facts = new LinkedHashMap<>();
        for (String part : parts.subList(1, parts.size())) {
            int equals = part.indexOf('=');
            if (equals > 0) {
                facts.put(
                        part.substring(0, equals).strip(),
                        part.substring(equals + 1).strip());
            }
        }
        return facts;
    }

    private static List<ValueCount> top(String text) {
        List<ValueCount> top = new ArrayList<>();
        for (String entry : text.isEmpty() ? new String[0] : text.split("; ")) {
            int colon = entry.lastIndexOf(':');
            top.add(new ValueCount(text(entry.substring(0, colon)), Long.parseLong(entry.substring(colon + 1))));
        }
        return top;
    }

    private static Optional<NumberSummary> numbers(Map<String, String> facts) {
        if (!facts.containsKey("q")) {
            return Optional.empty();
        }
        double[] quantiles = Arrays.stream(facts.get("q").split(" "))
                .mapToDouble(Double::parseDouble)
                .toArray();
        return Optional.of(new NumberSummary(
                Double.parseDouble(facts.get("mean")),
                Double.parseDouble(facts.get("sd")),
                quantiles[0],
                quantiles[quantiles.length - 1],
                Double.parseDouble(facts.get("skew")),
                quantiles,
                new double[0],
                0,
                0));
    }

    private static Optional<TimeSummary> times(Map<String, String> facts) {
        if (!facts.containsKey("from")) {
            return Optional.empty();
        }
        double step = Double.parseDouble(facts.getOrDefault("step", "0"));
        return Optional.of(new TimeSummary(
                LocalDateTime.parse(facts.get("from")).toInstant(ZoneOffset.UTC),
                LocalDateTime.parse(facts.get("to")).toInstant(ZoneOffset.UTC),
                step,
                step > 0 ? 0.95 : 0,
                step >= 86_400));
    }

    /** Undoes the escapes of marks that the format needs. */
    private static String text(String escaped) {
        return escaped.strip()
                .replace("\\p", "|")
                .replace("\\s", ";")
                .replace("\\c", ":")
                .replace("\\n", "\n")
                .replace("\\\\", "\\");
    }

    private static List<String> resource(String name) {
        try (InputStream in = Objects.requireNonNull(ProfileText.class.getResourceAsStream(name), name);
                BufferedReader reader = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
            return reader.lines().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
