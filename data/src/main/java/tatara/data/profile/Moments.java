package tatara.data.profile;

import tatara.core.evidence.NumberSummary;

/** Sums over a column's values, scaled into [-1, 1]. */
final class Moments {
    private final double[] histogram = new double[Passes.BINS];
    private double first;
    private double second;
    private double third;
    private long zeros;
    private long negatives;

    static double middle(Measure measure) {
        return Double.isNaN(measure.min()) ? 0 : measure.min() / 2 + measure.max() / 2;
    }

    static double half(Measure measure) {
        double half = measure.max() / 2 - measure.min() / 2;
        return half > 0 ? half : 1;
    }

    void add(int bin, long count, long zeroCount, long negativeCount) {
        histogram[Math.max(0, Math.min(Passes.BINS - 1, bin))] += count;
        zeros += zeroCount;
        negatives += negativeCount;
    }

    void powers(double one, double two, double three) {
        first += one;
        second += two;
        third += three;
    }

    /** @param inner quantiles without the two ends */
    NumberSummary summary(Measure measure, double[] inner) {
        double count = measure.valid();
        double mean = first / count;
        double variance = Math.max(0, second / count - mean * mean);
        double spread = measure.max() > measure.min() ? Math.sqrt(variance) : 0;
        double cubed = third / count - 3 * mean * second / count + 2 * mean * mean * mean;
        double[] quantiles = new double[inner.length + 2];
        quantiles[0] = measure.min();
        System.arraycopy(inner, 0, quantiles, 1, inner.length);
        quantiles[quantiles.length - 1] = measure.max();
        double[] bins = histogram;
        return new NumberSummary(
                middle(measure) + mean * half(measure),
                spread * half(measure),
                measure.min(),
                measure.max(),
                spread > 0 ? cubed / (spread * spread * spread) : 0,
                quantiles,
                bins,
                zeros,
                negatives);
    }
}
