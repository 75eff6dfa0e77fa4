/** Decision-tree ensembles as flat arrays. */
@NullMarked
package tatara.model.tree;

import org.jspecify.annotations.NullMarked;
