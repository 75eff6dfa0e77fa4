package tatara.data.lake;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** SQL that reads and writes the Parquet files of tables. */
final class FileSql {
    /** The column that names the file of a row where {@link #located} reads. */
    static final String FILE = "_tatara_file";

    /** Row groups of a file: about a million rows of a narrow table, fewer of a wide one. */
    private static final int GROUPS = 8;

    private FileSql() {}

    /** A table expression for some files of a snapshot, in the order of the files. */
    static String source(SnapshotContent content, List<String> paths) {
        return source(content, paths, "");
    }

    /** Like {@link #source}, with the path of each row's file in {@link #FILE}. */
    static String located(SnapshotContent content, List<String> paths) {
        return source(content, paths, ", filename = " + Engine.literal(FILE));
    }

    private static String source(SnapshotContent content, List<String> paths, String option) {
        if (paths.isEmpty()) {
            return "(SELECT "
                    + content.columns().stream()
                            .map(column -> "CAST(NULL AS " + column.type() + ") AS " + Engine.quote(column.name()))
                            .collect(Collectors.joining(", "))
                    + (option.isEmpty() ? "" : ", '' AS " + FILE) + " WHERE false)";
        }
        String files = paths.stream().map(Engine::literal).collect(Collectors.joining(", "));
        return "read_parquet([" + files + "], hive_partitioning = false" + option
                + (content.plain() ? "" : ", schema = " + map(content)) + ")";
    }

    private static String map(SnapshotContent content) {
        return IntStream.range(0, content.columns().size())
                .mapToObj(i -> content.fieldIds().get(i) + ": {name: "
                        + Engine.literal(content.columns().get(i).name()) + ", type: "
                        + Engine.literal(content.columns().get(i).type().name()) + ", default_value: NULL}")
                .collect(Collectors.joining(", ", "MAP {", "}"));
    }

    /**
     * Fills a directory with the rows of a query, in their order. A COPY that begins new files takes rows as its threads bring them,
     * unless a window over the query holds it to one.
     *
     * @param select gives the columns, {@code _row} among them
     */
    static String copy(String select, String directory, List<TableColumn> columns, List<Integer> fieldIds) {
        String row = Engine.quote(Lake.ROW);
        return "COPY (SELECT * REPLACE (CASE WHEN row_number() OVER () > 0 THEN " + row + " END AS " + row + ") FROM ("
                + select + ")) TO " + target(directory, columns, fieldIds);
    }

    /** The rest of a COPY statement that fills a directory with files of a good size, in the order of the rows. */
    static String target(String directory, List<TableColumn> columns, List<Integer> fieldIds) {
        String ids = IntStream.range(0, columns.size())
                .mapToObj(i -> Engine.quote(columns.get(i).name()) + ": " + fieldIds.get(i))
                .collect(Collectors.joining(", "));
        int groupRows = Math.max(2_048, Math.min(122_880, 4_915_200 / columns.size() / 2_048 * 2_048));
        return Engine.literal(directory) + " (FORMAT parquet, COMPRESSION zstd, ROW_GROUP_SIZE " + groupRows
                + ", ROW_GROUPS_PER_FILE " + GROUPS + ", OVERWRITE_OR_IGNORE, FIELD_IDS {" + ids + "})";
    }

    /** {@code c0, c1, …}: names that no user's column can disturb. */
    static String names(int count) {
        return IntStream.range(0, count).mapToObj(i -> "c" + i).collect(Collectors.joining(", "));
    }
}
