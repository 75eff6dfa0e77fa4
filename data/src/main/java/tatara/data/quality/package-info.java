/** Quality gates (D8): what the data engineer demands of the data, measured. */
@NullMarked
package tatara.data.quality;

import org.jspecify.annotations.NullMarked;
