package tatara.data.load;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import tatara.data.lake.Engine;

/**
 * What a batch does to a table, as one row for each row of the batch or each key, in a Parquet file: the columns that come, where the row
 * comes from, its point on the watermark's line, and a letter {@code op}.
 */
final class Delta {
    /** A new row. */
    static final String INSERT = "I";
    /** A newer row of a key. */
    static final String UPDATE = "U";
    /** A key that goes. */
    static final String DELETE = "D";
    /** There already. */
    static final String KNOWN = "S";
    /** Older than what its key holds or than its deletion; or of a key that goes but is not there. */
    static final String OUTDATED = "O";
    /** A deletion of a key that is not there. */
    static final String NOTHING = "N";
    /** Further below the watermark than allowed. */
    static final String LATE = "L";
    /** Dated ahead of now. */
    static final String AHEAD = "F";
    /** Without a key. */
    static final String KEYLESS = "K";
    /** Without a watermark that can be read. */
    static final String TIMELESS = "W";

    private final Engine engine;
    private final Columns columns;
    private final Ways ways;
    private final Path directory;
    private final Optional<String> table;
    private final List<String> keys;

    /**
     * @param columns what comes and what is stored
     * @param table SQL of a table expression for the rows that are there; empty if there are none
     * @param directory where files may be written
     */
    Delta(Engine engine, Columns columns, Ways ways, Optional<String> table, Path directory) {
        this.engine = engine;
        this.columns = columns;
        this.ways = ways;
        this.table = table;
        this.directory = directory;
        this.keys = ways.key().stream()
                .map(name -> columns.coming(name, "--key").plain)
                .toList();
    }

    /**
     * Bounds on the watermark's line.
     *
     * @param limit rows above are dated ahead
     * @param floor rows below are late
     * @param tombstones file of deleted keys; empty if none
     */
    record Bounds(Optional<String> limit, Optional<String> floor, String tombstones) {}

    /** Finds out what the rows of a batch do. */
    void compute(String batch, Bounds bounds) {
        copy(judged(batch, bounds), rowsFile());
        String rows = read(rowsFile());
        String taken = keys.isEmpty()
                ? (ways.watermark().isPresent() ? byContent(rows, bounds) : all(rows))
                : byKey(rows, bounds);
        String refused =
                "SELECT * EXCLUDE (refused, gone), refused AS op, gone FROM " + rows + " WHERE refused IS NOT NULL";
        String absent = ways.byAbsence() && table.isPresent() ? " UNION ALL BY NAME " + absent(rows) : "";
        copy(taken + " UNION ALL BY NAME " + refused + absent, file());
    }

    private Path rowsFile() {
        return directory.resolve("rows.parquet");
    }

    private Path file() {
        return directory.resolve("delta.parquet");
    }

    private void copy(String sql, Path target) {
        engine.execute("COPY (" + sql + ") TO " + Engine.literal(target.toString()) + " (FORMAT parquet)");
    }

    private static String read(Path file) {
        return "read_parquet(" + Engine.literal(file.toString()) + ")";
    }

    /** A table expression for the rows of the batch that could be judged, with {@code mark} and {@code refused}. */
    String rows() {
        return read(rowsFile());
    }

    /** A table expression for what was found out. */
    String delta() {
        return read(file());
    }

    /** The batch with the point of each row, whether it says that its key is gone, and why it cannot be taken. */
    private String judged(String batch, Bounds bounds) {
        String keyless = keys.isEmpty()
                ? ""
                : " WHEN " + keys.stream().map(key -> key + " IS NULL").collect(Collectors.joining(" OR ")) + " THEN '"
                        + KEYLESS + "'";
        String timeless = ways.watermark().isPresent() ? " WHEN mark IS NULL THEN '" + TIMELESS + "'" : "";
        String ahead = bounds.limit()
                .map(limit -> " WHEN mark > " + limit + " THEN '" + AHEAD + "'")
                .orElse("");
        String none = keyless + timeless + ahead;
        return "SELECT *, " + (none.isEmpty() ? "CAST(NULL AS VARCHAR)" : "CASE" + none + " END") + " AS refused FROM ("
                + "SELECT *, " + mark() + " AS mark, " + gone() + " AS gone FROM (" + batch + "))";
    }

