/** Profiles of tables written as text, for tests of whatever decides from profiles. */
@NullMarked
package tatara.testkit.profile;

import org.jspecify.annotations.NullMarked;
