/** Keeps a raw table equal to a source that tells its changes (D4). Starts with {@link tatara.data.change.Following}. */
@NullMarked
package tatara.data.change;

import org.jspecify.annotations.NullMarked;
