/** What was measured on the data: sources, profiles, suspects, gate results. */
@NullMarked
package tatara.core.evidence;

import org.jspecify.annotations.NullMarked;
