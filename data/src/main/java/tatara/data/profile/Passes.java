package tatara.data.profile;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import tatara.core.evidence.NumberSummary;
import tatara.core.evidence.ValueCount;
import tatara.data.profile.LongForm.Target;

/**
 * Passes over a raw table, each measuring many columns at once. All results are the same on every run: sums are of integers, so that
 * the order of threads does not show.
 */
final class Passes {
    static final int BINS = 40;
    static final int TOP = 50;
    private static final int COLUMNS = 200;
    private static final int SAMPLE_ROWS = 20_000;
    private static final int SAMPLE_LENGTH = 300;
    private static final int QUANTILE_ROWS = 200_000;
    private static final long QUANTILE_CELLS = 8_000_000;
    private static final long KEY_CELLS = 8_000_000;
    private static final double UNIT = 0x1p52;
    private static final String QUANTILES = "[0.01, 0.05, 0.1, 0.25, 0.5, 0.75, 0.9, 0.95, 0.99]";
    private static final int INNER_QUANTILES = 9;

    private final RawTable table;

    Passes(RawTable table) {
        this.table = table;
    }

    /** Distinct texts in a sample of rows. */
    List<ColumnSample> samples() {
        String from = table.sampled(SAMPLE_ROWS);
        boolean whole = table.rows() <= SAMPLE_ROWS;
        List<ColumnSample> samples = new ArrayList<>(table.columns().size());
        for (List<RawColumn> batch : batches(table.columns(), COLUMNS)) {
            String sql = "SELECT c, t, count(*) AS n FROM (" + LongForm.texts(batch, from, SAMPLE_LENGTH)
                    + ") WHERE t IS NOT NULL GROUP BY c, t ORDER BY c, n DESC, t";
            Map<Integer, List<ValueCount>> values = counts(sql);
            for (RawColumn column : batch) {
                samples.add(new ColumnSample(column, values.getOrDefault(column.index(), List.of()), whole));
            }
        }
        return samples;
    }

    /** Measures of all rows, in the order of the targets. */
    List<Measure> measures(List<Target> targets) {
        Map<Integer, Measure> found = new HashMap<>();
        for (List<Target> batch : batches(targets, COLUMNS)) {
            String sql = "SELECT c, count(t), count(x), count(r), approx_count_distinct(t), approx_count_distinct(x), "
                    + "min(x), max(x), count(CASE WHEN x = trunc(x) THEN 1 END), "
                    + "count(CASE WHEN x % 86400000000.0 = 0 THEN 1 END), "
                    + "CAST(coalesce(sum(length(t)), 0) AS DOUBLE), "
                    + "CAST(coalesce(sum(length(t) - length(replace(t, ' ', '')) + 1), 0) AS DOUBLE) FROM ("
                    + LongForm.values(batch, table.from()) + ") GROUP BY c";
            table.engine().query(sql, row -> {
                found.put(row.getInt(1), measure(row));
                return true;
            });
        }
        return targets.stream()
                .map(target -> found.getOrDefault(target.column().index(), Measure.NONE))
                .toList();
    }

    private static Measure measure(ResultSet row) throws SQLException {
        return new Measure(
                row.getLong(2),
                row.getLong(3),
                row.getLong(4),
                Math.min(row.getLong(5), row.getLong(2)),
                Math.min(row.getLong(6), row.getLong(3)),
                number(row, 7),
                number(row, 8),
                row.getLong(9),
                row.getLong(10),
                row.getDouble(11),
                row.getDouble(12));
    }

    private static double number(ResultSet row, int index) throws SQLException {
        double value = row.getDouble(index);
        return row.wasNull() ? Double.NaN : value;
    }

    /** Texts that are neither missing nor fit their reading, most frequent first. */
    Map<Integer, List<ValueCount>> misfits(List<Target> targets) {
        Map<Integer, List<ValueCount>> found = new TreeMap<>();
        for (List<Target> batch : batches(targets, COLUMNS)) {
            found.putAll(counts(ranked("SELECT c, left(t, " + SAMPLE_LENGTH + ") AS k FROM ("
                    + LongForm.values(batch, table.from()) + ") WHERE t IS NOT NULL AND x IS NULL")));
        }
        return found;
    }

