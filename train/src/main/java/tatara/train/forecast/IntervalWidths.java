package tatara.train.forecast;

import java.util.Arrays;

/**
 * Widths of 90 % intervals from the ensemble's errors on validation windows (split conformal prediction; Vovk et al. 2005): per
 * step ahead the quantile of errors in units of each series' spread. In its own normalisation a window takes no part.
 *
 * @param widths [step ahead - 1], not decreasing
 * @param spreads per series of the set
 */
record IntervalWidths(double[] widths, double[] spreads) {
    private static final double COVERAGE = 0.9;
    private static final int WANTED_ERRORS = 120;

    static IntervalWidths of(
            Validation validation, EnsembleWeights weights, SeriesSet set, WindowPlan plan, int horizon) {
        return new Measuring(validation, weights, set, plan).measure(horizon);
    }

    /** The measuring. */
    private static final class Measuring {
        private final Validation validation;
        private final EnsembleWeights weights;
        private final double[] changes;
        private final double[][] means;
        private double ratio = 1;

        Measuring(Validation validation, EnsembleWeights weights, SeriesSet set, WindowPlan plan) {
            this.validation = validation;
            this.weights = weights;
            this.changes = new double[set.series().size()];
            for (int i = 0; i < changes.length; i++) {
                changes[i] = change(set.series().get(i).values(), plan.trainEnd()[i]);
            }
            this.means = new double[validation.series().length][];
        }

        private static double change(double[] values, int length) {
            double change = Accuracy.scale(values, length, 1);
            if (change > 0 || length == 0) {
                return change;
            }
            return 0.01 * Math.abs(values[length - 1]);
        }

        IntervalWidths measure(int horizon) {
            double[][][] errors = errors();
            ratio = ratio();
            double[][] byStep = new double[horizon][];
            int[] counts = new int[horizon];
            for (int round = 0; round < 2; round++) {
                Arrays.fill(counts, 0);
                for (int at = 0; at < errors.length; at++) {
                    for (int window = 0; window < errors[at].length; window++) {
                        double spread = spread(at, window);
                        for (int step = 0; step < errors[at][window].length && spread > 0; step++) {
                            double error = errors[at][window][step];
                            if (!Double.isNaN(error)) {
                                if (round == 1) {
                                    byStep[step][counts[step]] = error / spread;
                                }
                                counts[step]++;
                            }
                        }
                    }
                }
                for (int step = 0; step < horizon && round == 0; step++) {
                    byStep[step] = new double[counts[step]];
                }
            }
            double[] spreads = new double[changes.length];
            Arrays.setAll(spreads, number -> ratio * changes[number]);
            for (int at = 0; at < errors.length; at++) {
                spreads[validation.series()[at]] = spread(at, -1);
            }
            return new IntervalWidths(notDecreasing(quantiles(byStep)), spreads);
        }

        private double[][][] errors() {
            double[][][] errors = new double[validation.series().length][][];
            for (int at = 0; at < errors.length; at++) {
                Validation.Window[] windows = validation.windows()[at];
                errors[at] = new double[windows.length][];
                means[at] = new double[windows.length];
                for (int w = 0; w < windows.length; w++) {
                    double[] joined = EnsembleWeights.joined(windows[w].forecasts(), weights.weights(at));
                    errors[at][w] = new double[joined.length];
                    double sum = 0;
                    int count = 0;
                    for (int step = 0; step < joined.length; step++) {
                        boolean observed = windows[w].observed()[step];
                        double error = Math.abs(joined[step] - windows[w].actual()[step]);
                        errors[at][w][step] = observed ? error : Double.NaN;
                        sum += observed ? error : 0;
                        count += observed ? 1 : 0;
                    }
                    means[at][w] = count == 0 ? Double.NaN : sum / count;
                }
            }
            return errors;
        }

        /** Median over series of the mean error per in-sample change. */
        private double ratio() {
            double[] ratios = new double[means.length];
            int count = 0;
            for (int at = 0; at < means.length; at++) {
                double mean = mean(at, -1);
                double change = changes[validation.series()[at]];
                if (!Double.isNaN(mean) && change > 0) {
                    ratios[count++] = mean / change;
                }
            }
            Arrays.sort(ratios, 0, count);
            return count == 0 ? 1 : ratios[count / 2];
        }

        private double mean(int at, int without) {
            double sum = 0;
            int count = 0;
            for (int w = 0; w < means[at].length; w++) {
                if (w != without && !Double.isNaN(means[at][w])) {
                    sum += means[at][w];
                    count++;
                }
            }
            return count == 0 ? Double.NaN : sum / count;
        }

        /** The series' mean error, drawn a little towards what its changes suggest. */
        private double spread(int at, int without) {
            double suggested = ratio * changes[validation.series()[at]];
            double mean = mean(at, without);
            int windows = means[at].length - (without < 0 ? 0 : 1);
            if (Double.isNaN(mean) || windows == 0) {
                return suggested;
            }
            double floor = 0.01 * suggested;
            double share = 1.0 / (1 + windows);
            double mixed = share * Math.log(Math.max(suggested, Double.MIN_NORMAL))
                    + (1 - share) * Math.log(Math.max(mean, Math.max(floor, Double.MIN_NORMAL)));
            return suggested == 0 ? mean : Math.exp(mixed);
        }

        private static double[] quantiles(double[][] byStep) {
            double[] widths = new double[byStep.length];
            for (int step = 0; step < widths.length; step++) {
                int from = step;
                int to = step + 1;
                int count = byStep[step].length;
                while (count < WANTED_ERRORS && (from > 0 || to < byStep.length)) {
                    from = Math.max(0, from - 1);
                    to = Math.min(byStep.length, to + 1);
                    count = 0;
                    for (int i = from; i < to; i++) {
                        count += byStep[i].length;
                    }
                }
                double[] errors = new double[count];
                int next = 0;
                for (int i = from; i < to; i++) {
                    System.arraycopy(byStep[i], 0, errors, next, byStep[i].length);
                    next += byStep[i].length;
                }
                Arrays.sort(errors);
                int rank = (int) Math.ceil(COVERAGE * (count + 1));
                widths[step] = count == 0 ? 1 : errors[Math.min(rank, count) - 1];
            }
            return widths;
        }

        /** Isotonic regression by pooling neighbours that decrease. */
        private static double[] notDecreasing(double[] widths) {
            double[] sums = new double[widths.length];
            int[] sizes = new int[widths.length];
            int blocks = 0;
            for (double width : widths) {
                sums[blocks] = width;
                sizes[blocks++] = 1;
                while (blocks > 1 && sums[blocks - 2] / sizes[blocks - 2] > sums[blocks - 1] / sizes[blocks - 1]) {
                    sums[blocks - 2] += sums[blocks - 1];
                    sizes[blocks - 2] += sizes[blocks - 1];
                    blocks--;
                }
            }
            double[] smooth = new double[widths.length];
            int next = 0;
            for (int block = 0; block < blocks; block++) {
                for (int i = 0; i < sizes[block]; i++) {
                    smooth[next++] = sums[block] / sizes[block];
                }
            }
            return smooth;
        }
    }
}
