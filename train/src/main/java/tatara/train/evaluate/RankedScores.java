package tatara.train.evaluate;

import java.util.Arrays;

/** Scores of positive and of negative rows, each sorted: what every ranking measure is a merge of. Ties count as ties. */
final class RankedScores {
    private final double[] positives;
    private final double[] negatives;

    private RankedScores(double[] positives, double[] negatives) {
        this.positives = positives;
        this.negatives = negatives;
        Arrays.sort(positives);
        Arrays.sort(negatives);
    }

    /**
     * @param labels class index per row
     * @param positive the class that counts as positive
     * @param predictions [row][output]
     * @param output the output that is its score
     */
    static RankedScores of(double[] labels, double positive, double[][] predictions, int output) {
        int count = 0;
        for (int row = 0; row < predictions.length; row++) {
            count += labels[row] == positive ? 1 : 0;
        }
        double[] yes = new double[count];
        double[] no = new double[predictions.length - count];
        int yesAt = 0;
        int noAt = 0;
        for (int row = 0; row < predictions.length; row++) {
            if (labels[row] == positive) {
                yes[yesAt++] = predictions[row][output];
            } else {
                no[noAt++] = predictions[row][output];
            }
        }
        return new RankedScores(yes, no);
    }

    int positives() {
        return positives.length;
    }

    int negatives() {
        return negatives.length;
    }

    /** Share of pairs of a positive and a negative in the right order, a tie counting half; NaN with one class only. */
    double rocAuc() {
        if (positives.length == 0 || negatives.length == 0) {
            return Double.NaN;
        }
        double wins = 0;
        int below = 0;
        int notAbove = 0;
        for (double score : positives) {
            while (below < negatives.length && negatives[below] < score) {
                below++;
            }
            notAbove = Math.max(notAbove, below);
            while (notAbove < negatives.length && negatives[notAbove] <= score) {
                notAbove++;
            }
            wins += below + (notAbove - below) / 2.0;
        }
        return wins / positives.length / negatives.length;
    }

    /** DeLong's variance of the AUC: of the share of negatives below each positive, and of positives above each negative. */
    double aucVariance() {
        return placementVariance(positives, negatives) / positives.length
                + placementVariance(negatives, positives) / negatives.length;
    }

    private static double placementVariance(double[] of, double[] among) {
        if (of.length < 2 || among.length == 0) {
            return 0;
        }
        int below = 0;
        int notAbove = 0;
        double mean = 0;
        double squares = 0;
        for (int i = 0; i < of.length; i++) {
            while (below < among.length && among[below] < of[i]) {
                below++;
            }
            notAbove = Math.max(notAbove, below);
            while (notAbove < among.length && among[notAbove] <= of[i]) {
                notAbove++;
            }
            double placement = (below + (notAbove - below) / 2.0) / among.length;
            double delta = placement - mean;
            mean += delta / (i + 1);
            squares += delta * (placement - mean);
        }
        return squares / (of.length - 1);
    }

    /** Sum over distinct scores, from the top, of the gain in recall times the precision; NaN without positives. */
    double averagePrecision() {
        if (positives.length == 0) {
            return Double.NaN;
        }
        double[] total = {0};
        double[] before = {0};
        descend((score, truePositives, falsePositives) -> {
            total[0] += (truePositives - before[0]) * truePositives / (truePositives + falsePositives);
            before[0] = truePositives;
        });
        return total[0] / positives.length;
    }

    /** Takes each distinct score, from the greatest, with how many rows are at least as great. */
    interface Visitor {
        void visit(double score, long truePositives, long falsePositives);
    }

    void descend(Visitor visitor) {
        int yes = positives.length;
        int no = negatives.length;
        while (yes > 0 || no > 0) {
            double score = Math.max(
                    yes > 0 ? positives[yes - 1] : Double.NEGATIVE_INFINITY,
                    no > 0 ? negatives[no - 1] : Double.NEGATIVE_INFINITY);
            int yesBefore = yes;
            int noBefore = no;
            while (yes > 0 && positives[yes - 1] >= score) {
                yes--;
            }
            while (no > 0 && negatives[no - 1] >= score) {
                no--;
            }
            if (yes == yesBefore && no == noBefore) {
                throw new IllegalArgumentException("score: NaN (expected: a number)");
            }
            visitor.visit(score, positives.length - yes, negatives.length - no);
        }
    }
}
