/** What a run came to: records that outlive it. */
@NullMarked
package tatara.pipeline.outcome;

import org.jspecify.annotations.NullMarked;
