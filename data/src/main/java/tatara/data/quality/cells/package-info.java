/** Wrong cells within one table (D6): found with no labels, better with a few labelled rows, each with its reason and a repair. */
@NullMarked
package tatara.data.quality.cells;

import org.jspecify.annotations.NullMarked;
