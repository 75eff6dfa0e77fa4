/** Fits row-wise transforms on streamed training rows. */
@NullMarked
package tatara.features.fit;

import org.jspecify.annotations.NullMarked;
