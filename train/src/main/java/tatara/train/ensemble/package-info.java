/** Joins trained candidates: greedy selection, calibration and the decision threshold, all on out-of-fold predictions. */
@NullMarked
package tatara.train.ensemble;

import org.jspecify.annotations.NullMarked;
