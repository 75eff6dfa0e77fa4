/** Tables in memory: immutable batches of primitive columns, streamed. */
@NullMarked
package tatara.core.frame;

import org.jspecify.annotations.NullMarked;
