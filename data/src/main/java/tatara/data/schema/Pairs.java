package tatara.data.schema;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tatara.core.evidence.TableShape;
import tatara.core.evidence.TableShape.ColumnShape;
import tatara.core.evidence.TableShape.Distribution;
import tatara.core.evidence.TableShape.Pairing;

/** Which columns tell something of each other: for every column the one that tells most of it. */
final class Pairs {
    private static final int MOST_COLUMNS = 60;
    private static final int ROWS = 10_000;
    private static final int GROUPS = 20;
    private static final int LEAST_ROWS = 60;
    private static final double LEAST_CORRELATION = 0.25;

    private Pairs() {}

    static List<Pairing> of(RowSample sample, List<ColumnShape> shapes) {
        List<Pairing> pairings = new ArrayList<>();
        if (sample.rows() < LEAST_ROWS || sample.columns().size() > MOST_COLUMNS) {
            return pairings;
        }
        int rows = Math.min(ROWS, sample.rows());
        List<Optional<int[]>> groups = new ArrayList<>();
        List<Pairing> froms = new ArrayList<>();
        for (int i = 0; i < shapes.size(); i++) {
            Pairing from = from(shapes.get(i));
            froms.add(from);
            int sizes = from.bounds().length + from.groups().size();
            groups.add(
                    sizes == 0
                            ? Optional.empty()
                            : Optional.of(groups(from, sample.columns().get(i), rows)));
        }
        for (int to = 0; to < shapes.size(); to++) {
            double[] scores = scores(shapes.get(to), sample.columns().get(to), rows);
            if (scores.length == 0) {
                continue;
            }
            Pairing best = null;
            for (int from = 0; from < shapes.size(); from++) {
                if (from != to && groups.get(from).isPresent()) {
                    Pairing pairing = fit(
                            froms.get(from),
                            shapes.get(to).column(),
                            groups.get(from).get(),
                            scores);
                    best = best == null || pairing.correlation() > best.correlation() ? pairing : best;
                }
            }
            if (best != null && best.correlation() >= LEAST_CORRELATION && best.rows() >= LEAST_ROWS / 2) {
                pairings.add(best);
            }
        }
        return pairings;
    }

    private static Pairing from(ColumnShape shape) {
        double[] bounds = {};
        List<String> groups = List.of();
        Optional<Distribution> values = value(shape);
        if (values.isPresent() && values.get().points().length > 1) {
            double[] chosen = new double[GROUPS - 1];
            for (int i = 1; i < GROUPS; i++) {
                chosen[i - 1] = Distributions.quantile(values.get(), (double) i / GROUPS);
            }
            bounds = Arrays.stream(chosen).distinct().toArray();
        } else if (shape.values().size() > 1) {
            groups = shape.values().stream()
                    .limit(GROUPS)
                    .map(value -> value.value())
                    .toList();
        }
        return new Pairing(shape.column(), "", bounds, groups, new double[0], 0, 0);
    }

    private static Optional<Distribution> value(ColumnShape shape) {
        return shape.distributions().stream()
                .filter(distribution -> distribution.measure().equals(Distributions.VALUE))
                .findFirst();
    }

    /** The group of each row: bounds or texts, then all others, then missing values. */
    private static int[] groups(Pairing from, SampledColumn column, int rows) {
        int[] groups = new int[rows];
        double scale = column.type() == tatara.core.evidence.ColumnType.TIME ? 1e-6 : 1;
        Map<String, Integer> known = new HashMap<>();
        from.groups().forEach(text -> known.put(text, known.size()));
        int others = from.bounds().length + from.groups().size();
        int[] byCode = Arrays.stream(column.dictionary())
                .mapToInt(text -> known.getOrDefault(text, others))
                .toArray();
        for (int row = 0; row < rows; row++) {
            if (!column.isKnown(row)) {
                groups[row] = others + 1;
            } else if (column.isNumeric()) {
                int at = Arrays.binarySearch(from.bounds(), column.numbers()[row] * scale);
                groups[row] = at >= 0 ? at : -at - 1;
            } else {
                groups[row] = byCode[column.codes()[row]];
            }
        }
        return groups;
    }

