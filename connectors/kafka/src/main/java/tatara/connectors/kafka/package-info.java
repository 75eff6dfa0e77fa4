/** Topics of Kafka: as tables that are copied, and as logs of changes in Debezium's format or plain JSON (D1, D4). */
@NullMarked
package tatara.connectors.kafka;

import org.jspecify.annotations.NullMarked;
