/** Forgets people, keeps data no longer than agreed, and proves both. */
@NullMarked
package tatara.data.retention;

import org.jspecify.annotations.NullMarked;
