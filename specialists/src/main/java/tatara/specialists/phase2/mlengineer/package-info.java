/** The ML engineer: which candidates are trained, how they are validated and joined. */
@NullMarked
package tatara.specialists.phase2.mlengineer;

import org.jspecify.annotations.NullMarked;
