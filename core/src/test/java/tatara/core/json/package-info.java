/** Tests. */
@NullMarked
package tatara.core.json;

import org.jspecify.annotations.NullMarked;
