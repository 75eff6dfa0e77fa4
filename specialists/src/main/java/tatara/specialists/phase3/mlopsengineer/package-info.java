/** The MLOps engineer: how the model goes live and comes back (V1–V4, R1–R4). */
@NullMarked
package tatara.specialists.phase3.mlopsengineer;

import org.jspecify.annotations.NullMarked;
