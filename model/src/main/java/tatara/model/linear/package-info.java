/** Linear scorers. */
@NullMarked
package tatara.model.linear;

import org.jspecify.annotations.NullMarked;
