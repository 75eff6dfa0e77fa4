package tatara.connectors.kafka;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import tatara.core.error.Fault;
import tatara.core.error.TataraException;
import tatara.core.port.Secrets;

/** The client's properties: how it speaks to the brokers, and that it reads what is committed and never commits anything itself. */
final class ClientSettings {
    private static final List<String> SECURITY = List.of("plaintext", "ssl", "sasl_plaintext", "sasl_ssl");
    private static final List<String> MECHANISMS = List.of("PLAIN", "SCRAM-SHA-256", "SCRAM-SHA-512");

    private ClientSettings() {}

    /** @param secrets resolves the references of the location */
    static Map<String, Object> of(KafkaLocation location, Secrets secrets) {
        Map<String, Object> settings = new TreeMap<>();
        int millis = location.timeoutSeconds() * 1_000;
        settings.put("bootstrap.servers", location.brokers());
        settings.put("client.id", "tatara");
        settings.put("default.api.timeout.ms", millis);
        settings.put("request.timeout.ms", millis);
        settings.put("socket.connection.setup.timeout.ms", Math.min(millis, 10_000));
        settings.put("reconnect.backoff.max.ms", 5_000);
        boolean withUser = location.option("user").isPresent();
        String security = oneOf(location, "security", withUser ? "sasl_ssl" : "plaintext", SECURITY);
        settings.put("security.protocol", security.toUpperCase(Locale.ROOT));
        if (security.startsWith("sasl")) {
            sasl(settings, location, secrets);
        } else if (withUser) {
            throw malformed("user with security=" + security, "security=sasl_ssl or sasl_plaintext");
        }
        if (security.endsWith("ssl")) {
            ssl(settings, location, secrets);
        }
        return settings;
    }

    /** What a consumer needs beyond that. */
    static Map<String, Object> consumer(Map<String, Object> client) {
        Map<String, Object> settings = new TreeMap<>(client);
        settings.put("enable.auto.commit", false);
        settings.put("isolation.level", "read_committed");
        settings.put("auto.offset.reset", "none");
        settings.put("allow.auto.create.topics", false);
        settings.put("max.poll.records", 5_000);
        settings.put("metadata.max.age.ms", 30_000);
        settings.put("key.deserializer", "org.apache.kafka.common.serialization.ByteArrayDeserializer");
        settings.put("value.deserializer", "org.apache.kafka.common.serialization.ByteArrayDeserializer");
        return settings;
    }

    private static void sasl(Map<String, Object> settings, KafkaLocation location, Secrets secrets) {
        String mechanism = oneOf(location, "sasl", "SCRAM-SHA-512", MECHANISMS);
        String user =
                location.option("user").orElseThrow(() -> malformed("no user", "user=NAME&password=env:VARIABLE"));
        String password = secrets.resolve(location.option("password")
                .orElseThrow(() -> malformed("no password", "password=env:VARIABLE, file:/PATH or vault:PATH#FIELD")));
        String login = mechanism.equals("PLAIN")
                ? "org.apache.kafka.common.security.plain.PlainLoginModule"
                : "org.apache.kafka.common.security.scram.ScramLoginModule";
        settings.put("sasl.mechanism", mechanism);
        settings.put(
                "sasl.jaas.config",
                login + " required username=" + quoted(user) + " password=" + quoted(password) + ";");
    }

    private static void ssl(Map<String, Object> settings, KafkaLocation location, Secrets secrets) {
        location.option("ca").ifPresent(file -> {
            settings.put("ssl.truststore.type", "PEM");
            settings.put("ssl.truststore.certificates", text(file));
        });
        location.option("certificate").ifPresent(file -> {
            settings.put("ssl.keystore.type", "PEM");
            settings.put("ssl.keystore.certificate.chain", text(file));
            settings.put(
                    "ssl.keystore.key",
                    secrets.resolve(location.option("private-key")
                            .orElseThrow(() -> malformed("a certificate without its key", "private-key=file:/PATH"))));
        });
        location.option("key-password")
                .ifPresent(reference -> settings.put("ssl.key.password", secrets.resolve(reference)));
    }

    private static String oneOf(KafkaLocation location, String option, String usual, List<String> known) {
        String given = location.option(option).orElse(usual);
        return known.stream()
                .filter(one -> one.equalsIgnoreCase(given))
                .findFirst()
                .orElseThrow(() -> malformed(option + "=" + given, String.join(", ", known)));
    }

    private static String text(String file) {
        try {
            return Files.readString(Path.of(file));
        } catch (IOException e) {
            throw new TataraException(
                    KafkaErrorCode.LOCATION_MALFORMED,
                    Fault.of("a certificate file cannot be read: " + e).at(file).todo("Correct its path"),
                    e);
        }
    }

    private static String quoted(String text) {
        return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }

    private static TataraException malformed(String what, String expected) {
        return new TataraException(
                KafkaErrorCode.LOCATION_MALFORMED,
                Fault.of(what).expecting(expected).todo("Correct the location"));
    }
}
