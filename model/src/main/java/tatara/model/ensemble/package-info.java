/** Members, their fold models, and how they are joined. */
@NullMarked
package tatara.model.ensemble;

import org.jspecify.annotations.NullMarked;
