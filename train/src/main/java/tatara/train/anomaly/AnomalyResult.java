package tatara.train.anomaly;

import tatara.core.run.Evaluation;
import tatara.model.ensemble.Ensemble;

/**
 * What training gives.
 *
 * @param ensemble isolation forests; one output, the score in (0, 1)
 * @param threshold least score that counts as an anomaly
 * @param thresholdRule how it was chosen, for people
 * @param evaluation on the hold-out; with labels against them, without them only how stable the ranking is
 * @param holdoutScores score of each row of the hold-out, in order
 */
public record AnomalyResult(
        Ensemble ensemble, double threshold, String thresholdRule, Evaluation evaluation, double[] holdoutScores) {}
