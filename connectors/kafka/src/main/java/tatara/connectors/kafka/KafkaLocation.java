package tatara.connectors.kafka;

import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import tatara.core.error.Fault;
import tatara.core.error.TataraException;

/**
 * {@code kafka://HOST:PORT[,HOST:PORT]/TOPIC[,TOPIC][?OPTION=VALUE&…]}, taken apart.
 *
 * @param brokers as the client wants them
 * @param options by name, decoded; credentials are references
 */
record KafkaLocation(String brokers, List<String> topics, Map<String, String> options) {
    static final String SCHEME = "kafka";

    private static final Set<String> KNOWN = new TreeSet<>(Set.of(
            "security",
            "sasl",
            "user",
            "password",
            "ca",
            "certificate",
            "private-key",
            "key-password",
            "format",
            "key-columns",
            "after",
            "lost",
            "timeout"));

    KafkaLocation {
        topics = List.copyOf(topics);
        options = Map.copyOf(options);
    }

    static KafkaLocation of(String location) {
        String prefix = SCHEME + "://";
        if (!location.regionMatches(true, 0, prefix, 0, prefix.length())) {
            throw malformed("not a location of Kafka: " + withoutOptions(location));
        }
        int question = location.indexOf('?');
        String place = location.substring(prefix.length(), question < 0 ? location.length() : question);
        int slash = place.indexOf('/');
        String brokers = slash < 0 ? place : place.substring(0, slash);
        if (brokers.contains("@")) {
            throw malformed("credentials before the host name");
        }
        List<String> topics = slash < 0
                ? List.of()
                : Arrays.stream(place.substring(slash + 1).split(","))
                        .map(KafkaLocation::decoded)
                        .filter(topic -> !topic.isBlank())
                        .distinct()
                        .toList();
        if (brokers.isBlank() || topics.isEmpty()) {
            throw malformed("no " + (brokers.isBlank() ? "broker" : "topic") + " in " + withoutOptions(location));
        }
        Map<String, String> options =
                question < 0 ? Map.of() : options(location.substring(question + 1), withoutOptions(location));
        return new KafkaLocation(withPorts(brokers), topics, options);
    }

    private static Map<String, String> options(String query, String place) {
        Map<String, String> options = new LinkedHashMap<>();
        for (String part : query.split("&")) {
            if (part.isEmpty()) {
                continue;
            }
            int equals = part.indexOf('=');
            String name = decoded(equals < 0 ? part : part.substring(0, equals));
            if (!KNOWN.contains(name)) {
                throw new TataraException(
                        KafkaErrorCode.LOCATION_MALFORMED,
                        Fault.of("unknown option: " + name)
                                .at(place)
                                .expecting(String.join(", ", KNOWN))
                                .todo("Correct the location"));
            }
            options.put(name, equals < 0 ? "" : decoded(part.substring(equals + 1)));
        }
        return options;
    }

    private static String withPorts(String brokers) {
        return Arrays.stream(brokers.split(","))
                .map(String::strip)
                .map(broker -> broker.matches(".*:\\d+") ? broker : broker + ":9092")
                .collect(Collectors.joining(","));
    }

    private static String decoded(String text) {
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw malformed("a % that starts no escape: " + text);
        }
    }

    private static String withoutOptions(String location) {
        return location.replaceFirst("\\?.*", "");
    }

    private static TataraException malformed(String what) {
        return new TataraException(
                KafkaErrorCode.LOCATION_MALFORMED,
                Fault.of(what)
                        .expecting("kafka://HOST:9092/TOPIC")
                        .todo("Give credentials as references: ?user=NAME&password=env:VARIABLE"));
    }

    Optional<String> option(String name) {
        return Optional.ofNullable(options.get(name)).filter(value -> !value.isEmpty());
    }

    /** The columns that tell rows apart, as the user named them; empty if he did not. */
    List<String> key() {
        return option("key-columns").map(names -> List.of(names.split(","))).orElse(List.of());
    }

    /** Seconds without an answer after which the broker counts as gone. */
    int timeoutSeconds() {
        String given = option("timeout").orElse("30");
        if (!given.matches("[1-9]\\d{0,4}")) {
            throw new TataraException(
                    KafkaErrorCode.LOCATION_MALFORMED,
                    Fault.of("timeout=" + given)
                            .expecting("seconds, at least 1")
                            .todo("Correct the location"));
        }
        return Integer.parseInt(given);
    }

    /** The location of one of its topics, with the same options. */
    KafkaLocation only(String topic) {
        return new KafkaLocation(brokers, List.of(topic), options);
    }

    /** The same topics, from the records after those of a copy. */
    KafkaLocation after(String version) {
        Map<String, String> more = new LinkedHashMap<>(options);
        more.put("after", version);
        return new KafkaLocation(brokers, topics, more);
    }

    /** Where it is, for messages: no option is shown. */
    String place() {
        return SCHEME + "://" + brokers + "/" + String.join(",", topics);
    }

    /** A location that {@link #of} reads as this one. */
    String text() {
        List<String> query = new ArrayList<>();
        for (String name : KNOWN) {
            option(name).ifPresent(value -> query.add(name + "=" + URLEncoder.encode(value, StandardCharsets.UTF_8)));
        }
        return place() + (query.isEmpty() ? "" : "?" + String.join("&", query));
    }
}
