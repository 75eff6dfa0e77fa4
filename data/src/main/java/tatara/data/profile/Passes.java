package tatara.data.profile;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import tatara.core.evidence.ValueCount;
import tatara.data.lake.Engine;
import tatara.data.lake.TableColumn;
import tatara.data.profile.ColumnSample.Cell;
import tatara.data.profile.LongForm.Target;

/** Passes over a raw table, each over many columns at once. All results are counts and ranges: the same on every run. */
final class Passes {
    private static final int LONGEST = 300;
    private static final int LONGEST_FREQUENT = 100;

    private final RawTable table;

    Passes(RawTable table) {
        this.table = table;
    }

    /** About how many distinct texts each column has. */
    Map<Integer, Long> distinct() {
        Map<Integer, Long> found = new HashMap<>();
        for (List<RawColumn> batch : byType(table.columns())) {
            table.engine()
                    .query(
                            "SELECT c, approx_count_distinct(v) FROM (" + LongForm.cells(batch, table.from())
                                    + ") GROUP BY c",
                            row -> found.put(row.getInt(1), row.getLong(2)));
        }
        return found;
    }

    /** Distinct texts of columns. */
    List<ColumnSample> samples(List<RawColumn> columns, String from, boolean whole) {
        Map<Integer, List<Cell>> cells = new HashMap<>();
        String cut = "CASE WHEN length(v) > " + LONGEST + " THEN left(v, " + (LONGEST - 20)
                + ") || '\u2026' || hash(v) ELSE v END";
        for (List<RawColumn> batch : byType(columns)) {
            String sql = "SELECT c, " + cut
                    + ", n, length(v), length(v) - length(replace(v, ' ', '')) + 1 FROM (SELECT c, v, "
                    + "count(*) AS n FROM (" + LongForm.cells(batch, from) + ") WHERE v IS NOT NULL GROUP BY c, v)";
            table.engine().query(sql, row -> cells.computeIfAbsent(row.getInt(1), absent -> new ArrayList<>())
                    .add(new Cell(row.getString(2), row.getLong(3), row.getLong(4), row.getLong(5))));
        }
        return columns.stream()
                .map(column -> ColumnSample.of(column, cells.getOrDefault(column.index(), List.of()), whole))
                .toList();
    }

    private static List<List<RawColumn>> byType(List<RawColumn> columns) {
        Map<TableColumn.Type, List<RawColumn>> types = columns.stream()
                .collect(Collectors.groupingBy(RawColumn::stored, LinkedHashMap::new, Collectors.toList()));
        return List.copyOf(types.values());
    }

    /** Measures of all rows; distinct numbers are about right. */
    Map<Integer, Measure> measures(List<Target> targets) {
        Map<Integer, Measure> found = new HashMap<>();
        for (List<Target> alike : LongForm.alike(targets)) {
            Reading.Kind kind = alike.get(0).reading().kind();
            boolean valued = kind == Reading.Kind.NUMBER || kind == Reading.Kind.TIME;
            String values = "count(x), count(r), approx_count_distinct(t), min(x), max(x), "
                    + "count(CASE WHEN x = trunc(x) THEN 1 END), "
                    + (kind == Reading.Kind.TIME ? "count(CASE WHEN x % 86400000000.0 = 0 THEN 1 END), " : "0, ")
                    + "count(CASE WHEN x = 0 THEN 1 END), count(CASE WHEN x < 0 THEN 1 END)";
            String texts = (kind == Reading.Kind.BOOLEAN ? "count(x)" : "count(t)")
                    + ", 0, approx_count_distinct(t), NULL, NULL, 0, 0, 0, 0";
            String sql = "SELECT c, count(t), " + (valued ? values : texts) + " FROM ("
                    + LongForm.values(alike, table.from()) + ") GROUP BY c";
            table.engine().query(sql, row -> found.put(row.getInt(1), measure(row)));
        }
        return found;
    }

    private static Measure measure(ResultSet row) throws SQLException {
        long distinct = Math.min(row.getLong(5), row.getLong(2));
        return new Measure(
                row.getLong(2),
                row.getLong(3),
                row.getLong(4),
                distinct,
                Math.min(distinct, row.getLong(3)),
                number(row, 6),
                number(row, 7),
                row.getLong(8),
                row.getLong(9),
                row.getLong(10),
                row.getLong(11));
    }

