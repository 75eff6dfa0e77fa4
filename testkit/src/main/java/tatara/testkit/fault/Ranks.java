package tatara.testkit.fault;

import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;

/** Ranks, their correlation, and the distance of two distributions. */
final class Ranks {
    private Ranks() {}

    /** Mean ranks of ties; NaN stays. */
    static double[] of(double[] values) {
        Integer[] order = IntStream.range(0, values.length)
                .filter(i -> !Double.isNaN(values[i]))
                .boxed()
                .sorted(Comparator.comparingDouble(i -> values[i]))
                .toArray(Integer[]::new);
        double[] ranks = new double[values.length];
        Arrays.fill(ranks, Double.NaN);
        for (int i = 0; i < order.length; ) {
            int end = i;
            while (end < order.length && values[order[end]] == values[order[i]]) {
                end++;
            }
            for (int j = i; j < end; j++) {
                ranks[order[j]] = (i + end - 1) / 2.0;
            }
            i = end;
        }
        return ranks;
    }

    /** Pearson's, over the rows where both are known. */
    static double correlation(double[] first, double[] second) {
        int[] rows = IntStream.range(0, first.length)
                .filter(i -> !Double.isNaN(first[i]) && !Double.isNaN(second[i]))
                .toArray();
        double meanFirst =
                Arrays.stream(rows).mapToDouble(i -> first[i]).average().orElse(0);
        double meanSecond =
                Arrays.stream(rows).mapToDouble(i -> second[i]).average().orElse(0);
        double product = 0;
        double squareFirst = 0;
        double squareSecond = 0;
        for (int i : rows) {
            product += (first[i] - meanFirst) * (second[i] - meanSecond);
            squareFirst += (first[i] - meanFirst) * (first[i] - meanFirst);
            squareSecond += (second[i] - meanSecond) * (second[i] - meanSecond);
        }
        return squareFirst == 0 || squareSecond == 0 ? 0 : product / Math.sqrt(squareFirst * squareSecond);
    }

    /** Kolmogorov and Smirnov's. */
    static double distance(double[] first, double[] second) {
        double[] one = Arrays.stream(first)
                .filter(value -> !Double.isNaN(value))
                .sorted()
                .toArray();
        double[] two = Arrays.stream(second)
                .filter(value -> !Double.isNaN(value))
                .sorted()
                .toArray();
        double distance = 0;
        int at = 0;
        for (int i = 0; i < one.length && two.length > 0; i++) {
            while (at < two.length && two[at] <= one[i]) {
                at++;
            }
            if (i + 1 == one.length || one[i + 1] > one[i]) {
                distance = Math.max(distance, Math.abs((i + 1.0) / one.length - (double) at / two.length));
            }
        }
        return distance;
    }
}
