/** How a version goes live: it answers over every path what batch prediction answers, or it does not go. */
@NullMarked
package tatara.serve.rollout;

import org.jspecify.annotations.NullMarked;
