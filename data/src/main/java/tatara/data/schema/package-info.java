/** Schemas and contracts of tables: what rows have in common, which rows break a rule, how a batch differs, how a schema evolves (D2). */
@NullMarked
package tatara.data.schema;

import org.jspecify.annotations.NullMarked;
