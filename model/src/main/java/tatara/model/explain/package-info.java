/** What each column contributed to a prediction. */
@NullMarked
package tatara.model.explain;

import org.jspecify.annotations.NullMarked;
