/** A real PostgreSQL server for tests: started, stopped and killed at will. Starts with {@link tatara.testkit.postgres.PostgresServer}. */
@NullMarked
package tatara.testkit.postgres;

import org.jspecify.annotations.NullMarked;
