package tatara.train.evaluate;

import tatara.core.design.FeatureDesign.Threshold;
import tatara.core.design.FeatureDesign.Threshold.Rule;

/**
 * The decision threshold that a rule chooses on out-of-fold probabilities.
 *
 * @param threshold least probability that is positive, in [0, 1]
 * @param rule what it was chosen by, for people
 * @param reached whether the rule's demand is met on those rows; if it can't be, the nearest threshold is taken
 */
public record ThresholdChoice(double threshold, String rule, boolean reached) {
    private static final ThresholdChoice HALF = new ThresholdChoice(0.5, "even odds", true);

    /**
     * Chooses. Thresholds lie midway between the least positive and the greatest negative probability, so that a last digit decides
     * nothing. The cost rule takes {@code 1 / (1 + ratio)}, the least expected cost of calibrated probabilities (Elkan, IJCAI 2001).
     *
     * @param labels class index per row, 1 is positive
     * @param predictions [row][0], calibrated
     */
    public static ThresholdChoice choose(Threshold threshold, double[] labels, double[][] predictions) {
        double value = threshold.value();
        String name = threshold.rule().name().toLowerCase(java.util.Locale.ROOT).replace('_', ' ')
                + (threshold.rule() == Rule.BEST_F1 ? "" : " " + trimmed(value));
        if (threshold.rule() == Rule.COST_RATIO) {
            return new ThresholdChoice(1 / (1 + Math.max(0, value)), name, true);
        }
        RankedScores ranked = RankedScores.of(labels, 1, predictions, 0);
        if (ranked.positives() == 0 || ranked.negatives() == 0) {
            return HALF;
        }
        Search search = new Search(threshold.rule(), value, ranked.positives(), predictions.length);
        ranked.descend(search);
        return new ThresholdChoice(search.threshold(), name, search.reached());
    }

    private static String trimmed(double value) {
        return value == Math.rint(value) ? Long.toString((long) value) : Double.toString(value);
    }

    /** Walks thresholds from strict to lax and keeps the best by the rule. */
    private static final class Search implements RankedScores.Visitor {
        private final Rule rule;
        private final double value;
        private final double positives;
        private final double rows;
        private double best = Double.NEGATIVE_INFINITY;
        private double bestScore = 0.5;
        private double nextScore = Double.NaN;
        private boolean waiting;

        Search(Rule rule, double value, double positives, double rows) {
            this.rule = rule;
            this.value = value;
            this.positives = positives;
            this.rows = rows;
        }

        @Override
        public void visit(double score, long truePositives, long falsePositives) {
            if (waiting) {
                nextScore = score;
                waiting = false;
            }
            double worth = worth((double) truePositives, (double) (truePositives + falsePositives));
            if (worth > best) {
                best = worth;
                bestScore = score;
                nextScore = Double.NaN;
                waiting = true;
            }
        }

        /** Greater is better; below 0 where the rule's demand is not met. */
        private double worth(double hits, double chosen) {
            double precision = hits / chosen;
            double recall = hits / positives;
            return switch (rule) {
                case BEST_F1 -> 2 * hits / (chosen + positives);
                case TOP_SHARE -> {
                    double over = chosen - Math.max(1, Math.round(value * rows));
                    yield over <= 0 ? chosen / rows : -over / rows;
                }
                case MIN_PRECISION -> precision >= value ? recall : precision - value;
                case MIN_RECALL -> recall >= value ? precision : recall - value;
                case COST_RATIO -> 0;
            };
        }

        boolean reached() {
            return best >= 0;
        }

        double threshold() {
            double middle = Double.isNaN(nextScore) ? bestScore : (bestScore + nextScore) / 2;
            return middle > nextScore && middle <= bestScore ? middle : bestScore;
        }
    }
}
