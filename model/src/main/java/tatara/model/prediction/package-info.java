/** What a model says about a batch of rows. */
@NullMarked
package tatara.model.prediction;

import org.jspecify.annotations.NullMarked;
