package tatara.connectors.kafka;

import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.InvalidTopicException;
import org.apache.kafka.common.errors.SslAuthenticationException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import tatara.core.error.Fault;
import tatara.core.error.TataraException;

/** The client's exceptions as the program's. */
final class KafkaFailures {
    private KafkaFailures() {}

    static TataraException of(KafkaException e, KafkaLocation location) {
        if (e instanceof SslAuthenticationException) {
            return refused(
                    "the encrypted connection was refused: " + e.getMessage(), location, "Check ca and certificate", e);
        }
        if (e instanceof AuthenticationException) {
            return refused("the broker refuses the credentials", location, "Check user, password and sasl", e);
        }
        if (e instanceof AuthorizationException) {
            return refused("the credentials may not read the topic", location, "Have READ and DESCRIBE granted", e);
        }
        if (e instanceof UnknownTopicOrPartitionException) {
            return missing(location, "");
        }
        if (e instanceof InvalidTopicException) {
            return new TataraException(
                    KafkaErrorCode.LOCATION_MALFORMED,
                    Fault.of("not a name of a topic: " + String.join(",", location.topics()))
                            .expecting("letters, digits, dots, dashes and underscores")
                            .todo("Correct the location"),
                    e);
        }
        if (e instanceof ConfigException || e.getCause() instanceof ConfigException) {
            boolean names = (e.getMessage() + " " + e.getCause()).contains("bootstrap");
            return new TataraException(
                    names ? KafkaErrorCode.BROKER_UNAVAILABLE : KafkaErrorCode.LOCATION_MALFORMED,
                    Fault.of(names ? "no broker of these names is known" : "the client refuses its settings")
                            .at(location.place())
                            .todo("Check the host names and the options"),
                    null);
        }
        return new TataraException(
                KafkaErrorCode.BROKER_UNAVAILABLE,
                Fault.of("the broker does not answer within " + location.timeoutSeconds() + " s: " + e.getMessage())
                        .at(location.place())
                        .expecting("a broker that speaks security="
                                + location.option("security").orElse("plaintext"))
                        .todo("Check that it runs, and run again: what is stored stays"),
                e);
    }

    static TataraException missing(KafkaLocation location, String others) {
        return new TataraException(
                KafkaErrorCode.TOPIC_NOT_FOUND,
                Fault.of("no such topic: " + String.join(",", location.topics()))
                        .at(location.brokers())
                        .expecting(others.isEmpty() ? "a topic of the cluster" : "one of " + others)
                        .todo("Correct the name"));
    }

    private static TataraException refused(String what, KafkaLocation location, String todo, KafkaException e) {
        return new TataraException(
                KafkaErrorCode.ACCESS_REFUSED,
                Fault.of(what).at(location.place()).todo(todo),
                e);
    }
}
