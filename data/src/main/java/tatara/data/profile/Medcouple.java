package tatara.data.profile;

import java.util.Arrays;

/** The medcouple, a robust measure of skewness in [-1, 1] (Brys, Hubert and Struyf 2004), of evenly spread values of a sample. */
final class Medcouple {
    private static final int MOST_VALUES = 501;

    private Medcouple() {}

    /** @param sorted in rising order, not empty */
    static double of(double[] sorted) {
        double[] values = thinned(sorted);
        int size = values.length;
        double median = (values[(size - 1) / 2] + values[size / 2]) / 2;
        int ties = 0;
        for (double value : values) {
            ties += value == median ? 1 : 0;
        }
        int below = 0;
        while (below < size && values[below] < median) {
            below++;
        }
        int upper = size - below;
        int lower = below + ties;
        if (upper == 0 || lower == 0) {
            return 0;
        }
        double[] kernel = new double[upper * lower];
        int at = 0;
        for (int i = below; i < size; i++) {
            for (int j = 0; j < lower; j++) {
                double gap = values[i] - values[j];
                kernel[at++] = gap > 0
                        ? ((values[i] - median) - (median - values[j])) / gap
                        : Integer.signum(ties - 1 - (i - below) - (j - below));
            }
        }
        Arrays.sort(kernel);
        return (kernel[(at - 1) / 2] + kernel[at / 2]) / 2;
    }

    private static double[] thinned(double[] sorted) {
        if (sorted.length <= MOST_VALUES) {
            return sorted;
        }
        double[] some = new double[MOST_VALUES];
        for (int i = 0; i < some.length; i++) {
            some[i] = sorted[(int) ((long) i * (sorted.length - 1) / (MOST_VALUES - 1))];
        }
        return some;
    }
}
