/** What tables hold (D5): types with evidence, statistics, keys, links between tables, and columns that must not be features. */
@NullMarked
package tatara.data.profile;

import org.jspecify.annotations.NullMarked;
