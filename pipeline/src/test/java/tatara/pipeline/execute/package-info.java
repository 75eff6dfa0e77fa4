/** Tests of the execution of steps. */
@NullMarked
package tatara.pipeline.execute;

import org.jspecify.annotations.NullMarked;
