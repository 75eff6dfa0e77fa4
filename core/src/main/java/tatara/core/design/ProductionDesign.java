package tatara.core.design;

import java.util.List;
import java.util.Optional;
import tatara.core.spec.Metric;

/**
 * The production engineer's hand-off (Q1–Q11): the gates that a model passes before it is registered, and how the run keeps to the
 * machine.
 *
 * @param gates model gates
 * @param heapMegabytes heap that training may use
 * @param cacheMegabytes size of the step cache on disk
 * @param externalTimeoutSeconds limit of a call to something outside
 * @param externalAttempts tries of such a call
 */
public record ProductionDesign(
        List<ModelGate> gates,
        int heapMegabytes,
        int cacheMegabytes,
        double externalTimeoutSeconds,
        int externalAttempts)
        implements Design {

    /**
     * A check of the model.
     *
     * @param metric for {@link Check#GOAL} and {@link Check#BEATS_BASELINE}
     * @param limit least or greatest value allowed, by the check
     * @param blocks whether a failure stops the registration
     */
    public record ModelGate(
            String id, Check check, Optional<Metric> metric, double limit, boolean blocks, String why) {}

    /** What is checked. */
    public enum Check {
        /** Hold-out metric against the best baseline: gain, at least. */
        BEATS_BASELINE,
        /** Hold-out metric against the user's goal. */
        GOAL,
        /** Expected calibration error on the hold-out, at most. */
        CALIBRATION_ERROR,
        /** Cross-validated against hold-out metric: relative gap, at most. */
        OVERFIT_GAP,
        /** Change of a prediction when columns that carry no information change, at most. */
        INVARIANCE,
        /** Difference between the native learner's predictions and the bundle's, at most. */
        SCORER_EQUALITY,
        /** Median microseconds of one prediction in process, at most. */
        LATENCY_MICROS,
        /** Share of predictions on rows with every value missing or unseen that are finite, at least. */
        ROBUSTNESS
    }
}
