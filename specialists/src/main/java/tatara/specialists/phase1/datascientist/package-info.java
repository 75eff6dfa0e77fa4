/** The data scientist: features, split, metric, threshold (S1–S8). */
@NullMarked
package tatara.specialists.phase1.datascientist;

import org.jspecify.annotations.NullMarked;
