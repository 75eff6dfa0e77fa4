/** What any model has to beat, and how the model grows with data. */
@NullMarked
package tatara.train.baseline;

import org.jspecify.annotations.NullMarked;
