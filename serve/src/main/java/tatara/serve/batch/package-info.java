/** Batch prediction: tables in, tables out (V2). */
@NullMarked
package tatara.serve.batch;

import org.jspecify.annotations.NullMarked;
