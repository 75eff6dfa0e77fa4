package tatara.data.profile;

import tatara.core.evidence.NumberSummary;

/** Distribution of weighted numbers: two passes, so that nothing cancels. */
final class Summary {
    private static final int BINS = 40;
    private static final double[] LEVELS = {0, .01, .05, .1, .25, .5, .75, .9, .95, .99, 1};

    private final double[] numbers;
    private final long[] counts;
    private final Measure measure;
    private final double rows;

    private Summary(Tally tally, Measure measure) {
        this.numbers = tally.numbers();
        this.counts = tally.counts();
        this.measure = measure;
        this.rows = tally.measure().valid();
    }

    /**
     * @param tally values of some or all rows, not empty
     * @param measure counts and ranges of all rows
     */
    static NumberSummary of(Tally tally, Measure measure) {
        return new Summary(tally, measure).summary();
    }

    private NumberSummary summary() {
        double half = measure.max() / 2 - measure.min() / 2;
        double middle = measure.max() / 2 + measure.min() / 2;
        double scale = half > 0 ? half : 1;
        double sum = 0;
        for (int i = 0; i < numbers.length; i++) {
            sum += counts[i] * ((numbers[i] - middle) / scale);
        }
        double mean = sum / rows;
        double squares = 0;
        double cubes = 0;
        for (int i = 0; i < numbers.length; i++) {
            double distance = (numbers[i] - middle) / scale - mean;
            squares += counts[i] * distance * distance;
            cubes += counts[i] * distance * distance * distance;
        }
        double deviation = half > 0 ? Math.sqrt(squares / rows) : 0;
        return new NumberSummary(
                half > 0 ? middle + mean * scale : measure.min(),
                deviation * scale,
                measure.min(),
                measure.max(),
                deviation > 0 ? cubes / rows / (deviation * deviation * deviation) : 0,
                quantiles(),
                histogram(),
                measure.zeros(),
                measure.negatives());
    }

    private double[] quantiles() {
        double[] quantiles = new double[LEVELS.length];
        for (int i = 0; i < LEVELS.length; i++) {
            quantiles[i] = quantile(LEVELS[i] * (rows - 1));
        }
        quantiles[0] = measure.min();
        quantiles[LEVELS.length - 1] = measure.max();
        return quantiles;
    }

    /** Between the two values next to a position among all rows in rising order. */
    private double quantile(double position) {
        long below = (long) Math.floor(position);
        double low = at(below);
        double high = at(Math.min(below + 1, (long) rows - 1));
        double part = position - below;
        return low == high ? low : low * (1 - part) + high * part;
    }

    private double at(long position) {
        long passed = 0;
        for (int i = 0; i < numbers.length; i++) {
            passed += counts[i];
            if (position < passed) {
                return numbers[i];
            }
        }
        return numbers[numbers.length - 1];
    }

    /** Of a sample, scaled to all rows. */
    private double[] histogram() {
        double[] bins = new double[BINS];
        double width = measure.max() / BINS - measure.min() / BINS;
        for (int i = 0; i < numbers.length; i++) {
            double place = width > 0 ? (numbers[i] - measure.min()) / width : 0;
            bins[(int) Math.max(0, Math.min(BINS - 1, Math.floor(place)))] += counts[i];
        }
        double factor = measure.valid() / rows;
        if (factor != 1) {
            for (int i = 0; i < BINS; i++) {
                bins[i] = Math.rint(bins[i] * factor);
            }
        }
        return bins;
    }
}
