/** Gates. */
@NullMarked
package tatara.data.quality;

import org.jspecify.annotations.NullMarked;
