/** A fitted model as one directory: the only I/O of this module. */
@NullMarked
package tatara.model.bundle;

import org.jspecify.annotations.NullMarked;
