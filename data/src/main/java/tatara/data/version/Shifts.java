package tatara.data.version;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import tatara.core.frame.Kind;
import tatara.data.lake.TableColumn;

/** Distributions of the columns of two versions: numbers over the deciles of both together, texts over their 20 most frequent values. */
final class Shifts {
    private static final List<Double> QUANTILES = List.of(0.0, 0.05, 0.25, 0.5, 0.75, 0.95, 1.0);
    private static final int FREQUENT = 20;

    private final Pair pair;

    Shifts(Pair pair) {
        this.pair = pair;
    }

    List<ColumnShift> all() {
        List<ColumnShift> shifts = new ArrayList<>();
        for (int i = 0; i < pair.shared().size(); i++) {
            shifts.add(shift(i));
        }
        return adjusted(shifts);
    }

    private ColumnShift shift(int column) {
        boolean numeric = isNumeric(column);
        Summary before = summary(column, pair.older(false), numeric);
        Summary after = summary(column, pair.newer(false), numeric);
        Bins bins = new Bins();
        bins.add(before.rows() - before.present(), after.rows() - after.present());
        if (numeric) {
            numbers(column, before, after, bins);
        } else {
            texts(column, before, after, bins);
        }
        return new ColumnShift(
                pair.name(column),
                before.side(),
                after.side(),
                bins.psi(),
                bins.chiSquare(),
                bins.degrees(),
                ChiSquare.above(bins.chiSquare(), bins.degrees()),
                1);
    }

    private boolean isNumeric(int column) {
        TableColumn.Type type = pair.shared().get(column).type();
        return type.kind() == Kind.NUMBER || type.kind() == Kind.TIME;
    }

    /** A finite number, or null: NaN and infinities count as missing. */
    private String number(int column) {
        String value = pair.shared().get(column).type().kind() == Kind.TIME
                ? "CAST(epoch_us(c" + column + ") AS DOUBLE)"
                : "CAST(c" + column + " AS DOUBLE)";
        return "CASE WHEN isfinite(" + value + ") THEN " + value + " END";
    }

    private record Summary(long rows, long present, ColumnShift.Side side) {}

    private Summary summary(int column, String side, boolean numeric) {
        String value = numeric ? "x" : "c" + column;
        String numbers = numeric
                ? ", avg(x), stddev_pop(x), approx_quantile(x, ["
                        + QUANTILES.stream().map(String::valueOf).collect(Collectors.joining(", ")) + "])::VARCHAR"
                        + ", min(x), max(x)"
                : "";
        return pair.engine()
                .first(
                        "SELECT count(*), count(" + value + "), approx_count_distinct(" + value + ")" + numbers
                                + " FROM (SELECT " + (numeric ? number(column) + " AS x" : value) + " FROM " + side
                                + ")",
                        row -> {
                            long rows = row.getLong(1);
                            long present = row.getLong(2);
                            Optional<ColumnShift.Numbers> found = numeric && present > 0
                                    ? Optional.of(new ColumnShift.Numbers(
                                            row.getDouble(4),
                                            row.getDouble(5),
                                            quantiles(row.getString(6), row.getDouble(7), row.getDouble(8))))
                                    : Optional.empty();
                            double missing = rows == 0 ? 0 : (rows - present) / (double) rows;
                            return new Summary(
                                    rows,
                                    present,
                                    new ColumnShift.Side(rows, missing, Math.min(row.getLong(3), present), found));
                        })
                .orElseThrow();
    }

    private static List<Double> quantiles(@Nullable String list, double least, double greatest) {
        List<Double> values = new ArrayList<>();
        for (String value :
                Objects.requireNonNull(list).replaceAll("[\\[\\]\\s]", "").split(",")) {
            values.add(Double.valueOf(value));
        }
        values.set(0, least);
        values.set(values.size() - 1, greatest);
        return values;
    }

    private void numbers(int column, Summary before, Summary after, Bins bins) {
        double[] edges = edges(column);
        long[] old = below(column, pair.older(false), edges, before.present());
        long[] fresh = below(column, pair.newer(false), edges, after.present());
        for (int i = 0; i < old.length; i++) {
            bins.add(i == 0 ? old[0] : old[i] - old[i - 1], i == 0 ? fresh[0] : fresh[i] - fresh[i - 1]);
        }
    }

    private double[] edges(int column) {
        String levels = IntStream.range(1, 10).mapToObj(i -> "0." + i).collect(Collectors.joining(", "));
        return pair.engine()
                .first(
                        "SELECT approx_quantile(x, [" + levels + "])::VARCHAR FROM (SELECT " + number(column)
                                + " AS x FROM (SELECT * FROM " + pair.older(false) + " UNION ALL SELECT * FROM "
                                + pair.newer(false) + "))",
                        row -> Optional.ofNullable(row.getString(1)))
                .flatMap(found -> found)
                .map(list -> DoubleStream.of(java.util.Arrays.stream(
                                        list.replaceAll("[\\[\\]\\s]", "").split(","))
                                .mapToDouble(Double::parseDouble)
                                .toArray())
                        .sorted()
                        .distinct()
                        .toArray())
                .orElseGet(() -> new double[0]);
    }

    /** Rows up to each edge, and all. */
    private long[] below(int column, String side, double[] edges, long all) {
        long[] counts = new long[edges.length + 1];
        counts[edges.length] = all;
        if (edges.length > 0) {
            String filters = DoubleStream.of(edges)
                    .mapToObj(edge -> "count(*) FILTER (x <= CAST('" + edge + "' AS DOUBLE))")
                    .collect(Collectors.joining(", "));
            pair.engine()
                    .query(
                            "SELECT " + filters + " FROM (SELECT " + number(column) + " AS x FROM " + side + ")",
                            row -> {
                                for (int i = 0; i < edges.length; i++) {
                                    counts[i] = row.getLong(i + 1);
                                }
                                return true;
                            });
        }
        return counts;
    }

    private void texts(int column, Summary before, Summary after, Bins bins) {
        long[] rest = {before.present(), after.present()};
        pair.engine()
                .query(
                        "SELECT count(*) FILTER (s = 0), count(*) FILTER (s = 1) FROM (SELECT c" + column
                                + " AS v, 0 AS s FROM " + pair.older(false) + " UNION ALL SELECT c" + column
                                + ", 1 FROM " + pair.newer(false) + ") WHERE v IS NOT NULL GROUP BY v"
                                + " ORDER BY count(*) DESC, CAST(v AS VARCHAR) LIMIT " + FREQUENT,
                        row -> new long[] {row.getLong(1), row.getLong(2)})
                .forEach(counts -> {
                    bins.add(counts[0], counts[1]);
                    rest[0] -= counts[0];
                    rest[1] -= counts[1];
                });
        bins.add(rest[0], rest[1]);
    }

    /** Benjamini and Hochberg's step-up procedure. */
    private static List<ColumnShift> adjusted(List<ColumnShift> shifts) {
        List<Integer> order = IntStream.range(0, shifts.size())
                .boxed()
                .sorted(Comparator.comparingDouble((Integer i) -> shifts.get(i).p())
                        .reversed())
                .toList();
        List<ColumnShift> adjusted = new ArrayList<>(shifts);
        double least = 1;
        for (int k = 0; k < order.size(); k++) {
            int rank = order.size() - k;
            int i = order.get(k);
            least = Math.min(least, shifts.get(i).p() * order.size() / rank);
            adjusted.set(i, shifts.get(i).adjustedTo(least));
        }
        return adjusted;
    }
}