    private String mark() {
        return ways.watermark()
                .map(watermark -> watermark.point(columns.coming(watermark.column(), "--watermark").plain))
                .orElse("CAST(NULL AS BIGINT)");
    }

    private String gone() {
        return ways.flag()
                .flatMap(columns::find)
                .filter(column -> column.coming.isPresent())
                .map(column -> "coalesce(lower(trim(CAST(" + column.plain
                        + " AS VARCHAR))) IN ('true', 't', 'yes', 'y', '1', '1.0', 'd', 'deleted'), false)")
                .orElse("false");
    }

    /** The rows that are there, under plain names, with their points. */
    private String stored() {
        String point = ways.watermark()
                .flatMap(watermark -> columns.find(watermark.column())
                        .filter(column -> column.stored.isPresent())
                        .map(column -> watermark.point(column.plain)))
                .orElse("CAST(NULL AS BIGINT)");
        return "SELECT *, " + point + " AS there_mark FROM (SELECT " + columns.stored() + ", _row AS there FROM "
                + table.orElseThrow() + ")";
    }

    private static String all(String rows) {
        return "SELECT * EXCLUDE (refused), '" + INSERT + "' AS op FROM " + rows + " WHERE refused IS NULL";
    }

    /** The last row of each key against what the key holds and when it was deleted. */
    private String byKey(String rows, Bounds bounds) {
        String order = ways.watermark().isPresent() ? "mark DESC, gone DESC, seq DESC" : "seq DESC";
        String last = "SELECT * EXCLUDE (refused) FROM " + rows
                + " WHERE refused IS NULL QUALIFY row_number() OVER (PARTITION BY " + String.join(", ", keys)
                + " ORDER BY " + order + ") = 1";
        String there = table.isPresent()
                ? " LEFT JOIN (" + stored() + ") t ON " + equal("s", "t")
                : " LEFT JOIN (SELECT NULL AS there, NULL AS there_mark) t ON false";
        String tombstones = bounds.tombstones().isEmpty()
                ? " LEFT JOIN (SELECT NULL AS dead_mark) x ON false"
                : " LEFT JOIN (SELECT * FROM " + read(Path.of(bounds.tombstones())) + ") x ON "
                        + IntStream.range(0, keys.size())
                                .mapToObj(i -> "CAST(x.k" + i + " AS VARCHAR) = CAST(s." + keys.get(i) + " AS VARCHAR)")
                                .collect(Collectors.joining(" AND "));
        String select = "SELECT s.*, CASE"
                + " WHEN there IS NULL AND gone THEN '" + NOTHING + "'"
                + " WHEN there IS NULL AND coalesce(dead_mark >= mark, false) THEN '" + OUTDATED + "'"
                + " WHEN coalesce(mark < there_mark, false) THEN '" + OUTDATED + "'"
                + (table.isPresent()
                        ? " WHEN there IS NOT NULL AND NOT gone AND " + same() + " THEN '" + KNOWN + "'"
                        : "")
                + late(bounds)
                + " WHEN gone THEN '" + DELETE + "'"
                + " WHEN there IS NULL THEN '" + INSERT + "' ELSE '" + UPDATE + "' END AS op";
        return select + " FROM (" + last + ") s" + there + tombstones;
    }

    private static String late(Bounds bounds) {
        return bounds.floor()
                .map(floor -> " WHEN mark < " + floor + " THEN '" + LATE + "'")
                .orElse("");
    }

    private String equal(String left, String right) {
        return keys.stream()
                .map(key -> left + "." + key + " = " + right + "." + key)
                .collect(Collectors.joining(" AND "));
    }

    private String same() {
        return "row(" + list("s.") + ") IS NOT DISTINCT FROM row(" + list("t.") + ")";
    }

    private String list(String prefix) {
        return columns.coming().stream().map(column -> prefix + column.plain).collect(Collectors.joining(", "));
    }

