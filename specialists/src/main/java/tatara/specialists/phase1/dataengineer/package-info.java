/** The data engineer: contracts, keys, times, gates (D1–D9). */
@NullMarked
package tatara.specialists.phase1.dataengineer;

import org.jspecify.annotations.NullMarked;
