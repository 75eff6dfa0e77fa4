package tatara.core.run;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import tatara.core.spec.Metric;
import tatara.core.spec.Task;

/**
 * How good a model is, computed from stored predictions on the sealed hold-out.
 *
 * @param metric leads
 * @param value on the hold-out, with interval
 * @param crossValidated the same metric on out-of-fold predictions
 * @param rows rows of the hold-out
 * @param metrics every metric on the hold-out, by key
 * @param baselines the leading metric of each baseline on the hold-out, by name
 * @param candidates the leading metric of each candidate on out-of-fold predictions and its weight
 * @param threshold for binary: decision threshold and what it gives on the hold-out
 * @param curves points for plots
 * @param segments quality by segment, worst first
 * @param importance features by mean absolute contribution, greatest first
 * @param learningCurve metric on the hold-out against training rows
 * @param notes what a reader should know of how it was measured
 */
public record Evaluation(
        Task task,
        Metric metric,
        Interval value,
        double crossValidated,
        long rows,
        Map<String, Double> metrics,
        Map<String, Double> baselines,
        List<CandidateScore> candidates,
        Optional<ThresholdResult> threshold,
        List<Curve> curves,
        List<Segment> segments,
        List<Importance> importance,
        List<LearningPoint> learningCurve,
        List<String> notes) {

    /** The best baseline's value, by the metric's own order; NaN if there is none. */
    public double bestBaseline() {
        double best = Double.NaN;
        for (double value : baselines.values()) {
            if (metric.isBetter(value, best)) {
                best = value;
            }
        }
        return best;
    }

    /** One trained candidate. */
    public record CandidateScore(String id, String learner, double value, double weight, double seconds) {}

    /** Confusion at the decision threshold. */
    public record ThresholdResult(
            double threshold,
            String rule,
            long truePositives,
            long falsePositives,
            long trueNegatives,
            long falseNegatives,
            double precision,
            double recall) {}

    /**
     * A plot's points.
     *
     * @param name {@code roc} (false positive rate, true positive rate), {@code precision-recall} (recall, precision),
     *     {@code calibration} (predicted, observed), {@code residuals} (middle of a bin, rows), {@code predicted-actual};
     *     {@code error-by-step} (steps ahead, mean absolute scaled error) and {@code forecast:SERIES:PART} with the parts history,
     *     actual, forecast, lower, upper (seconds since the epoch or number of the step, value)
     * @param x abscissae
     * @param y ordinates
     * @param size rows behind each point, empty if it does not matter
     */
    public record Curve(String name, double[] x, double[] y, double[] size) {}

    /** Quality in one segment. */
    public record Segment(String column, String value, long rows, Interval metric) {}

    /** Mean absolute contribution of a column to the prediction. */
    public record Importance(String column, double value, double share) {}

    /** Metric reached with so many training rows. */
    public record LearningPoint(long rows, double value) {}
}
