/** Where tables and columns come from: the graph of a pipeline, and its form as OpenLineage events. */
@NullMarked
package tatara.data.lineage;

import org.jspecify.annotations.NullMarked;
