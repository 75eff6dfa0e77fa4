package tatara.core.spec;

import java.util.List;
import java.util.Optional;

/**
 * What the sentence demands beyond the prediction.
 *
 * @param alertsPerDay at most so many positive decisions a day
 * @param topShare act on the top share of rows, in (0, 1]
 * @param minPrecision least precision of positive decisions, in (0, 1]
 * @param minRecall least recall of positive decisions, in (0, 1]
 * @param falsePositiveCost cost of a false alarm, in the same unit as {@code falseNegativeCost}
 * @param falseNegativeCost cost of a miss
 * @param explainable only models whose every prediction is a sum of few readable terms
 * @param maxLatencyMillis p99 of one prediction
 * @param goals figures the hold-out must reach
 */
public record Constraints(
        Optional<Double> alertsPerDay,
        Optional<Double> topShare,
        Optional<Double> minPrecision,
        Optional<Double> minRecall,
        Optional<Double> falsePositiveCost,
        Optional<Double> falseNegativeCost,
        boolean explainable,
        Optional<Double> maxLatencyMillis,
        List<Goal> goals) {
    public static Constraints none() {
        return new Constraints(
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                false,
                Optional.empty(),
                List.of());
    }
}
