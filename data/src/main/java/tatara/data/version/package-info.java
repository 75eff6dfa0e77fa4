/**
 * Versions of tables compared and brought together (D3): {@link tatara.data.version.Differences} says in which columns, rows and distributions
 * two versions differ, {@link tatara.data.version.Merging} joins branches, {@link tatara.data.version.Garbage} lets old versions go.
 */
@NullMarked
package tatara.data.version;

import org.jspecify.annotations.NullMarked;
