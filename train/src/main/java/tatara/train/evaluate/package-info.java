/** How good predictions are: splits, metrics, intervals and the evaluation of a model on its sealed hold-out. */
@NullMarked
package tatara.train.evaluate;

import org.jspecify.annotations.NullMarked;
