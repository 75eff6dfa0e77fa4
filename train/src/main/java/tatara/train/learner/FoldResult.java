package tatara.train.learner;

import tatara.model.ensemble.FoldModel;

/**
 * What one fold trained.
 *
 * @param predictions of the fold's scorer on the rows left out, [row][output]
 * @param rounds trees per output, or iterations of a solver
 * @param difference greatest absolute difference between the native library's predictions and the scorer's on those rows; 0 for
 *     learners without a native library
 */
public record FoldResult(FoldModel model, double[][] predictions, int rounds, double difference) {}
