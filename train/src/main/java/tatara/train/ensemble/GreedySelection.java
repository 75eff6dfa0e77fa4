package tatara.train.ensemble;

import java.util.Arrays;
import tatara.core.spec.Metric;
import tatara.train.evaluate.Metrics;

/**
 * Greedy forward selection with replacement on out-of-fold predictions (Caruana et al., ICML 2004), as AutoGluon does it: each round
 * adds the candidate whose inclusion gives the best score of the running mean; scores are rounded to six digits; ties go to
 * one that is already in, then to the least loss; the best prefix is kept.
 */
final class GreedySelection {
    private static final int MOST_ROWS = 50_000;
    private static final double DIGITS = 1e6;

    private final Metrics metrics;
    private final Metric metric;
    private final Metric loss;
    private final double[] labels;
    private final double[][][] predictions;

    /**
     * @param predictions [candidate][row][output]
     * @param loss breaks ties
     */
    GreedySelection(Metrics metrics, Metric metric, Metric loss, double[] labels, double[][][] predictions) {
        this.metrics = metrics;
        this.metric = metric;
        this.loss = loss;
        int rows = predictions[0].length;
        int[] chosen = evenly(rows);
        this.labels = Arrays.stream(chosen).mapToDouble(row -> labels[row]).toArray();
        this.predictions = new double[predictions.length][chosen.length][];
        for (int candidate = 0; candidate < predictions.length; candidate++) {
            for (int i = 0; i < chosen.length; i++) {
                this.predictions[candidate][i] = predictions[candidate][chosen[i]];
            }
        }
    }

    private static int[] evenly(int rows) {
        int count = Math.min(rows, MOST_ROWS);
        int[] chosen = new int[count];
        for (int i = 0; i < count; i++) {
            chosen[i] = (int) ((long) i * rows / count);
        }
        return chosen;
    }

    /**
     * Selects; gives the share of each candidate.
     *
     * @param rounds selections at most
     * @param maxMembers distinct candidates at most
     */
    double[] weights(int rounds, int maxMembers) {
        int count = predictions.length;
        int[] counts = new int[count];
        int[] bestCounts = counts.clone();
        double bestScore = Double.NaN;
        double[][] sums = new double[labels.length][predictions[0][0].length];
        for (int round = 1; round <= rounds; round++) {
            int chosen = next(sums, counts, round, maxMembers);
            add(sums, predictions[chosen]);
            counts[chosen]++;
            double score = score(metric, mean(sums, round));
            if (metric.isBetter(score, bestScore)) {
                bestScore = score;
                bestCounts = counts.clone();
            }
        }
        double total = Math.max(1, Arrays.stream(bestCounts).sum());
        int[] kept = bestCounts;
        double[] weights = new double[count];
        Arrays.setAll(weights, i -> kept[i] / total);
        if (Double.isNaN(bestScore)) {
            weights[0] = 1;
        }
        return weights;
    }

    private int next(double[][] sums, int[] counts, int round, int maxMembers) {
        long members = Arrays.stream(counts).filter(count -> count > 0).count();
        int chosen = -1;
        double chosenScore = Double.NaN;
        double chosenLoss = Double.NaN;
        for (int candidate = 0; candidate < counts.length; candidate++) {
            if (counts[candidate] == 0 && members >= maxMembers) {
                continue;
            }
            double[][] mean = mean(sums, predictions[candidate], round);
            double score = score(metric, mean);
            if (chosen >= 0 && !metric.isBetter(score, chosenScore) && score != chosenScore) {
                continue;
            }
            boolean wins = chosen < 0 || metric.isBetter(score, chosenScore);
            double candidateLoss = Double.NaN;
            if (!wins) {
                candidateLoss = score(loss, mean);
                chosenLoss =
                        Double.isNaN(chosenLoss) ? score(loss, mean(sums, predictions[chosen], round)) : chosenLoss;
                wins = winsTie(counts[candidate] > 0, counts[chosen] > 0, candidateLoss, chosenLoss);
            }
            if (wins) {
                chosen = candidate;
                chosenScore = score;
                chosenLoss = candidateLoss;
            }
        }
        return chosen;
    }

    private boolean winsTie(boolean in, boolean otherIn, double candidateLoss, double chosenLoss) {
        return in != otherIn ? in : loss.isBetter(candidateLoss, chosenLoss);
    }

    private double score(Metric by, double[][] mean) {
        double score = metrics.of(by, labels, mean);
        double size = Math.max(1e-300, Math.abs(score));
        double unit = size < 1 ? 1 : Math.pow(10, Math.ceil(Math.log10(size)));
        return Math.rint(score / unit * DIGITS) / DIGITS * unit;
    }

    private static double[][] mean(double[][] sums, double[][] added, int round) {
        double[][] mean = new double[sums.length][sums[0].length];
        for (int row = 0; row < sums.length; row++) {
            for (int output = 0; output < mean[row].length; output++) {
                mean[row][output] = (sums[row][output] + added[row][output]) / round;
            }
        }
        return mean;
    }

    private static double[][] mean(double[][] sums, int round) {
        return mean(sums, new double[sums.length][sums[0].length], round);
    }

    private static void add(double[][] sums, double[][] added) {
        for (int row = 0; row < sums.length; row++) {
            for (int output = 0; output < sums[row].length; output++) {
                sums[row][output] += added[row][output];
            }
        }
    }
}
