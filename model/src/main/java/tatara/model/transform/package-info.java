/** From a raw row to the numbers a model sees: one kernel for training, serving, batch and stream. */
@NullMarked
package tatara.model.transform;

import org.jspecify.annotations.NullMarked;