    /** Equal rows are as many as in the table or in the batch, whichever has more. */
    private String byContent(String rows, Bounds bounds) {
        String numbered = "SELECT * EXCLUDE (refused), hash(" + list("") + ") AS h, row_number() OVER (PARTITION BY "
                + list("") + " ORDER BY seq) AS n FROM " + rows + " WHERE refused IS NULL";
        String there = table.isPresent()
                ? " LEFT JOIN (SELECT *, hash(" + list("") + ") AS h, row_number() OVER (PARTITION BY " + list("")
                        + " ORDER BY there) AS n FROM (" + stored() + ") WHERE there_mark >= (SELECT min(mark) FROM "
                        + rows + " WHERE refused IS NULL) AND there_mark <= (SELECT max(mark) FROM " + rows
                        + " WHERE refused IS NULL)) t ON s.h = t.h AND s.n = t.n AND " + same()
                : " LEFT JOIN (SELECT NULL AS there) t ON false";
        return "SELECT s.* EXCLUDE (h, n), CASE WHEN there IS NOT NULL THEN '" + KNOWN + "'" + late(bounds) + " ELSE '"
                + INSERT + "' END AS op FROM (" + numbered + ") s" + there;
    }

    /** Keys of the table that the extract lacks. */
    private String absent(String rows) {
        return "SELECT " + String.join(", ", keys) + ", '" + DELETE + "' AS op, true AS gone, -1 - there AS seq FROM ("
                + stored() + ") t ANTI JOIN (SELECT " + String.join(", ", keys) + " FROM " + rows + ") s ON "
                + equal("s", "t")
                + keys.stream().map(key -> " AND t." + key + " IS NOT NULL").collect(Collectors.joining());
    }

    /** How many rows of each letter. */
    Map<String, Long> counts() {
        Map<String, Long> counts = new LinkedHashMap<>();
        engine.query("SELECT op, count(*) FROM " + delta() + " GROUP BY op ORDER BY op", row -> {
            counts.put(row.getString(1), row.getLong(2));
            return true;
        });
        return counts;
    }

    /** The highest point that was taken. */
    Optional<String> highest() {
        return engine.first(
                        "SELECT CAST(max(mark) AS VARCHAR) FROM " + rows() + " WHERE refused IS NULL",
                        row -> Optional.ofNullable(row.getString(1)))
                .flatMap(point -> point);
    }

    /** The highest point of the rows that are there. */
    Optional<String> highestThere() {
        return table.flatMap(there -> engine.first(
                        "SELECT CAST(max(there_mark) AS VARCHAR) FROM (" + stored() + ")",
                        row -> Optional.ofNullable(row.getString(1)))
                .flatMap(point -> point));
    }

    /** A query for the rows that change the table, with the user's names, and whether they go. */
    String changes(String flag) {
        return "SELECT " + Columns.named(columns.coming()) + ", gone AS " + Engine.quote(flag) + " FROM " + delta()
                + " WHERE op IN ('I', 'U', 'D') ORDER BY seq";
    }

    /** A query for the new rows. */
    String inserts() {
        return "SELECT " + Columns.named(columns.coming()) + " FROM " + delta() + " WHERE op = 'I' ORDER BY seq";
    }

    /**
     * Writes the deleted keys that a row may still come for.
     *
     * @param before file of those of earlier loads; empty if none
     * @param floor rows below it are late in any case
     * @return whether there are any
     */
    boolean tombstones(String before, Optional<String> floor, Path target) {
        String names = IntStream.range(0, keys.size())
                .mapToObj(i -> "CAST(" + keys.get(i) + " AS VARCHAR) AS k" + i)
                .collect(Collectors.joining(", "));
        String list = IntStream.range(0, keys.size()).mapToObj(i -> "k" + i).collect(Collectors.joining(", "));
        String now = "SELECT " + names + ", mark AS dead_mark, op FROM " + delta();
        String all = "SELECT " + list + ", dead_mark FROM (" + now
                + ") WHERE op IN ('D', 'N') AND dead_mark IS NOT NULL"
                + (before.isEmpty() ? "" : " UNION ALL SELECT " + list + ", dead_mark FROM " + read(Path.of(before)));
        String kept = "SELECT " + list + ", max(dead_mark) AS dead_mark FROM (" + all + ") a ANTI JOIN (SELECT " + list
                + " FROM (" + now + ") WHERE op IN ('I', 'U')) b USING (" + list + ")"
                + floor.map(point -> " WHERE dead_mark >= " + point).orElse("") + " GROUP BY " + list;
        copy(kept, target);
        return engine.first("SELECT count(*) > 0 FROM " + read(target), row -> row.getBoolean(1))
                .orElse(false);
    }
}
