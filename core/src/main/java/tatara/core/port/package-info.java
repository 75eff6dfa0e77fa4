/** What the program asks of the outside, and what answers. */
@NullMarked
package tatara.core.port;

import org.jspecify.annotations.NullMarked;
