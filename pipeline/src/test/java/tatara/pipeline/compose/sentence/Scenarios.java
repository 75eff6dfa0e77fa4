package tatara.pipeline.compose.sentence;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import tatara.core.evidence.ColumnLink;
import tatara.core.evidence.TableProfile;
import tatara.core.spec.DataArgument;
import tatara.core.spec.Request;
import tatara.testkit.profile.ProfileText;

/** Scenarios of {@code scenarios.txt}. */
final class Scenarios {
    private static final Map<String, TableProfile> TABLES = ProfileText.publicTables();

    private Scenarios() {}

    /** One scenario: its line in the file and its entries. */
    record Scenario(int line, Map<String, String> entries) {
        List<TableProfile> tables() {
            List<TableProfile> tables = new ArrayList<>();
            for (String name : entry("data").orElseThrow().split(" ")) {
                tables.add(Objects.requireNonNull(TABLES.get(name), name));
            }
            return tables;
        }

        List<ColumnLink> links() {
            List<ColumnLink> links = new ArrayList<>();
            for (String link : entry("links").map(text -> text.split(" ")).orElse(new String[0])) {
                String[] ends = link.split("[.>]");
                links.add(new ColumnLink(ends[0], ends[1], ends[2], ends[3], 1));
            }
            return links;
        }

        Request request() {
            List<DataArgument> data = new ArrayList<>();
            tables().forEach(table -> data.add(new DataArgument("", "/data/" + table.name() + ".csv")));
            return new Request(
                    entries.get("sentence"),
                    data,
                    entry("--name"),
                    entry("--target"),
                    entry("--time"),
                    entry("--entity"),
                    entry("--horizon").map(Integer::valueOf),
                    300,
                    1,
                    List.of(),
                    Map.of());
        }

        Optional<String> entry(String key) {
            return Optional.ofNullable(entries.get(key));
        }

        @Override
        public String toString() {
            return "line " + line + ": " + entries.get("sentence");
        }
    }

    static List<Scenario> all() {
        List<Scenario> scenarios = new ArrayList<>();
        Map<String, String> entries = new LinkedHashMap<>();
        int number = 0;
        int start = 0;
        for (String line : lines()) {
            number++;
            if (line.isBlank() && !entries.isEmpty()) {
                scenarios.add(new Scenario(start, new LinkedHashMap<>(entries)));
                entries.clear();
            } else if (!line.isBlank() && !line.startsWith("#")) {
                int colon = line.indexOf(':');
                start = entries.isEmpty() ? number : start;
                if (entries.put(
                                line.substring(0, colon),
                                line.substring(colon + 1).strip())
                        != null) {
                    throw new IllegalStateException("line " + number + ": twice");
                }
            }
        }
        if (!entries.isEmpty()) {
            scenarios.add(new Scenario(start, entries));
        }
        return scenarios;
    }

    private static List<String> lines() {
        String name = "scenarios.txt";
        try (InputStream in = Objects.requireNonNull(Scenarios.class.getResourceAsStream(name), name);
                BufferedReader reader = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
            return reader.lines().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
