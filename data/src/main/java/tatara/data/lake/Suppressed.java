package tatara.data.lake;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tatara.core.json.JsonText;
import tatara.core.json.RecordCodec;

/**
 * Rows that no write may bring back, because somebody was forgotten: the file {@code lake/suppressed.json}. It holds salted hashes, never a
 * value.
 *
 * @param entries in the order in which they were added
 */
public record Suppressed(List<Entry> entries) {
    public Suppressed {
        entries = List.copyOf(entries);
    }

    /**
     * Rows that are refused.
     *
     * @param pipeline whose tables
     * @param columns names; a table that lacks one of them is not concerned
     * @param hashes for each column the values that are refused: SHA-256 of the salt and the value's text, in hex
     */
    public record Entry(String pipeline, String salt, List<String> columns, List<List<String>> hashes) {
        public Entry {
            columns = List.copyOf(columns);
            hashes = hashes.stream().map(List::copyOf).toList();
        }

        boolean concerns(List<TableColumn> table) {
            return columns.stream().allMatch(column -> named(table, column) != null);
        }

        private String condition(List<TableColumn> table) {
            List<String> parts = new ArrayList<>();
            for (int i = 0; i < columns.size(); i++) {
                parts.add("sha256(" + Engine.literal(salt) + " || " + text(String.valueOf(named(table, columns.get(i))))
                        + ") IN (" + hashes.get(i).stream().map(Engine::literal).collect(Collectors.joining(", "))
                        + ")");
            }
            return "COALESCE(" + String.join(" AND ", parts) + ", false)";
        }

        private static @Nullable String named(List<TableColumn> table, String column) {
            return table.stream()
                    .map(TableColumn::name)
                    .filter(name -> name.toLowerCase(Locale.ROOT).equals(column.toLowerCase(Locale.ROOT)))
                    .findFirst()
                    .orElse(null);
        }
    }

    /** SQL of a column's values as texts that are the same whether the column holds numbers or texts. */
    public static String text(String column) {
        return "regexp_replace(trim(CAST(" + Engine.quote(column) + " AS VARCHAR)), '^(-?[0-9]+)[.]0+$', '\\1')";
    }

    public static Path file(Path home) {
        return home.resolve("lake").resolve("suppressed.json");
    }

    /** All entries of a home. */
    public static Suppressed read(Path home) {
        Path file = file(home);
        if (!Files.exists(file)) {
            return new Suppressed(List.of());
        }
        try {
            String name = file.toString();
            return RecordCodec.read(Suppressed.class, name, JsonText.read(name, Files.readString(file)));
        } catch (IOException e) {
            throw StorageFailure.of(e, file);
        }
    }

    /** What concerns a table {@code PIPELINE.TABLE}. */
    static Suppressed of(Path home, String name) {
        return new Suppressed(read(home).entries.stream()
                .filter(entry -> name.startsWith(entry.pipeline + "."))
                .toList());
    }

    boolean isEmpty() {
        return entries.isEmpty();
    }

    boolean concerns(List<TableColumn> columns) {
        return entries.stream().anyMatch(entry -> entry.concerns(columns));
    }

    /** The query without the rows that are refused. */
    String without(String selectSql, List<TableColumn> columns) {
        String refused = entries.stream()
                .filter(entry -> entry.concerns(columns))
                .map(entry -> entry.condition(columns))
                .collect(Collectors.joining(" OR "));
        return refused.isEmpty() ? selectSql : "SELECT * FROM (" + selectSql + ") WHERE NOT (" + refused + ")";
    }
}
