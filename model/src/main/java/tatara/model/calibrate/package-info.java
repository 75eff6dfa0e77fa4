/** From scores to probabilities. */
@NullMarked
package tatara.model.calibrate;

import org.jspecify.annotations.NullMarked;
