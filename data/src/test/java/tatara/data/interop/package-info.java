/** The lake's tables, and data exported for DVC, in the hands of the real programs. */
@NullMarked
package tatara.data.interop;

import org.jspecify.annotations.NullMarked;