    /** A score in [0, 1] for each row, NaN if missing: the rank of a number, whether a text is the most frequent. Empty if all are alike. */
    private static double[] scores(ColumnShape shape, SampledColumn column, int rows) {
        Optional<Distribution> values = value(shape);
        double scale = column.type() == tatara.core.evidence.ColumnType.TIME ? 1e-6 : 1;
        if (column.isNumeric()) {
            if (values.isEmpty() || values.get().points().length < 2) {
                return new double[0];
            }
            double[] scores = new double[rows];
            Arrays.setAll(
                    scores,
                    row -> column.isKnown(row)
                            ? Distributions.rank(values.get(), column.numbers()[row] * scale)
                            : Double.NaN);
            return scores;
        }
        if (shape.values().size() < 2 || shape.values().get(0).count() > 0.97 * shape.present()) {
            return new double[0];
        }
        String most = shape.values().get(0).value();
        double[] scores = new double[rows];
        Arrays.setAll(
                scores,
                row -> !column.isKnown(row)
                        ? Double.NaN
                        : column.dictionary()[column.codes()[row]].equals(most) ? 1.0 : 0.0);
        return scores;
    }

    /** Expected scores from even rows, judged on odd ones. */
    private static Pairing fit(Pairing from, String to, int[] groups, double[] scores) {
        int size = from.bounds().length + from.groups().size() + 2;
        double[] sums = new double[size];
        double[] counts = new double[size];
        double all = 0;
        double known = 0;
        for (int row = 0; row < groups.length; row += 2) {
            if (!Double.isNaN(scores[row])) {
                sums[groups[row]] += scores[row];
                counts[groups[row]]++;
                all += scores[row];
                known++;
            }
        }
        double mean = known == 0 ? 0.5 : all / known;
        double[] expected = new double[size];
        Arrays.setAll(expected, group -> (sums[group] + 5 * mean) / (counts[group] + 5));
        double[] judged = correlation(expected, groups, scores, 1, 2);
        return new Pairing(from.from(), to, from.bounds(), from.groups(), expected, judged[0], (long) judged[1]);
    }

    /** Correlation of expected and true scores over every {@code step}-th row from {@code start}, and the number of rows. */
    private static double[] correlation(double[] expected, int[] groups, double[] scores, int start, int step) {
        double n = 0;
        double sumX = 0;
        double sumY = 0;
        for (int row = start; row < groups.length; row += step) {
            if (!Double.isNaN(scores[row])) {
                n++;
                sumX += expected[groups[row]];
                sumY += scores[row];
            }
        }
        double meanX = n == 0 ? 0 : sumX / n;
        double meanY = n == 0 ? 0 : sumY / n;
        double xx = 0;
        double yy = 0;
        double xy = 0;
        for (int row = start; row < groups.length; row += step) {
            if (!Double.isNaN(scores[row])) {
                double x = expected[groups[row]] - meanX;
                double y = scores[row] - meanY;
                xx += x * x;
                yy += y * y;
                xy += x * y;
            }
        }
        return new double[] {xx <= 1e-12 || yy <= 1e-12 ? 0 : xy / Math.sqrt(xx * yy), n};
    }

    /** The correlation of a pairing in another sample and its rows; empty if a column is not there or all alike. */
    static Optional<double[]> again(Pairing pairing, TableShape reference, RowSample sample) {
        Optional<SampledColumn> from = sample.find(pairing.from());
        Optional<SampledColumn> to = sample.find(pairing.to());
        Optional<ColumnShape> shape = reference.find(pairing.to());
        if (from.isEmpty() || to.isEmpty() || shape.isEmpty()) {
            return Optional.empty();
        }
        int rows = Math.min(ROWS, sample.rows());
        double[] scores = scores(shape.get(), to.get(), rows);
        if (scores.length == 0) {
            return Optional.empty();
        }
        return Optional.of(correlation(pairing.expected(), groups(pairing, from.get(), rows), scores, 0, 1));
    }
}
