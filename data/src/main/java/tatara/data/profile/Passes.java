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
    private static final int SCAN_COLUMNS = 64;
    private static final int COUNTED_COLUMNS = 32;
    private static final int FIGURES = 10;
    private static final double EXACT_WHOLE = 0x1p53;
    private static final double GREATEST_BITS = 5e8;
    private static final double BITS_PER_ROW = 8;
    private static final int LONGEST = 300;
    private static final int LONGEST_FREQUENT = 100;

    private final RawTable table;

    Passes(RawTable table) {
        this.table = table;
    }

    /** About how many distinct cells each column has. */
    Map<Integer, Long> distinct() {
        Map<Integer, Long> found = new HashMap<>();
        for (List<RawColumn> batch : batches(table.columns(), SCAN_COLUMNS)) {
            String counts = batch.stream()
                    .map(column -> "approx_count_distinct(" + column.sql() + ")")
                    .collect(Collectors.joining(", "));
            table.engine().query("SELECT " + counts + " FROM " + table.from(), row -> {
                for (int i = 0; i < batch.size(); i++) {
                    found.put(batch.get(i).index(), row.getLong(i + 1));
                }
                return true;
            });
        }
        return found;
    }

    private static <T> List<List<T>> batches(List<T> all, int size) {
        List<List<T>> batches = new ArrayList<>();
        for (int at = 0; at < all.size(); at += size) {
            batches.add(all.subList(at, Math.min(all.size(), at + size)));
        }
        return batches;
    }

    /** Distinct texts of columns of a small table. */
    List<ColumnSample> samples(List<RawColumn> columns) {
        Map<Integer, List<Cell>> cells = new HashMap<>();
        for (List<RawColumn> batch : byType(columns)) {
            read(
                    "SELECT c, v, count(*) AS n FROM (" + LongForm.cells(batch, table.from())
                            + ") WHERE v IS NOT NULL GROUP BY c, v",
                    cells);
        }
        return samples(columns, cells, true);
    }

    /** Distinct texts of columns of a table with many rows: each column is counted as it is stored, then told as text. */
    List<ColumnSample> counted(List<RawColumn> columns, String from, boolean whole) {
        Map<Integer, List<Cell>> cells = new HashMap<>();
        for (List<RawColumn> batch : batches(columns, COUNTED_COLUMNS)) {
            String each = batch.stream()
                    .map(column -> "SELECT " + column.index() + " AS c, " + CellSql.text(column.stored(), "s")
                            + " AS v, n FROM (SELECT " + column.sql() + " AS s, count(*) AS n FROM " + from
                            + " GROUP BY s)")
                    .collect(Collectors.joining(" UNION ALL "));
            read("SELECT c, v, n FROM (" + each + ") WHERE v IS NOT NULL", cells);
        }
        return samples(columns, cells, whole);
    }

    private void read(String counts, Map<Integer, List<Cell>> cells) {
        String cut = "CASE WHEN length(v) > " + LONGEST + " THEN left(v, " + (LONGEST - 20)
                + ") || '\u2026' || hash(v) ELSE v END";
        table.engine()
                .query(
                        "SELECT c, " + cut + ", n, length(v), length(v) - length(replace(v, ' ', '')) + 1 FROM ("
                                + counts + ")",
                        row -> cells.computeIfAbsent(row.getInt(1), absent -> new ArrayList<>())
                                .add(new Cell(row.getString(2), row.getLong(3), row.getLong(4), row.getLong(5))));
    }

    private static List<ColumnSample> samples(List<RawColumn> columns, Map<Integer, List<Cell>> cells, boolean whole) {
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
        for (List<Target> batch : batches(targets, SCAN_COLUMNS)) {
            String figures = batch.stream().map(Passes::figures).collect(Collectors.joining(", "));
            table.engine().query("SELECT " + figures + " FROM (" + WideSql.values(batch, table.from()) + ")", row -> {
                for (int i = 0; i < batch.size(); i++) {
                    found.put(batch.get(i).column().index(), measure(row, i * FIGURES));
                }
                return true;
            });
        }
        return found;
    }

    private static String figures(Target target) {
        int index = target.column().index();
        String t = "t" + index;
        String x = "x" + index;
        Reading.Kind kind = target.reading().kind();
        String distinct = "approx_count_distinct(" + t + ")";
        if (kind != Reading.Kind.NUMBER && kind != Reading.Kind.TIME) {
            String valid = kind == Reading.Kind.BOOLEAN ? x : t;
            return "count(" + t + "), count(" + valid + "), 0, " + distinct + ", NULL, NULL, 0, 0, 0, 0";
        }
        String rival = target.reading().rivals().isEmpty() ? "0" : "count(r" + index + ")";
        boolean whole = target.column().stored() == TableColumn.Type.BIGINT && kind == Reading.Kind.NUMBER;
        return "count(" + t + "), count(" + x + "), " + rival + ", " + distinct + ", min(" + x + "), max(" + x + "), "
                + (whole ? "count(" + x + ")" : counted(x + " = trunc(" + x + ")")) + ", "
                + (kind == Reading.Kind.TIME ? counted(x + " % 86400000000.0 = 0") : "0") + ", "
                + counted(x + " = 0") + ", " + counted(x + " < 0");
    }

    private static String counted(String condition) {
        return "count(CASE WHEN " + condition + " THEN 1 END)";
    }

    private static Measure measure(ResultSet row, int before) throws SQLException {
        long valid = row.getLong(before + 2);
        long distinct = Math.min(row.getLong(before + 4), row.getLong(before + 1));
        return new Measure(
                row.getLong(before + 1),
                valid,
                row.getLong(before + 3),
                distinct,
                Math.min(distinct, valid),
                number(row, before + 5),
                number(row, before + 6),
                row.getLong(before + 7),
                row.getLong(before + 8),
                row.getLong(before + 9),
                row.getLong(before + 10));
    }

    private static double number(ResultSet row, int index) throws SQLException {
        double value = row.getDouble(index);
        return row.wasNull() ? Double.NaN : value;
    }

    /** The most frequent texts that are neither missing nor fit their reading. */
    Map<Integer, List<ValueCount>> misfits(List<Target> targets) {
        Map<Integer, List<ValueCount>> found = new HashMap<>();
        for (Target target : targets) {
            int index = target.column().index();
            found.put(
                    index,
                    counts("SELECT left(t, " + LONGEST + "), n FROM (SELECT CAST(t" + index
                            + " AS VARCHAR) AS t, count(*) AS n FROM ("
                            + WideSql.values(List.of(target), table.from()) + ") WHERE t" + index
                            + " IS NOT NULL AND x" + index + " IS NULL GROUP BY t) ORDER BY n DESC, t LIMIT "
                            + Tally.TOP));
        }
        return found;
    }

    /**
     * How often given texts of columns occur in all rows.
     *
     * @param wanted texts of each target
     */
    Map<Integer, List<ValueCount>> occurrences(List<Target> targets, List<List<String>> wanted) {
        Map<Integer, List<ValueCount>> found = new HashMap<>();
        for (int i = 0; i < targets.size(); i++) {
            Target target = targets.get(i);
            RawColumn column = target.column();
            boolean typed = WideSql.isTyped(target);
            List<String> texts = wanted.get(i).stream()
                    .filter(text -> text.length() <= LONGEST_FREQUENT)
                    .map(text -> typed ? WideSql.typed(column, text) : Engine.literal(text))
                    .toList();
            if (!texts.isEmpty()) {
                String present = "t" + column.index();
                String shown = typed ? CellSql.text(column.stored(), present) : present;
                found.put(
                        column.index(),
                        counts("SELECT " + shown + " AS t, n FROM (SELECT " + present + ", count(*) AS n FROM ("
                                + WideSql.present(List.of(target), table.from()) + ") WHERE " + present + " IN ("
                                + String.join(", ", texts) + ") GROUP BY " + present + ") ORDER BY n DESC, t"));
            }
        }
        return found;
    }

    /** Distinct cells of a column: whole numbers of a narrow range one by one, others by 64-bit hash. */
    long distinct(Target target, Measure measure) {
        double range = measure.max() - measure.min();
        boolean counted = WideSql.isTyped(target)
                && target.column().stored() == TableColumn.Type.BIGINT
                && Math.max(Math.abs(measure.max()), Math.abs(measure.min())) < EXACT_WHOLE
                && range >= 0
                && range < Math.min(GREATEST_BITS, BITS_PER_ROW * (table.rows() + 1));
        if (!counted) {
            return distinct(target);
        }
        String bits = "bit_count(bitstring_agg(t" + target.column().index() + ", " + (long) measure.min() + ", "
                + (long) measure.max() + "))";
        return table.engine()
                .first(
                        "SELECT " + bits + " FROM (" + WideSql.present(List.of(target), table.from()) + ")",
                        row -> row.getLong(1))
                .orElse(0L);
    }

    /** Distinct cells of a column, by 64-bit hash. */
    long distinct(Target target) {
        String present = "t" + target.column().index();
        return table.engine()
                .first(
                        "SELECT count(*) FROM (SELECT hash(" + present + ") AS h FROM ("
                                + WideSql.present(List.of(target), table.from()) + ") WHERE " + present
                                + " IS NOT NULL GROUP BY h)",
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
        String x = "x" + target.column().index();
        String sql =
                "SELECT CAST(gap AS BIGINT), count(*) AS n, CAST(sum(count(*)) OVER () AS BIGINT) FROM (SELECT x - lag(x) "
                        + "OVER (ORDER BY x) AS gap FROM (SELECT DISTINCT " + x + " AS x FROM ("
                        + WideSql.values(List.of(target), table.from())
                        + ") WHERE " + x
                        + " IS NOT NULL)) WHERE gap IS NOT NULL GROUP BY gap ORDER BY n DESC, gap LIMIT 1";
        return table.engine()
                .first(sql, row -> new Rhythm(row.getLong(1), (double) row.getLong(2) / row.getLong(3)))
                .orElse(Rhythm.NONE);
    }

    private List<ValueCount> counts(String sql) {
        return table.engine().query(sql, row -> new ValueCount(row.getString(1), row.getLong(2)));
    }
}
