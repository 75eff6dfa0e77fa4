package tatara.core.design;

import java.util.List;
import java.util.Map;

/**
 * The ML engineer's hand-off (T1–T4): which candidates are trained, how they are validated and joined.
 *
 * @param folds cross-validation folds, at least 2
 * @param repeats repetitions of the folds with other draws, at least 1
 * @param trainingRows rows used to train at most; more are sampled, and the loss is stated
 * @param threads candidates or folds trained at once
 * @param candidates in the order in which they are tried
 * @param ensemble how they are joined
 * @param calibration how probabilities are calibrated on out-of-fold predictions
 * @param budgetSeconds training budget
 * @param plannedSeconds what the candidates are estimated to cost
 * @param seed of every random choice
 */
public record TrainingDesign(
        int folds,
        int repeats,
        long trainingRows,
        int threads,
        List<Candidate> candidates,
        Ensemble ensemble,
        Calibration calibration,
        double budgetSeconds,
        double plannedSeconds,
        long seed)
        implements Design {

    public TrainingDesign {
        if (folds < 2) {
            throw new IllegalArgumentException("folds: " + folds + " (expected: >= 2)");
        }
        if (repeats < 1) {
            throw new IllegalArgumentException("repeats: " + repeats + " (expected: >= 1)");
        }
        if (threads < 1) {
            throw new IllegalArgumentException("threads: " + threads + " (expected: >= 1)");
        }
    }

    /**
     * One configuration of one learner.
     *
     * @param id distinct name, such as {@code lightgbm-2}
     * @param parameters numbers and switches (0 or 1) by the learner's own names
     * @param estimatedSeconds planned cost of all folds
     */
    public record Candidate(String id, Learner learner, Map<String, Double> parameters, double estimatedSeconds) {}

    /** The learners. */
    public enum Learner {
        LIGHTGBM,
        XGBOOST,
        EXTRA_TREES,
        LINEAR,
        ISOLATION_FOREST,
        SEASONAL_NAIVE,
        EXPONENTIAL_SMOOTHING,
        THETA,
        SEASONAL_REGRESSION,
        GLOBAL_BOOSTING
    }

    /**
     * Greedy forward selection with replacement on out-of-fold predictions (Caruana et al., ICML 2004).
     *
     * @param rounds selections made, at least 1
     * @param maxMembers distinct candidates kept at most
     */
    public record Ensemble(int rounds, int maxMembers) {}

    /** How probabilities are calibrated. */
    public enum Calibration {
        NONE,
        /** Logistic regression on the logit (Platt 1999). */
        SIGMOID,
        /** Monotone step function (Zadrozny and Elkan 2002). */
        ISOTONIC,
        /** Whichever has the least cross-validated log loss. */
        BEST
    }
}
