/** What tests and measurements of every module share. */
@NullMarked
package tatara.testkit;

import org.jspecify.annotations.NullMarked;