    /** The most frequent keys of each column, with an exact number of distinct ones. */
    Map<Integer, Top> exactTops(List<Target> targets) {
        Map<Integer, Top> tops = new HashMap<>();
        int columns = (int) Math.max(1, Math.min(COLUMNS, KEY_CELLS / Math.max(1, Math.min(table.rows(), KEY_CELLS))));
        for (List<Target> batch : batches(targets, table.rows() > QUANTILE_ROWS ? COLUMNS : columns)) {
            table.engine().query(ranked("SELECT c, k FROM (" + LongForm.keys(batch, table.from()) + ")"), row -> {
                Top top = tops.computeIfAbsent(row.getInt(1), absent -> new Top(new ArrayList<>()));
                top.values.add(new ValueCount(row.getString(2), row.getLong(3)));
                top.distinct = row.getLong(4);
                return true;
            });
        }
        return tops;
    }

    private static String ranked(String keys) {
        return "SELECT c, left(k, " + SAMPLE_LENGTH + "), n, d FROM (SELECT c, k, n, row_number() OVER (PARTITION BY c "
                + "ORDER BY n DESC, k) AS place, count(*) OVER (PARTITION BY c) AS d FROM (SELECT c, k, count(*) AS n FROM ("
                + keys + ") WHERE k IS NOT NULL GROUP BY c, k)) WHERE place <= " + TOP + " ORDER BY c, place";
    }

    /** Exact counts of those keys that are frequent in a sample: for columns with too many keys to count them all. */
    Map<Integer, List<ValueCount>> sampledTops(List<Target> targets) {
        Map<Integer, List<ValueCount>> tops = new HashMap<>();
        for (List<Target> batch : batches(targets, COLUMNS)) {
            String frequent = "SELECT c, k FROM (SELECT c, k, row_number() OVER (PARTITION BY c ORDER BY n DESC, k) AS place "
                    + "FROM (SELECT c, k, count(*) AS n FROM (" + LongForm.keys(batch, table.sampled(SAMPLE_ROWS))
                    + ") WHERE k IS NOT NULL GROUP BY c, k HAVING count(*) > 1)) WHERE place <= " + TOP;
            tops.putAll(counts("WITH frequent AS MATERIALIZED (" + frequent + ") SELECT c, left(k, " + SAMPLE_LENGTH
                    + "), count(*) AS n FROM (" + LongForm.keys(batch, table.from())
                    + ") SEMI JOIN frequent USING (c, k) GROUP BY c, k ORDER BY c, n DESC, k"));
        }
        return tops;
    }

    /** Distinct texts of a column, by 64-bit hash. */
    long distinct(Target target) {
        return table.engine()
                .first(
                        "SELECT count(*) FROM (SELECT hash(k) AS h FROM (" + LongForm.keys(List.of(target), table.from())
                                + ") WHERE k IS NOT NULL GROUP BY h)",
                        row -> row.getLong(1))
                .orElse(0L);
    }

    /** Rows equal to an earlier one in every column, by 64-bit hash. */
    long duplicates() {
        if (table.columns().isEmpty() || table.rows() < 2) {
            return 0;
        }
        StringBuilder cells = new StringBuilder();
        for (RawColumn column : table.columns()) {
            cells.append(cells.length() == 0 ? "" : ", ").append(column.sql());
        }
        String sql = "SELECT count(*) FROM (SELECT hash(" + cells + ") AS h FROM " + table.from() + ") GROUP BY h";
        return table.rows()
                - table.engine()
                        .first("SELECT count(*) FROM (" + sql + ")", row -> row.getLong(1))
                        .orElse(table.rows());
    }

    /** Distributions of the numeric columns; quantiles of large tables are those of a sample of rows. */
    Map<Integer, NumberSummary> summaries(List<Target> targets, Map<Integer, Measure> measures) {
        Map<Integer, double[]> quantiles = quantiles(targets);
        Map<Integer, Moments> moments = moments(targets, measures);
        Map<Integer, NumberSummary> summaries = new HashMap<>();
        for (Target target : targets) {
            int index = target.column().index();
            Measure measure = measures.getOrDefault(index, Measure.NONE);
            if (measure.valid() > 0) {
                summaries.put(
                        index,
                        moments.getOrDefault(index, new Moments())
                                .summary(measure, quantiles.getOrDefault(index, new double[INNER_QUANTILES])));
            }
        }
        return summaries;
    }

