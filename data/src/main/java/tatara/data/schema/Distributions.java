package tatara.data.schema;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tatara.core.evidence.ColumnType;
import tatara.core.evidence.TableShape.Distribution;

/** Cumulative distributions of sampled columns, and how far another sample is from one. */
final class Distributions {
    static final String VALUE = "value";
    private static final int POINTS = 101;

    private Distributions() {}

    /** Sorted measures of a column: the value, or measures of the text. */
    static Map<String, double[]> measures(SampledColumn column) {
        Map<String, double[]> measures = new LinkedHashMap<>();
        if (column.isNumeric()) {
            double[] sorted = column.sorted();
            if (column.type() == ColumnType.TIME) {
                Arrays.setAll(sorted, i -> sorted[i] / 1e6);
            }
            measures.put(VALUE, sorted);
        } else if (column.type() != ColumnType.BOOLEAN) {
            List<Map<String, Double>> texts =
                    Arrays.stream(column.dictionary()).map(Forms::measures).toList();
            for (String measure : Forms.measures("").keySet()) {
                measures.put(
                        measure,
                        Arrays.stream(column.codes())
                                .filter(code -> code >= 0)
                                .mapToDouble(code -> texts.get(code).getOrDefault(measure, 0.0))
                                .sorted()
                                .toArray());
            }
        }
        return measures;
    }

    static List<Distribution> of(SampledColumn column) {
        List<Distribution> distributions = new ArrayList<>();
        measures(column).forEach((measure, sorted) -> {
            if (sorted.length > 0) {
                distributions.add(of(measure, sorted));
            }
        });
        return distributions;
    }

    private static Distribution of(String measure, double[] sorted) {
        double[] distinct = Arrays.stream(sorted).distinct().limit(POINTS + 1).toArray();
        double[] points;
        if (distinct.length <= POINTS) {
            points = distinct;
        } else {
            double[] chosen = new double[POINTS];
            for (int i = 0; i < POINTS; i++) {
                chosen[i] = sorted[(int) Math.round((double) i / (POINTS - 1) * (sorted.length - 1))];
            }
            points = Arrays.stream(chosen).distinct().toArray();
        }
        double[] below =
                Arrays.stream(points).map(point -> atMost(sorted, point)).toArray();
        return new Distribution(measure, points, below);
    }

    /** Share of sorted values that are at most the point. */
    static double atMost(double[] sorted, double point) {
        int low = 0;
        int high = sorted.length;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (sorted[middle] <= point) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return sorted.length == 0 ? 0 : (double) low / sorted.length;
    }

    /** The greatest difference between the two cumulative distributions at the points of the first. */
    static double distance(Distribution reference, double[] sorted) {
        double distance = 0;
        for (int i = 0; i < reference.points().length; i++) {
            distance = Math.max(
                    distance,
                    Math.abs(reference.below()[i] - atMost(sorted, reference.points()[i])));
        }
        return distance;
    }

    /** The value that this share of the reference is at most. */
    static double quantile(Distribution reference, double share) {
        for (int i = 0; i < reference.points().length; i++) {
            if (reference.below()[i] >= share) {
                return reference.points()[i];
            }
        }
        return reference.points()[reference.points().length - 1];
    }

    /** The middle rank of a value in the reference, in [0, 1]. */
    static double rank(Distribution reference, double value) {
        double[] points = reference.points();
        int at = Arrays.binarySearch(points, value);
        if (at >= 0) {
            return (reference.below()[at] + (at == 0 ? 0 : reference.below()[at - 1])) / 2;
        }
        int before = -at - 2;
        if (before < 0) {
            return 0;
        }
        if (before == points.length - 1) {
            return 1;
        }
        double part = (value - points[before]) / (points[before + 1] - points[before]);
        return reference.below()[before]
                + part * (reference.below()[before + 1] - reference.below()[before]);
    }
}
