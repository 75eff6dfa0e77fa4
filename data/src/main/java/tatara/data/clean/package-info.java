/**
 * Tables of files as values (D4), with what was done to each cell that is not written as the others are. Starts with
 * {@link tatara.data.clean.Cleaning}.
 */
@NullMarked
package tatara.data.clean;

import org.jspecify.annotations.NullMarked;
