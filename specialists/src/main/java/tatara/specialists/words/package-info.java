/** Words of column names and sentences: split, folded, stemmed, and joined by what they mean in business. */
@NullMarked
package tatara.specialists.words;

import org.jspecify.annotations.NullMarked;
