package tatara.train.forecast;

import tatara.model.forecast.Structural;

/**
 * One run of additive exponential smoothing over a series, on plain or logarithmic values, with any number of seasons, a damped
 * slope and a first-order autoregressive remainder, in innovation form (Hyndman et al. 2008; the remainder after Taylor 2003).
 * Not thread-safe.
 */
final class Smoothing {
    private final double[] values;
    private final boolean logarithm;
    private final boolean sloped;
    private final boolean carried;
    private final double[][] firstSeasons;
    private final double firstLevel;
    private final double firstSlope;
    private final double[][] seasons;
    private double level;
    private double slope;
    private double error;

    /**
     * @param values plain values, above 0 if {@code logarithm}
     * @param periods seasonal periods, each seen at least twice
     * @param sloped whether there is a slope
     * @param carried whether the last error carries over
     */
    Smoothing(double[] values, int[] periods, boolean logarithm, boolean sloped, boolean carried) {
        this.logarithm = logarithm;
        this.sloped = sloped;
        this.carried = carried;
        this.values = values.clone();
        if (logarithm) {
            for (int i = 0; i < values.length; i++) {
                this.values[i] = Math.log(values[i]);
            }
        }
        Decomposition start = Decomposition.additive(this.values, periods);
        this.firstSeasons = start.seasons();
        this.seasons = new double[periods.length][];
        int longest = periods.length == 0 ? 1 : periods[periods.length - 1];
        int window = Math.min(values.length, Math.max(10, 2 * longest));
        double[] line = line(start.adjusted(), window);
        this.firstSlope = sloped ? line[1] : 0;
        this.firstLevel = sloped ? line[0] - line[1] : mean(start.adjusted(), Math.min(window, 10));
    }

    /** Number of parameters of {@link #loss}. */
    int parameters() {
        return 1 + (sloped ? 2 : 0) + seasons.length + (carried ? 1 : 0);
    }

    /** Estimated numbers: parameters, first states and the variance. */
    int degrees() {
        int states = 1 + (sloped ? 1 : 0);
        for (double[] season : firstSeasons) {
            states += Math.min(season.length - 1, 11);
        }
        return parameters() + states + 1;
    }

    /** A usual place to begin the search. */
    double[] start() {
        double[] start = new double[parameters()];
        int next = 0;
        start[next++] = 0.3;
        if (sloped) {
            start[next++] = 0.1;
            start[next++] = 0.9;
        }
        for (int p = 0; p < seasons.length; p++) {
            start[next++] = 0.15;
        }
        if (carried) {
            start[next] = 0.5;
        }
        return start;
    }

    /** Sum of squared one-step errors. */
    double loss(double[] parameters) {
        int next = 0;
        double alpha = 1e-4 + 0.9998 * parameters[next++];
        double beta = 0;
        double damping = 1;
        if (sloped) {
            beta = alpha * parameters[next++] * 0.5;
            damping = damping(parameters[next++]);
        }
        double[] gamma = new double[seasons.length];
        for (int p = 0; p < gamma.length; p++) {
            gamma[p] = 0.9 * (1 - alpha) * parameters[next++];
        }
        double carry = carried ? carry(parameters[next]) : 0;
        reset();
        double sum = 0;
        for (int i = 0; i < values.length; i++) {
            double before = level + damping * slope;
            double season = 0;
            for (int p = 0; p < gamma.length; p++) {
                season += seasons[p][i % seasons[p].length];
            }
            double innovation = values[i] - before - season - carry * error;
            sum += innovation * innovation;
            level = before + alpha * innovation;
            slope = damping * slope + beta * innovation;
            for (int p = 0; p < gamma.length; p++) {
                seasons[p][i % seasons[p].length] += gamma[p] * innovation;
            }
            error = carried ? carry * error + (1 - alpha) * innovation : 0;
        }
        return sum;
    }

    private void reset() {
        level = firstLevel;
        slope = firstSlope;
        error = 0;
        for (int p = 0; p < seasons.length; p++) {
            seasons[p] = firstSeasons[p].clone();
        }
    }

    private static double damping(double parameter) {
        return 0.8 + 0.19 * parameter;
    }

    private static double carry(double parameter) {
        return -0.3 + 1.27 * parameter;
    }

    /** The fitted path for the parameters. */
    Structural fitted(double[] parameters) {
        loss(parameters);
        double[][] ahead = new double[seasons.length][];
        for (int p = 0; p < ahead.length; p++) {
            ahead[p] = Decomposition.rotated(seasons[p], values.length);
        }
        double damping = sloped ? damping(parameters[2]) : 1;
        double carry = carried ? carry(parameters[parameters.length - 1]) : 0;
        Structural.Form form = logarithm ? Structural.Form.LOGARITHMIC : Structural.Form.ADDITIVE;
        return new Structural(form, level, slope, damping, ahead, error, carry);
    }

    /** Sum of logarithms of the values, which makes the likelihoods of both forms comparable. */
    double logSum() {
        double sum = 0;
        for (double value : values) {
            sum += logarithm ? value : 0;
        }
        return sum;
    }

    private static double mean(double[] values, int count) {
        double sum = 0;
        for (int i = 0; i < count; i++) {
            sum += values[i];
        }
        return sum / count;
    }

    /** Intercept and slope of the first values by least squares. */
    private static double[] line(double[] values, int count) {
        double middle = (count - 1) / 2.0;
        double mean = mean(values, count);
        double product = 0;
        double square = 0;
        for (int i = 0; i < count; i++) {
            product += (i - middle) * (values[i] - mean);
            square += (i - middle) * (i - middle);
        }
        double rise = square == 0 ? 0 : product / square;
        return new double[] {mean - rise * middle, rise};
    }
}