    private static double number(ResultSet row, int index) throws SQLException {
        double value = row.getDouble(index);
        return row.wasNull() ? Double.NaN : value;
    }

    /** The most frequent texts that are neither missing nor fit their reading. */
    Map<Integer, List<ValueCount>> misfits(List<Target> targets) {
        Map<Integer, List<ValueCount>> found = new HashMap<>();
        for (List<Target> alike : LongForm.alike(targets)) {
            found.putAll(counts("SELECT c, left(t, " + LONGEST
                    + "), n FROM (SELECT c, t, n, row_number() OVER (PARTITION BY c "
                    + "ORDER BY n DESC, t) AS place FROM (SELECT c, t, count(*) AS n FROM ("
                    + LongForm.values(alike, table.from()) + ") WHERE t IS NOT NULL AND x IS NULL GROUP BY c, t)) "
                    + "WHERE place <= " + Tally.TOP + " ORDER BY c, place"));
        }
        return found;
    }

    /**
     * How often given texts of columns occur in all rows.
     *
     * @param wanted texts of each target
     */
    Map<Integer, List<ValueCount>> occurrences(List<Target> targets, List<List<String>> wanted) {
        Map<Integer, List<String>> literals = new HashMap<>();
        List<Target> asked = new ArrayList<>();
        for (int i = 0; i < targets.size(); i++) {
            Target target = targets.get(i);
            List<String> texts = wanted.get(i).stream()
                    .filter(text -> text.length() <= LONGEST_FREQUENT)
                    .map(text -> "(" + target.column().index() + ", " + Engine.literal(text) + ")")
                    .toList();
            if (!texts.isEmpty()) {
                literals.put(target.column().index(), texts);
                asked.add(target);
            }
        }
        Map<Integer, List<ValueCount>> found = new HashMap<>();
        for (List<Target> alike : LongForm.alike(asked)) {
            String texts = alike.stream()
                    .flatMap(target -> literals.getOrDefault(target.column().index(), List.of()).stream())
                    .collect(Collectors.joining(", "));
            found.putAll(counts("SELECT c, t, count(*) AS n FROM (" + LongForm.present(alike, table.from())
                    + ") SEMI JOIN (VALUES " + texts
                    + ") AS wanted(c, t) USING (c, t) GROUP BY c, t ORDER BY c, n DESC, t"));
        }
        return found;
    }

    /** Distinct texts of a column, by 64-bit hash. */
    long distinct(Target target) {
        return table.engine()
                .first(
                        "SELECT count(*) FROM (SELECT hash(t) AS h FROM ("
                                + LongForm.present(List.of(target), table.from()) + ") WHERE t IS NOT NULL GROUP BY h)",
                        row -> row.getLong(1))
                .orElse(0L);
    }

    /** Rows equal to an earlier one in every column, by 64-bit hash. */
    long duplicates() {
        if (table.columns().isEmpty() || table.rows() < 2) {
            return 0;
        }
        String cells = table.columns().stream().map(RawColumn::sql).collect(Collectors.joining(", "));
        String sql = "SELECT count(*) FROM (SELECT 1 FROM (SELECT hash(" + cells + ") AS h FROM " + table.from()
                + ") GROUP BY h)";
        return table.rows() - table.engine().first(sql, row -> row.getLong(1)).orElse(table.rows());
    }

    Rhythm rhythm(Target target) {
        String sql =
                "SELECT CAST(gap AS BIGINT), count(*) AS n, CAST(sum(count(*)) OVER () AS BIGINT) FROM (SELECT x - lag(x) "
                        + "OVER (ORDER BY x) AS gap FROM (SELECT DISTINCT x FROM ("
                        + LongForm.values(List.of(target), table.from())
                        + ") WHERE x IS NOT NULL)) WHERE gap IS NOT NULL GROUP BY gap ORDER BY n DESC, gap LIMIT 1";
        return table.engine()
                .first(sql, row -> new Rhythm(row.getLong(1), (double) row.getLong(2) / row.getLong(3)))
                .orElse(Rhythm.NONE);
    }

    private Map<Integer, List<ValueCount>> counts(String sql) {
        Map<Integer, List<ValueCount>> counts = new HashMap<>();
        table.engine().query(sql, row -> counts.computeIfAbsent(row.getInt(1), absent -> new ArrayList<>())
                .add(new ValueCount(row.getString(2), row.getLong(3))));
        return counts;
    }
}
