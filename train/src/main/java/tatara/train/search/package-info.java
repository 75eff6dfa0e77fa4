/** Trains the candidates of a design on every fold, in parallel and bit by bit repeatable. Start at {@link CandidateTraining}. */
@NullMarked
package tatara.train.search;

import org.jspecify.annotations.NullMarked;
