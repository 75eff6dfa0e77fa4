/** What the user asked: the sentence read against the data's own columns and values. */
@NullMarked
package tatara.core.spec;

import org.jspecify.annotations.NullMarked;
