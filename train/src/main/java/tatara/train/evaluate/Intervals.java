package tatara.train.evaluate;

import java.util.Arrays;
import java.util.SplittableRandom;
import tatara.core.run.Interval;
import tatara.core.spec.Metric;
import tatara.core.spec.Task;

/**
 * 95 % confidence intervals of metrics: for binary ROC AUC by DeLong's variance (DeLong, DeLong and Clarke-Pearson, Biometrics 1988) on
 * the logit scale; for shares of rows by Wilson's score; for all others by the percentile bootstrap over rows, seeded. Beyond
 * 50,000 rows the bootstrap works on an even sample of so many and narrows its interval by the root of the ratio. Immutable,
 * thread-safe.
 */
public final class Intervals {
    private static final double Z = 1.959963984540054;
    private static final int MOST_ROWS = 50_000;
    private static final int ROUNDS = 400;
    private static final long MOST_WORK = 8_000_000;
    private static final int LEAST_ROUNDS = 100;

    private final Metrics metrics;
    private final long seed;

    public Intervals(Metrics metrics, long seed) {
        this.metrics = metrics;
        this.seed = seed;
    }

    /** The metric with its interval; NaN throughout where it is not defined. */
    public Interval of(Metric metric, double[] labels, double[][] predictions) {
        double value = metrics.of(metric, labels, predictions);
        if (Double.isNaN(value)) {
            return new Interval(value, Double.NaN, Double.NaN);
        }
        boolean binary = metrics.task() == Task.BINARY;
        if (binary && metric == Metric.ROC_AUC) {
            return delong(value, RankedScores.of(labels, 1, predictions, 0));
        }
        double trials = trials(metric, labels, predictions);
        return trials > 0 ? wilson(value, trials) : bootstrap(metric, value, labels, predictions);
    }

    /** Of how many rows the metric is a share; 0 if it is none. */
    private double trials(Metric metric, double[] labels, double[][] predictions) {
        boolean binary = metrics.task() == Task.BINARY;
        if (metric == Metric.ACCURACY) {
            return predictions.length;
        }
        if (!binary || (Double.isNaN(metrics.threshold()) && metric != Metric.PRECISION_AT_K)) {
            return 0;
        }
        return switch (metric) {
            case PRECISION_AT_K -> Math.max(1, Math.round(metrics.topShare() * predictions.length));
            case RECALL -> Arrays.stream(labels, 0, predictions.length).sum();
            case PRECISION ->
                Arrays.stream(predictions)
                        .filter(row -> row[0] >= metrics.threshold())
                        .count();
            default -> 0;
        };
    }

    /** Wilson's score interval of a share. */
    public static Interval wilson(double share, double trials) {
        double square = Z * Z / trials;
        double centre = (share + square / 2) / (1 + square);
        double half = Z * Math.sqrt(share * (1 - share) / trials + square / (4 * trials)) / (1 + square);
        return new Interval(
                share, Math.max(0, Math.min(share, centre - half)), Math.min(1, Math.max(share, centre + half)));
    }

    private static Interval delong(double auc, RankedScores ranked) {
        double variance = ranked.aucVariance();
        if (!(variance > 0) || auc <= 0 || auc >= 1) {
            double effective = Math.min(ranked.positives(), ranked.negatives());
            return wilson(auc, Math.max(1, effective));
        }
        double logit = Math.log(auc / (1 - auc));
        double half = Z * Math.sqrt(variance) / (auc * (1 - auc));
        return new Interval(auc, 1 / (1 + Math.exp(half - logit)), 1 / (1 + Math.exp(-half - logit)));
    }

    private Interval bootstrap(Metric metric, double value, double[] labels, double[][] predictions) {
        int rows = predictions.length;
        int size = Math.min(rows, MOST_ROWS);
        int rounds = (int) Math.max(LEAST_ROUNDS, Math.min(ROUNDS, MOST_WORK / size));
        double[] values = new double[rounds];
        int kept = 0;
        SplittableRandom random = new SplittableRandom(seed);
        double[] sampleLabels = new double[size];
        double[][] sample = new double[size][];
        for (int round = 0; round < rounds; round++) {
            for (int i = 0; i < size; i++) {
                int row = (int) ((long) random.nextInt(size) * rows / size);
                sampleLabels[i] = labels[row];
                sample[i] = predictions[row];
            }
            double resampled = metrics.of(metric, sampleLabels, sample);
            if (!Double.isNaN(resampled)) {
                values[kept++] = resampled;
            }
        }
        if (kept < rounds / 2) {
            return new Interval(value, Double.NaN, Double.NaN);
        }
        double[] sorted = Arrays.copyOf(values, kept);
        Arrays.sort(sorted);
        double middle = quantile(sorted, 0.5);
        double narrowing = Math.sqrt((double) size / rows);
        double low = quantile(sorted, 0.025);
        double high = quantile(sorted, 0.975);
        if (size < rows) {
            low = value + (low - middle) * narrowing;
            high = value + (high - middle) * narrowing;
        }
        return new Interval(value, Math.min(value, low), Math.max(value, high));
    }

    /** A quantile of sorted values, with linear interpolation. */
    static double quantile(double[] sorted, double share) {
        double at = share * (sorted.length - 1);
        int below = (int) at;
        int above = Math.min(below + 1, sorted.length - 1);
        return sorted[below] + (at - below) * (sorted[above] - sorted[below]);
    }
}
