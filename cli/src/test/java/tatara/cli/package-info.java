/** Tests of the command line, and of the shape of the whole house. */
@NullMarked
package tatara.cli;

import org.jspecify.annotations.NullMarked;
