/** Tests of topics against a broker in this process. */
@NullMarked
package tatara.connectors.kafka;

import org.jspecify.annotations.NullMarked;
