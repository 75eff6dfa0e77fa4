/** Batches of rows over time: what is measured of each, and which of them are unlike those before (D6, D8, G1). */
@NullMarked
package tatara.data.quality.history;

import org.jspecify.annotations.NullMarked;
