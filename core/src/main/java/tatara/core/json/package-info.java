/** JSON and YAML: the tree, its reader and writers, and the codec between records and documents. */
@NullMarked
package tatara.core.json;

import org.jspecify.annotations.NullMarked;
