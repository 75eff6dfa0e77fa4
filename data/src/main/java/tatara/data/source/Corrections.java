package tatara.data.source;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Collectors;
import tatara.core.evidence.TableRef;
import tatara.core.json.JsonText;
import tatara.core.json.RecordCodec;
import tatara.data.lake.AtomicFile;
import tatara.data.lake.Engine;
import tatara.data.lake.Lake;
import tatara.data.lake.SafeName;
import tatara.data.lake.StorageFailure;
import tatara.data.lake.TableColumn;

/**
 * Cells that people corrected, in {@code lake/quarantine/PIPELINE/TABLE.corrections.jsonl}. They belong to one content of the source, and
 * are laid over its raw rows; the source and its ingestion stay as they are. A row beyond the raw table's end is one that could not be read.
 */
public final class Corrections {
    private final Path file;

    private Corrections(Path file) {
        this.file = file;
    }

    /**
     * Corrected cells of one row.
     *
     * @param source key of the content that it belongs to
     * @param row position, the row's identity
     * @param cells new texts by column; an empty text is a missing value
     */
    public record Correction(String source, long row, Map<String, String> cells) {}

    public static Corrections of(Path home, String pipeline, String table) {
        return new Corrections(home.resolve("lake")
                .resolve("quarantine")
                .resolve(SafeName.of(pipeline))
                .resolve(SafeName.of(table) + ".corrections.jsonl"));
    }

    /** Corrections of a content, one for each row, by rising row; of two for one cell the later one counts. */
    public List<Correction> of(String source) {
        Map<Long, Map<String, String>> rows = new TreeMap<>();
        for (Correction correction : all()) {
            if (correction.source().equals(source)) {
                rows.computeIfAbsent(correction.row(), absent -> new LinkedHashMap<>())
                        .putAll(correction.cells());
            }
        }
        return rows.entrySet().stream()
                .map(row -> new Correction(source, row.getKey(), row.getValue()))
                .toList();
    }

    private List<Correction> all() {
        List<Correction> all = new ArrayList<>();
        if (!Files.exists(file)) {
            return all;
        }
        try {
            for (String line : Files.readAllLines(file, StandardCharsets.UTF_8)) {
                if (!line.isBlank()) {
                    String name = file.toString();
                    all.add(RecordCodec.read(Correction.class, name, JsonText.read(name, line)));
                }
            }
            return all;
        } catch (IOException e) {
            throw StorageFailure.of(e, file);
        }
    }

    /** Adds corrections; the file is replaced whole. */
    public void add(List<Correction> corrections) {
        List<Correction> all = all();
        all.addAll(corrections);
        String text = all.stream()
                .map(one -> JsonText.write(RecordCodec.write(one)) + "\n")
                .collect(Collectors.joining());
        try {
            Files.createDirectories(Objects.requireNonNull(file.getParent()));
            AtomicFile.write(file, text);
        } catch (IOException e) {
            throw StorageFailure.of(e, file);
        }
    }

    /**
     * Replaces a raw table by itself with the corrections in place. Rows beyond its end are added.
     *
     * @param corrections of that content
     */
    public static TableRef lay(Lake lake, TableRef raw, List<Correction> corrections) {
        List<TableColumn> columns = lake.types(raw);
        List<String> cells = new ArrayList<>();
        for (TableColumn column : columns) {
            StringBuilder cases = new StringBuilder();
            for (Correction correction : corrections) {
                String cell = correction.cells().get(column.name());
                if (cell != null && correction.row() < raw.rows()) {
                    cases.append(" WHEN ")
                            .append(correction.row())
                            .append(" THEN ")
                            .append(value(cell, column));
                }
            }
            String name = Engine.quote(column.name());
            cells.add(cases.isEmpty() ? name : "CASE " + Lake.ROW + cases + " ELSE " + name + " END AS " + name);
        }
        StringBuilder sql =
                new StringBuilder("SELECT " + String.join(", ", cells) + ", " + Lake.ROW + " FROM " + lake.from(raw));
        for (Correction correction : corrections) {
            if (correction.row() >= raw.rows()) {
                sql.append(" UNION ALL SELECT ");
                for (TableColumn column : columns) {
                    String cell = correction.cells().getOrDefault(column.name(), "");
                    sql.append(value(cell, column)).append(", ");
                }
                sql.append(correction.row()).append("::BIGINT");
            }
        }
        return lake.replace(raw.layer(), raw.name(), sql + " ORDER BY " + Lake.ROW);
    }

    private static String value(String cell, TableColumn column) {
        String typed = "TRY_CAST(" + Engine.literal(cell) + " AS " + column.type() + ")";
        return cell.isEmpty() ? "CAST(NULL AS " + column.type() + ")" : typed;
    }
}
