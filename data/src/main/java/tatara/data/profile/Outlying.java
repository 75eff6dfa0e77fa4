package tatara.data.profile;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import tatara.core.evidence.ColumnType;
import tatara.core.evidence.Outliers;
import tatara.core.evidence.Outliers.Method;
import tatara.core.evidence.OutlyingRow;
import tatara.data.profile.LongForm.Target;

/** Numbers far from the others of their column, and the rows with most of them. */
final class Outlying {
    private static final int LEAST_VALUES = 20;
    private static final int LEAST_LEVELS = 10;
    private static final double SKEWED = 0.1;
    private static final double MOST_SKEW = 0.6;
    private static final double MOST_SHARE = 0.02;
    private static final double FAR = 3.5;
    private static final double TO_DEVIATION = 1.4826;
    private static final int MOST_CELLS = 5;
    private static final int MOST_ROWS = 5;
    private static final int SCAN_COLUMNS = 64;

    private final LookedTable table;
    private final Map<Integer, Limits> limits = new HashMap<>();

    /**
     * Limits of a column's usual numbers.
     *
     * @param unit width of the usual range
     */
    private record Limits(LookedColumn column, Method method, double low, double high, double unit) {}

    Outlying(LookedTable table) {
        this.table = table;
        for (LookedColumn column : table.columns()) {
            if (column.isNumber() && column.levels() > LEAST_LEVELS && column.type() != ColumnType.IDENTIFIER) {
                limits(column);
            }
        }
    }

    private void limits(LookedColumn column) {
        double[] sorted = column.sorted();
        if (sorted.length < LEAST_VALUES) {
            return;
        }
        double low = at(sorted, 0.25);
        double high = at(sorted, 0.75);
        double range = high - low;
        if (!(range > 0) || !Double.isFinite(range)) {
            return;
        }
        double skew = Medcouple.of(sorted);
        int index = column.raw().index();
        if (Math.abs(skew) < SKEWED) {
            double median = at(sorted, 0.5);
            double[] distances = Arrays.stream(sorted)
                    .map(value -> Math.abs(value - median))
                    .sorted()
                    .toArray();
            double width = FAR * TO_DEVIATION * at(distances, 0.5);
            if (width > 0) {
                limits.put(index, new Limits(column, Method.ROBUST_Z, median - width, median + width, range));
            }
            return;
        }
        double bounded = Math.max(-MOST_SKEW, Math.min(MOST_SKEW, skew));
        double left = bounded >= 0 ? Math.exp(-4 * bounded) : Math.exp(-3 * bounded);
        double right = bounded >= 0 ? Math.exp(3 * bounded) : Math.exp(4 * bounded);
        limits.put(
                index,
                new Limits(
                        column,
                        Method.ADJUSTED_BOXPLOT,
                        Math.min(low - 1.5 * left * range, at(sorted, MOST_SHARE)),
                        Math.max(high + 1.5 * right * range, at(sorted, 1 - MOST_SHARE)),
                        range));
    }

    private static double at(double[] sorted, double level) {
        double place = level * (sorted.length - 1);
        int below = (int) place;
        double next = sorted[Math.min(below + 1, sorted.length - 1)];
        return sorted[below] + (place - below) * (next - sorted[below]);
    }

    /** By column number; counts are of all rows. */
    Map<Integer, Outliers> columns(RawTable raw) {
        Map<Integer, Long> counts = table.exact() ? Map.of() : counts(raw);
        Map<Integer, Outliers> found = new HashMap<>();
        limits.forEach((index, limit) -> {
            double[] outside = Arrays.stream(limit.column().numbers())
                    .filter(value -> value < limit.low() || value > limit.high())
                    .sorted()
                    .toArray();
            long rows = table.exact() ? outside.length : counts.getOrDefault(index, 0L);
            long valid = limit.column().profile().rows()
                    - limit.column().profile().missing()
                    - limit.column().profile().invalid();
            found.put(
                    index,
                    new Outliers(
                            limit.method(),
                            limit.low(),
                            limit.high(),
                            rows,
                            valid == 0 ? 0 : (double) rows / valid,
                            ends(outside)));
        });
        return found;
    }

    private Map<Integer, Long> counts(RawTable raw) {
        Map<Integer, Long> counts = new HashMap<>();
        List<Limits> all = limits.values().stream()
                .sorted(Comparator.comparingInt(limit -> limit.column().raw().index()))
                .toList();
        for (int at = 0; at < all.size(); at += SCAN_COLUMNS) {
            List<Limits> batch = all.subList(at, Math.min(all.size(), at + SCAN_COLUMNS));
            List<Target> targets = batch.stream()
                    .map(limit -> new Target(
                            limit.column().raw(), Reading.of(limit.column().profile()), true))
                    .toList();
            String figures = batch.stream()
                    .map(limit -> {
                        String x = "x" + limit.column().raw().index();
                        return "count(CASE WHEN " + x + " < " + limit.low() + " OR " + x + " > " + limit.high()
                                + " THEN 1 END)";
                    })
                    .collect(Collectors.joining(", "));
            raw.engine().query("SELECT " + figures + " FROM (" + WideSql.values(targets, raw.from()) + ")", row -> {
                for (int i = 0; i < batch.size(); i++) {
                    counts.put(batch.get(i).column().raw().index(), row.getLong(i + 1));
                }
                return true;
            });
        }
        return counts;
    }

    /** The most extreme from both ends. */
    private static double[] ends(double[] sorted) {
        if (sorted.length <= MOST_CELLS) {
            return sorted;
        }
        double[] ends = new double[MOST_CELLS];
        for (int i = 0; i < MOST_CELLS; i++) {
            ends[i] = i < 2 ? sorted[i] : sorted[sorted.length - MOST_CELLS + i];
        }
        Arrays.sort(ends);
        return ends;
    }

    /** Most unusual first. */
    List<OutlyingRow> rows() {
        double[] scores = new double[table.rows()];
        for (Limits limit : limits.values()) {
            for (int row = 0; row < scores.length; row++) {
                scores[row] += distance(limit, row);
            }
        }
        List<Integer> best = new ArrayList<>();
        double[] sorted = Arrays.stream(scores).sorted().toArray();
        double least = sorted.length <= MOST_ROWS ? 0 : sorted[sorted.length - MOST_ROWS];
        for (int row = 0; row < scores.length; row++) {
            if (scores[row] > 0 && scores[row] >= least) {
                best.add(row);
            }
        }
        return best.stream()
                .sorted(Comparator.<Integer>comparingDouble(row -> -scores[row]).thenComparing(row -> row))
                .limit(MOST_ROWS)
                .map(row -> new OutlyingRow(table.positions()[row], scores[row], cells(row)))
                .toList();
    }

    private static double distance(Limits limit, int row) {
        double value = limit.column().numbers()[row];
        if (value < limit.low()) {
            return Math.log1p((limit.low() - value) / limit.unit());
        }
        return value > limit.high() ? Math.log1p((value - limit.high()) / limit.unit()) : 0;
    }

    private List<String> cells(int row) {
        return limits.values().stream()
                .filter(limit -> distance(limit, row) > 0)
                .sorted(Comparator.<Limits>comparingDouble(limit -> -distance(limit, row))
                        .thenComparingInt(limit -> limit.column().raw().index()))
                .limit(MOST_CELLS)
                .map(limit -> limit.column().name() + " = " + limit.column().shown(row))
                .toList();
    }
}
