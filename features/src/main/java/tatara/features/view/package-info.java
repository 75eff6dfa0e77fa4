/** Joins linked tables to the main one, as SQL, with what was known at each row's time. */
@NullMarked
package tatara.features.view;

import org.jspecify.annotations.NullMarked;
