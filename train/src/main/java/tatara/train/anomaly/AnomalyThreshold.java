package tatara.train.anomaly;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/**
 * From which score on a row counts as an anomaly.
 *
 * @param value the score
 * @param rule how it was chosen, for people
 */
record AnomalyThreshold(double value, String rule) {
    private static final double USUAL_SHARE = 0.01;
    private static final double SEARCHED_SHARE = 0.05;
    private static final double LEAST_GAP = 0.03;
    private static final double GREATEST_SHARE_OF_TAIL = 0.25;

    /**
     * The share that is demanded; else a clear gap among the highest 5 % of the scores; else the highest 1 %.
     *
     * @param scores of training rows, at least one
     * @param share demanded share of anomalies, in (0, 1]
     */
    static AnomalyThreshold of(double[] scores, Optional<Double> share) {
        double[] sorted = scores.clone();
        Arrays.sort(sorted);
        if (share.isPresent()) {
            return new AnomalyThreshold(top(sorted, share.get()), text(share.get()) + " are demanded");
        }
        return gap(sorted)
                .orElseGet(() -> new AnomalyThreshold(
                        top(sorted, USUAL_SHARE),
                        text(USUAL_SHARE) + ", as is usual: neither a share nor a clear gap"));
    }

    private static String text(double share) {
        return String.format(Locale.ROOT, "the highest %s %% of the scores", trimmed(100 * share));
    }

    private static String trimmed(double value) {
        return value == Math.rint(value) ? Long.toString((long) value) : Double.toString(value);
    }

    /** Midway between the last score inside the share and the first outside. */
    private static double top(double[] sorted, double share) {
        int count = (int) Math.max(1, Math.min(sorted.length, Math.round(share * sorted.length)));
        int first = sorted.length - count;
        return first == 0 ? sorted[0] : (sorted[first - 1] + sorted[first]) / 2;
    }

    /** The widest gap in the tail, if it is wide and a large part of the tail's whole extent. */
    private static Optional<AnomalyThreshold> gap(double[] sorted) {
        int from = (int) Math.ceil((1 - SEARCHED_SHARE) * sorted.length);
        int widest = -1;
        double width = 0;
        for (int i = Math.max(1, from); i < sorted.length; i++) {
            if (sorted[i] - sorted[i - 1] > width) {
                width = sorted[i] - sorted[i - 1];
                widest = i;
            }
        }
        if (widest < 0) {
            return Optional.empty();
        }
        double extent = sorted[sorted.length - 1] - sorted[Math.max(0, from - 1)];
        if (width < LEAST_GAP || width < GREATEST_SHARE_OF_TAIL * extent) {
            return Optional.empty();
        }
        return Optional.of(new AnomalyThreshold(
                (sorted[widest] + sorted[widest - 1]) / 2,
                String.format(
                        Locale.ROOT,
                        "a clear gap of %.3f below the highest %d scores",
                        width,
                        sorted.length - widest)));
    }
}
