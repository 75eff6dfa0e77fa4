/** Contracts of tables as files of other tools: Pydantic, Great Expectations, JSON Schema, Pandera (D2). */
@NullMarked
package tatara.data.export;

import org.jspecify.annotations.NullMarked;
