/** What the specialists decided: seven typed documents, one each. */
@NullMarked
package tatara.core.design;

import org.jspecify.annotations.NullMarked;
