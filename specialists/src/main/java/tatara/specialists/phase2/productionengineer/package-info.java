/** The production engineer: gates of the model and limits of the run (Q1–Q11). */
@NullMarked
package tatara.specialists.phase2.productionengineer;

import org.jspecify.annotations.NullMarked;
