package tatara.data.profile;

import java.util.Arrays;
import java.util.stream.IntStream;

/** Spearman's rank correlation; ties share the mean of their ranks. */
final class Ranks {
    private Ranks() {}

    private static final int GLANCE = 2_000;

    /** Whether the correlation's size is at least so much; a glance at some rows spares most of the sorting. */
    static boolean areCorrelated(double[] x, double[] y, double least) {
        int step = x.length / GLANCE;
        if (step > 1) {
            double[] a = new double[x.length / step];
            double[] b = new double[a.length];
            for (int i = 0; i < a.length; i++) {
                a[i] = x[i * step];
                b[i] = y[i * step];
            }
            if (Math.abs(correlation(a, b)) < least - (1 - least)) {
                return false;
            }
        }
        return Math.abs(correlation(x, y)) >= least;
    }

    /** Over rows where both are present; 0 if there are fewer than 3 or one is constant. */
    static double correlation(double[] x, double[] y) {
        int[] rows = IntStream.range(0, x.length)
                .filter(row -> !Double.isNaN(x[row]) && !Double.isNaN(y[row]))
                .toArray();
        if (rows.length < 3) {
            return 0;
        }
        double[] a = ranks(x, rows);
        double[] b = ranks(y, rows);
        double mean = (rows.length - 1) / 2.0;
        double both = 0;
        double one = 0;
        double other = 0;
        for (int i = 0; i < a.length; i++) {
            both += (a[i] - mean) * (b[i] - mean);
            one += (a[i] - mean) * (a[i] - mean);
            other += (b[i] - mean) * (b[i] - mean);
        }
        return one > 0 && other > 0 ? both / Math.sqrt(one * other) : 0;
    }

    private static double[] ranks(double[] values, int[] rows) {
        Integer[] order = new Integer[rows.length];
        Arrays.setAll(order, i -> i);
        Arrays.sort(order, (a, b) -> Double.compare(values[rows[a]], values[rows[b]]));
        double[] ranks = new double[rows.length];
        int at = 0;
        while (at < order.length) {
            int end = at;
            while (end < order.length && values[rows[order[end]]] == values[rows[order[at]]]) {
                end++;
            }
            for (int i = at; i < end; i++) {
                ranks[order[i]] = (at + end - 1) / 2.0;
            }
            at = end;
        }
        return ranks;
    }
}
