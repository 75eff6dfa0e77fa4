/** The observability engineer: objectives, drift tests, retraining (M1–M20). */
@NullMarked
package tatara.specialists.phase4.observabilityengineer;

import org.jspecify.annotations.NullMarked;
