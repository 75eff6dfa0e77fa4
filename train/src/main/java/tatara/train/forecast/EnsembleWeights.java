package tatara.train.forecast;

import java.util.Arrays;
import tatara.core.design.TrainingDesign;
import tatara.core.spec.Metric;

/**
 * How candidates are joined: greedy selection with replacement over all series (Caruana et al. 2004), and, as far as it helped on
 * windows that took no part, drawn towards weights of the series' own (inverse errors).
 *
 * @param common weight of each candidate over all series
 * @param own [position in the validation's series][candidate]; empty if the common weights are used throughout
 * @param share how far the own weights count, in [0, 1]
 * @param scores validation metric of each candidate alone; NaN for one that had too little data
 * @param score validation metric of the ensemble; where own weights count, of weights that did not see the window
 */
record EnsembleWeights(double[] common, double[][] own, double share, double[] scores, double score) {
    private static final double[] SHARES = {0, 0.25, 0.5, 0.75};
    private static final double[] POWERS = {2, 4};

    static EnsembleWeights of(Validation validation, Metric metric, TrainingDesign.Ensemble ensemble) {
        return new Search(validation, metric).search(ensemble);
    }

    /** The weights of one of the validation's series, or of any other for -1. */
    double[] weights(int position) {
        return position < 0 || own.length == 0 ? common : own[position];
    }

    /** The search. */
    private static final class Search {
        private final Validation.Window[][] windows;
        private final Metric metric;
        private final int candidates;
        private final boolean[] usable;
        private final double[] scores;
        private double[][][] errors = new double[0][][];

        Search(Validation validation, Metric metric) {
            this.windows = validation.windows();
            this.metric = metric;
            this.candidates = windows.length == 0 ? 0 : windows[0][0].forecasts().length;
            this.usable = validation.usable();
            this.scores = new double[candidates];
        }

        EnsembleWeights search(TrainingDesign.Ensemble ensemble) {
            for (int candidate = 0; candidate < candidates; candidate++) {
                double[] alone = new double[candidates];
                alone[candidate] = 1;
                scores[candidate] = usable[candidate] ? score(alone) : Double.NaN;
            }
            double[] common = greedy(ensemble);
            errors = errors();
            double best = score(common);
            double bestShare = 0;
            double bestPower = POWERS[0];
            for (double share : SHARES) {
                for (double power : POWERS) {
                    double score = share == 0 ? best : score(common, share, power);
                    if (score < best) {
                        best = score;
                        bestShare = share;
                        bestPower = power;
                    }
                }
            }
            double[][] own = new double[bestShare == 0 ? 0 : windows.length][];
            for (int i = 0; i < own.length; i++) {
                own[i] = mixed(common, i, -1, bestShare, bestPower);
            }
            return new EnsembleWeights(common, own, bestShare, scores, best);
        }

        private double[] greedy(TrainingDesign.Ensemble ensemble) {
            int[] counts = new int[candidates];
            int[] bestCounts = counts;
            double best = Double.POSITIVE_INFINITY;
            for (int round = 1; round <= Math.max(1, ensemble.rounds()); round++) {
                int chosen = -1;
                double chosenScore = Double.POSITIVE_INFINITY;
                long members = Arrays.stream(counts).filter(count -> count > 0).count();
                for (int candidate = 0; candidate < candidates; candidate++) {
                    if (!usable[candidate] || (counts[candidate] == 0 && members >= ensemble.maxMembers())) {
                        continue;
                    }
                    counts[candidate]++;
                    double score = score(shares(counts));
                    counts[candidate]--;
                    if (score < chosenScore) {
                        chosenScore = score;
                        chosen = candidate;
                    }
                }
                if (chosen < 0) {
                    break;
                }
                counts[chosen]++;
                if (chosenScore < best) {
                    best = chosenScore;
                    bestCounts = counts.clone();
                }
            }
            if (Double.isInfinite(best)) {
                for (int candidate = 0; candidate < candidates; candidate++) {
                    bestCounts[candidate] = 1;
                }
            }
            return shares(bestCounts);
        }

        private static double[] shares(int[] counts) {
            double total = Arrays.stream(counts).sum();
            return Arrays.stream(counts).mapToDouble(count -> count / total).toArray();
        }

        private double score(double[] weights) {
            return score((series, window) -> weights);
        }

        private double score(double[] common, double share, double power) {
            return score((series, window) ->
                    windows[series].length < 2 ? common : mixed(common, series, window, share, power));
        }

        private double score(WeightsOf weightsOf) {
            double sum = 0;
            int count = 0;
            for (int series = 0; series < windows.length; series++) {
                double seriesSum = 0;
                int seriesCount = 0;
                for (int window = 0; window < windows[series].length; window++) {
                    double loss = loss(windows[series][window], weightsOf.weights(series, window));
                    if (!Double.isNaN(loss)) {
                        seriesSum += loss;
                        seriesCount++;
                    }
                }
                sum += seriesCount == 0 ? 0 : seriesSum / seriesCount;
                count += seriesCount == 0 ? 0 : 1;
            }
            return count == 0 ? Double.POSITIVE_INFINITY : Accuracy.finish(metric, sum / count);
        }

        private double loss(Validation.Window window, double[] weights) {
            return Accuracy.meanLoss(
                    metric, window.actual(), window.observed(), joined(window.forecasts(), weights), window.scale());
        }

        private double[][][] errors() {
            double[][][] all = new double[windows.length][][];
            for (int series = 0; series < windows.length; series++) {
                all[series] = new double[windows[series].length][candidates];
                for (int window = 0; window < windows[series].length; window++) {
                    for (int candidate = 0; candidate < candidates; candidate++) {
                        double[] alone = new double[candidates];
                        alone[candidate] = 1;
                        all[series][window][candidate] = loss(windows[series][window], alone);
                    }
                }
            }
            return all;
        }

        /** @param without window that takes no part, -1 for none */
        private double[] mixed(double[] common, int series, int without, double share, double power) {
            double[] inverse = new double[candidates];
            double total = 0;
            for (int candidate = 0; candidate < candidates; candidate++) {
                double sum = 0;
                int count = 0;
                for (int window = 0; window < errors[series].length; window++) {
                    double error = errors[series][window][candidate];
                    sum += window == without || Double.isNaN(error) ? 0 : error;
                    count += window == without || Double.isNaN(error) ? 0 : 1;
                }
                double mean = count == 0 ? 1 : sum / count;
                inverse[candidate] = usable[candidate] ? Math.pow(Math.max(mean, 1e-6), -power) : 0;
                total += inverse[candidate];
            }
            double[] weights = new double[candidates];
            for (int candidate = 0; candidate < candidates; candidate++) {
                weights[candidate] = (1 - share) * common[candidate] + share * inverse[candidate] / total;
            }
            return weights;
        }
    }

    /** Weights for a window of a series. */
    private interface WeightsOf {
        double[] weights(int series, int window);
    }

    /** The weighted mean of forecasts. */
    static double[] joined(double[][] forecasts, double[] weights) {
        double[] joined = new double[forecasts[0].length];
        for (int candidate = 0; candidate < weights.length; candidate++) {
            if (weights[candidate] > 0) {
                for (int step = 0; step < joined.length; step++) {
                    joined[step] += weights[candidate] * forecasts[candidate][step];
                }
            }
        }
        return joined;
    }
}
