/** What every connector to an object store must do, and the store in memory that it is shown against. */
@NullMarked
package tatara.testkit.store;

import org.jspecify.annotations.NullMarked;
