/**
 * A simulated subscription business whose customers' true probability of cancelling is known.
 *
 * <p>Starting points: {@link tatara.testkit.subscription.Scenario} says what is simulated,
 * {@link tatara.testkit.subscription.Simulation} simulates it, {@link tatara.testkit.subscription.CsvTables} writes it.
 */
@NullMarked
package tatara.testkit.subscription;

import org.jspecify.annotations.NullMarked;
