/** Plan → Run: content-addressed steps, their store, the journal, and what listeners hear. */
@NullMarked
package tatara.pipeline.execute;

import org.jspecify.annotations.NullMarked;
