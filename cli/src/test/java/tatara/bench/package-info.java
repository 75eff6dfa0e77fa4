/** Programs behind the scripts in {@code bench/} that need parts of several modules. */
@NullMarked
package tatara.bench;

import org.jspecify.annotations.NullMarked;
