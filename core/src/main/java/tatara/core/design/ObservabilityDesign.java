package tatara.core.design;

import java.util.List;

/**
 * The observability engineer's hand-off (M1–M20): what is watched, against which limits, and what follows.
 *
 * @param objectives service and quality objectives
 * @param drift tests of features and predictions against the training baseline
 * @param logSample share of predictions logged with their features, in [0, 1]
 * @param windowRows predictions in one drift window at least
 * @param retraining what starts a retraining
 */
public record ObservabilityDesign(
        List<Objective> objectives, List<DriftTest> drift, double logSample, int windowRows, List<Trigger> retraining)
        implements Design {

    /**
     * An objective.
     *
     * @param indicator what is measured, such as {@code availability} or {@code latency_p99_ms}
     * @param atLeast true if the value must not fall below the target
     */
    public record Objective(
            String name, String indicator, boolean atLeast, double target, int windowDays, String why) {}

    /**
     * One drift test.
     *
     * @param column feature, or {@code prediction}
     * @param test {@code psi}, {@code ks} or {@code chi_square}
     * @param limit value above which drift is reported, calibrated to {@code windowRows}
     */
    public record DriftTest(String column, String test, double limit) {}

    /** A retraining trigger, such as {@code schedule}, {@code drift}, {@code quality} or {@code rows}. */
    public record Trigger(String kind, double limit, String why) {}
}
