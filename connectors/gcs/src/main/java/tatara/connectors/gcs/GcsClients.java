package tatara.connectors.gcs;

import com.google.api.gax.retrying.RetrySettings;
import com.google.auth.Credentials;
import com.google.auth.oauth2.AccessToken;
import com.google.auth.oauth2.GoogleCredentials;
import com.google.cloud.NoCredentials;
import com.google.cloud.http.HttpTransportOptions;
import com.google.cloud.storage.Storage;
import com.google.cloud.storage.StorageOptions;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import tatara.core.error.Fault;
import tatara.core.error.TataraException;
import tatara.core.port.Secrets;
import tatara.core.remote.InlineSecrets;
import tatara.core.remote.ObjectLocation;
import tatara.core.remote.RemoteErrorCode;

/** Clients by what a location says of server and credentials; each is made once. Thread-safe. */
final class GcsClients implements AutoCloseable {
    private static final List<String> READ_ONLY = List.of("https://www.googleapis.com/auth/devstorage.read_only");
    private static final Duration CONNECT = Duration.ofSeconds(15);
    private static final Duration READ = Duration.ofSeconds(60);

    private final Map<Map<String, String>, Storage> clients = new ConcurrentHashMap<>();

    Storage of(ObjectLocation location, Secrets secrets) {
        return clients.computeIfAbsent(location.options(), options -> client(location, secrets));
    }

    private static Storage client(ObjectLocation location, Secrets secrets) {
        StorageOptions.Builder builder = StorageOptions.http()
                .setTransportOptions(HttpTransportOptions.newBuilder()
                        .setConnectTimeout((int) CONNECT.toMillis())
                        .setReadTimeout((int) READ.toMillis())
                        .build())
                .setRetrySettings(RetrySettings.newBuilder().setMaxAttempts(1).build())
                .setProjectId(location.option("project").orElse("tatara"))
                .setCredentials(credentials(location, secrets));
        location.option("endpoint").ifPresent(endpoint -> builder.setHost(endpoint(endpoint)));
        return builder.build().getService();
    }

    private static String endpoint(String endpoint) {
        if (!endpoint.matches("https?://[^/?#@]+/?")) {
            throw new TataraException(
                    RemoteErrorCode.LOCATION_MALFORMED,
                    Fault.of("endpoint: " + InlineSecrets.hidden(endpoint))
                            .expecting("https://HOST or http://HOST:PORT")
                            .todo("Correct the location"));
        }
        return endpoint.replaceFirst("/$", "");
    }

    private static Credentials credentials(ObjectLocation location, Secrets secrets) {
        if (location.isSet("anonymous")) {
            return NoCredentials.getInstance();
        }
        if (location.option("token").isPresent()) {
            return GoogleCredentials.create(new AccessToken(
                    secrets.resolve(location.option("token").get()).strip(), null));
        }
        try {
            GoogleCredentials found = location.option("credentials").isPresent()
                    ? fromText(secrets.resolve(location.option("credentials").get()))
                    : GoogleCredentials.getApplicationDefault();
            return found.createScoped(READ_ONLY);
        } catch (IOException | RuntimeException e) {
            if (e instanceof TataraException known) {
                throw known;
            }
            throw new TataraException(
                    RemoteErrorCode.ACCESS_REFUSED,
                    Fault.of(
                                    location.option("credentials").isPresent()
                                            ? "the credentials for " + location.place()
                                                    + " have not the form that Google gives them"
                                            : "no credentials for Google Cloud Storage were found")
                            .expecting("GOOGLE_APPLICATION_CREDENTIALS, gcloud's own, or the account of this machine")
                            .todo(
                                    "Set them, or add ?credentials=file:/PATH (a key file), ?token=env:NAME or ?anonymous=true"));
        }
    }

    private static GoogleCredentials fromText(String json) throws IOException {
        return GoogleCredentials.fromStream(new ByteArrayInputStream(json.getBytes(StandardCharsets.UTF_8)));
    }

    @Override
    public void close() {
        for (Storage client : clients.values()) {
            try {
                client.close();
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        }
        clients.clear();
    }
}
