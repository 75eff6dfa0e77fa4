/** Faults as real sources have them, planted into tables on purpose, so that gates can be measured. */
@NullMarked
package tatara.testkit.fault;

import org.jspecify.annotations.NullMarked;
