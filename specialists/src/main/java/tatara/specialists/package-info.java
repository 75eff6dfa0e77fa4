/** What the built-in experts share: how they write figures, and the check that their documents agree. */
@NullMarked
package tatara.specialists;

import org.jspecify.annotations.NullMarked;
