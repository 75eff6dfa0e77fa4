/** From scores to probabilities: links and calibrators. */
@NullMarked
package tatara.model.calibrate;

import org.jspecify.annotations.NullMarked;
