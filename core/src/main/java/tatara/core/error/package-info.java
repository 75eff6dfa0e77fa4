/** What can go wrong, said once: a code, a type that maps to exit code and HTTP status, and a message that tells what to do. */
@NullMarked
package tatara.core.error;

import org.jspecify.annotations.NullMarked;