    private Map<Integer, Moments> moments(List<Target> targets, Map<Integer, Measure> measures) {
        Map<Integer, Moments> found = new HashMap<>();
        for (List<Target> batch : batches(targets, COLUMNS)) {
            StringBuilder middles = new StringBuilder();
            StringBuilder halves = new StringBuilder();
            for (Target target : batch) {
                Measure measure = measures.getOrDefault(target.column().index(), Measure.NONE);
                String comma = middles.length() == 0 ? "" : ", ";
                middles.append(comma).append(CellSql.literal(Moments.middle(measure)));
                halves.append(comma).append(CellSql.literal(Moments.half(measure)));
            }
            String scaled = "SELECT c, x, greatest(-1.0, least(1.0, (x - m) / h)) AS z FROM (SELECT c, x, m, h FROM ("
                    + LongForm.values(batch, table.from()) + ") JOIN (SELECT unnest(" + indexes(batch)
                    + ") AS c, unnest([" + middles + "]) AS m, unnest([" + halves + "]) AS h) USING (c) WHERE x IS NOT NULL)";
            String sql = "SELECT c, b, count(*), count(CASE WHEN x = 0 THEN 1 END), count(CASE WHEN x < 0 THEN 1 END), "
                    + sum("z") + ", " + sum("z * z") + ", " + sum("z * z * z") + " FROM (SELECT c, x, z, "
                    + "CAST(least(" + (BINS - 1) + ", floor((z + 1) * " + BINS / 2 + ")) AS INTEGER) AS b FROM (" + scaled
                    + ")) GROUP BY c, b ORDER BY c, b";
            table.engine().query(sql, row -> {
                Moments moments = found.computeIfAbsent(row.getInt(1), absent -> new Moments());
                moments.add(row.getInt(2), row.getLong(3), row.getLong(4), row.getLong(5));
                moments.powers(row.getDouble(6) / UNIT, row.getDouble(7) / UNIT, row.getDouble(8) / UNIT);
                return true;
            });
        }
        return found;
    }

    private static String sum(String term) {
        return "CAST(sum(CAST(round(" + term + " * " + CellSql.literal(UNIT) + ") AS HUGEINT)) AS DOUBLE)";
    }

    private static List<Integer> indexes(List<Target> batch) {
        return batch.stream().map(target -> target.column().index()).toList();
    }

    private Map<Integer, double[]> quantiles(List<Target> targets) {
        Map<Integer, double[]> found = new HashMap<>();
        long rows = Math.min(table.rows(), QUANTILE_ROWS);
        int columns = (int) Math.max(1, Math.min(COLUMNS, QUANTILE_CELLS / Math.max(1, rows)));
        StringBuilder parts = new StringBuilder();
        for (int i = 1; i <= INNER_QUANTILES; i++) {
            parts.append(", q[").append(i).append(']');
        }
        for (List<Target> batch : batches(targets, columns)) {
            String sql = "SELECT c" + parts + " FROM (SELECT c, quantile_cont(x, " + QUANTILES + ") AS q FROM ("
                    + LongForm.values(batch, table.sampled(QUANTILE_ROWS)) + ") WHERE x IS NOT NULL GROUP BY c)";
            table.engine().query(sql, row -> {
                double[] quantiles = new double[INNER_QUANTILES];
                for (int i = 0; i < INNER_QUANTILES; i++) {
                    quantiles[i] = row.getDouble(i + 2);
                }
                found.put(row.getInt(1), quantiles);
                return true;
            });
        }
        return found;
    }

    /** The most frequent gap between consecutive distinct times: microseconds, times it occurs, gaps in all. */
    long[] rhythm(Target target) {
        String sql = "SELECT CAST(gap AS BIGINT), count(*) AS n, CAST(sum(count(*)) OVER () AS BIGINT) FROM (SELECT x - lag(x) "
                + "OVER (ORDER BY x) AS gap FROM (SELECT DISTINCT x FROM (" + LongForm.values(List.of(target), table.from())
                + ") WHERE x IS NOT NULL)) WHERE gap IS NOT NULL GROUP BY gap ORDER BY n DESC, gap LIMIT 1";
        return table.engine()
                .first(sql, row -> new long[] {row.getLong(1), row.getLong(2), row.getLong(3)})
                .orElse(new long[3]);
    }

    private Map<Integer, List<ValueCount>> counts(String sql) {
        Map<Integer, List<ValueCount>> counts = new HashMap<>();
        table.engine().query(sql, row -> counts.computeIfAbsent(row.getInt(1), absent -> new ArrayList<>())
                .add(new ValueCount(row.getString(2), row.getLong(3))));
        return counts;
    }

    private static <T> List<List<T>> batches(List<T> all, int size) {
        List<List<T>> batches = new ArrayList<>();
        for (int at = 0; at < all.size(); at += size) {
            batches.add(all.subList(at, Math.min(all.size(), at + size)));
        }
        return batches;
    }

    /** The most frequent keys of a column, and how many there are. */
    static final class Top {
        private final List<ValueCount> values;
        private long distinct;

        private Top(List<ValueCount> values) {
            this.values = values;
        }

        List<ValueCount> values() {
            return values;
        }

        long distinct() {
            return distinct;
        }
    }
}
