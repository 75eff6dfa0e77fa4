/** Tests. */
@NullMarked
package tatara.core.frame;

import org.jspecify.annotations.NullMarked;
