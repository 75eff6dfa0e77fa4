package tatara.train.evaluate;

import tatara.core.spec.Metric;

/**
 * Decisions against truth.
 *
 * @param counts [true class][decided class]
 */
record Confusion(long[][] counts) {
    /** A measure of decisions; precision of a class never decided is 0, as is recall of a class that never occurs. */
    double value(Metric metric, boolean binary) {
        if (metric == Metric.ACCURACY) {
            return accuracy();
        }
        if (metric == Metric.BALANCED_ACCURACY) {
            return mean(Metric.RECALL, false);
        }
        return binary ? ofClass(metric, 1) : mean(metric, true);
    }

    private double accuracy() {
        long right = 0;
        long all = 0;
        for (int actual = 0; actual < counts.length; actual++) {
            right += counts[actual][actual];
            all += rows(actual);
        }
        return (double) right / all;
    }

    private double mean(Metric metric, boolean decidedCounts) {
        double sum = 0;
        int classes = 0;
        for (int one = 0; one < counts.length; one++) {
            if (rows(one) > 0 || (decidedCounts && decided(one) > 0)) {
                sum += ofClass(metric, one);
                classes++;
            }
        }
        return classes == 0 ? Double.NaN : sum / classes;
    }

    private double ofClass(Metric metric, int one) {
        double hits = counts[one][one];
        double actual = rows(one);
        double decided = decided(one);
        return switch (metric) {
            case PRECISION -> decided == 0 ? 0 : hits / decided;
            case RECALL -> actual == 0 ? 0 : hits / actual;
            case F1 -> actual + decided == 0 ? 0 : 2 * hits / (actual + decided);
            default -> Double.NaN;
        };
    }

    private long rows(int actual) {
        long rows = 0;
        for (long count : counts[actual]) {
            rows += count;
        }
        return rows;
    }

    private long decided(int one) {
        long rows = 0;
        for (long[] actual : counts) {
            rows += actual[one];
        }
        return rows;
    }
}
