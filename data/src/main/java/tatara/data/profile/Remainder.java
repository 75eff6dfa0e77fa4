package tatara.data.profile;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/**
 * How varied numbers are.
 *
 * @param distinct different values
 * @param commonest share of the most frequent value, in [0, 1]
 * @param few share of the 20 most frequent values, in [0, 1]
 * @param bits entropy
 * @param variance of all of them
 */
record Remainder(int distinct, double commonest, double few, double bits, double variance) {
    private static final int FEW = 20;

    /** @param grain differences below it do not count */
    static Remainder of(double[] values, double grain) {
        Map<Long, Integer> counts = new HashMap<>();
        double mean = Arrays.stream(values).average().orElse(0);
        double squares = 0;
        for (double value : values) {
            counts.merge(Math.round(value / grain), 1, Integer::sum);
            squares += (value - mean) * (value - mean);
        }
        int[] sorted =
                counts.values().stream().mapToInt(Integer::intValue).sorted().toArray();
        double rows = Math.max(1, values.length);
        double bits = 0;
        double few = 0;
        for (int i = 0; i < sorted.length; i++) {
            double share = sorted[i] / rows;
            bits -= share * Math.log(share) / Math.log(2);
            few += i >= sorted.length - FEW ? share : 0;
        }
        double commonest = sorted.length == 0 ? 0 : sorted[sorted.length - 1] / rows;
        return new Remainder(sorted.length, commonest, few, bits, squares / rows);
    }
}
