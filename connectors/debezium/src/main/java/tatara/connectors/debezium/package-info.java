/**
 * Follows a table of PostgreSQL through its write-ahead log (D4), with Debezium's connector driven as Kafka Connect would drive it: one
 * thread that polls, and positions that count only when the lake has them. Starts with
 * {@link tatara.connectors.debezium.PostgresFeeds}.
 */
@NullMarked
package tatara.connectors.debezium;

import org.jspecify.annotations.NullMarked;
