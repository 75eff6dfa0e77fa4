/** What happened: events, evaluations, and the record of a run. */
@NullMarked
package tatara.core.run;

import org.jspecify.annotations.NullMarked;
