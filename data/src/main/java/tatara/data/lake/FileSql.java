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
        return source(content, paths, false);
    }

    /** Like {@link #source}, with the path of each row's file in {@link #FILE}. */
    static String located(SnapshotContent content, List<String> paths) {
        return source(content, paths, true);
    }

    private static String source(SnapshotContent content, List<String> paths, boolean located) {
        if (paths.isEmpty()) {
            return "(SELECT "
                    + content.columns().stream()
                            .map(column -> "CAST(NULL AS " + column.type() + ") AS " + Engine.quote(column.name()))
                            .collect(Collectors.joining(", "))
                    + (located ? ", '' AS " + FILE : "") + " WHERE false)";
        }
        List<SnapshotContent.StoredFile> unnumbered = content.unnumbered().stream()
                .filter(file -> paths.contains(file.path()))
                .toList();
        if (!unnumbered.isEmpty()) {
            return numbered(content, paths, unnumbered, located);
        }
        return "read_parquet([" + files(paths) + "], hive_partitioning = false"
                + (located ? ", filename = " + Engine.literal(FILE) : "")
                + (content.plain()
                        ? ""
                        : ", schema = "
                                + map(
                                        content,
                                        content.columns().stream()
                                                .map(TableColumn::name)
                                                .toList()))
                + ")";
    }

    private static String files(List<String> paths) {
        return paths.stream().map(Engine::literal).collect(Collectors.joining(", "));
    }

    /** Rows without a {@code _row} get one from their position in the file. */
    private static String numbered(
            SnapshotContent content, List<String> paths, List<SnapshotContent.StoredFile> unnumbered, boolean located) {
        String from = unnumbered.stream()
                .map(file -> " WHEN " + Engine.literal(file.path()) + " THEN " + file.numbersFrom())
                .collect(Collectors.joining());
        List<String> names = IntStream.range(0, content.columns().size())
                .mapToObj(i -> "c" + i)
                .toList();
        String columns = IntStream.range(0, names.size())
                .mapToObj(i -> {
                    String name = content.columns().get(i).name();
                    String value = name.equals(Lake.ROW)
                            ? "CAST(coalesce(c" + i + ", file_row_number + CASE " + FILE + from + " END) AS BIGINT)"
                            : names.get(i);
                    return value + " AS " + Engine.quote(name);
                })
                .collect(Collectors.joining(", "));
        return "(SELECT " + columns + (located ? ", " + FILE : "") + " FROM read_parquet([" + files(paths)
                + "], hive_partitioning = false, file_row_number = true, filename = " + Engine.literal(FILE)
                + ", schema = " + map(content, names) + "))";
    }

    private static String map(SnapshotContent content, List<String> names) {
        return IntStream.range(0, content.columns().size())
                .mapToObj(i -> content.fieldIds().get(i) + ": {name: "
                        + Engine.literal(names.get(i)) + ", type: "
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
