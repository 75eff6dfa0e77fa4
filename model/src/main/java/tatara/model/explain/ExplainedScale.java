package tatara.model.explain;

import tatara.model.calibrate.Link;
import tatara.model.ensemble.Scorer;
import tatara.model.linear.LinearScorer;
import tatara.model.tree.TreeEnsemble;

/**
 * The scale on which members of an ensemble are explained together. A member whose margin is on another scale (a forest that
 * says probabilities) has its contributions stretched by the slope between its expected and its actual margin, so that they
 * still add up.
 */
enum ExplainedScale {
    /** Of the probability of class 1. */
    LOG_ODDS {
        @Override
        double of(Scorer scorer, double margin) {
            return link(scorer) == Link.SIGMOID ? margin : Math.log(inside(margin) / (1 - inside(margin)));
        }
    },
    /** Of a class's probability, up to a constant for softmax margins. */
    LOG_PROBABILITY {
        @Override
        double of(Scorer scorer, double margin) {
            return link(scorer) == Link.SOFTMAX ? margin : Math.log(inside(margin));
        }
    },
    /** What is predicted. */
    VALUE {
        @Override
        double of(Scorer scorer, double margin) {
            double[] value = {margin};
            link(scorer).apply(value);
            return value[0];
        }
    };

    private static final double LEAST = 1e-6;

    /** A margin of a scorer on this scale. */
    abstract double of(Scorer scorer, double margin);

    /** What contributions in margin space are multiplied with. */
    double factor(Scorer scorer, double expected, double margin) {
        double difference = margin - expected;
        if (difference == 0) {
            return 1;
        }
        double slope = (of(scorer, margin) - of(scorer, expected)) / difference;
        return Double.isFinite(slope) ? slope : 1;
    }

    private static double inside(double probability) {
        return Math.max(LEAST, Math.min(1 - LEAST, probability));
    }

    private static Link link(Scorer scorer) {
        if (scorer instanceof TreeEnsemble trees) {
            return trees.link();
        }
        return scorer instanceof LinearScorer linear ? linear.link() : Link.IDENTITY;
    }
}
