/** Tests of incremental loads. */
@NullMarked
package tatara.data.load;

import org.jspecify.annotations.NullMarked;
