package tatara.connectors.azure;

import com.azure.core.http.HttpClient;
import com.azure.core.http.jdk.httpclient.JdkHttpClientBuilder;
import com.azure.core.util.Configuration;
import com.azure.core.util.ConfigurationBuilder;
import com.azure.storage.blob.BlobContainerClient;
import com.azure.storage.blob.BlobContainerClientBuilder;
import com.azure.storage.common.StorageSharedKeyCredential;
import com.azure.storage.common.policy.RequestRetryOptions;
import com.azure.storage.common.policy.RetryPolicyType;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tatara.core.error.Fault;
import tatara.core.error.TataraException;
import tatara.core.port.Secrets;
import tatara.core.remote.ObjectLocation;
import tatara.core.remote.RemoteErrorCode;

/** Clients of containers by what a location says of account and credentials; each is made once. Thread-safe. */
final class AzureContainers {
    private static final Duration CONNECT = Duration.ofSeconds(15);
    private static final Duration READ = Duration.ofSeconds(60);

    private final Map<ObjectLocation, BlobContainerClient> clients = new ConcurrentHashMap<>();
    private final Function<String, @Nullable String> environment;
    private final HttpClient http = new JdkHttpClientBuilder()
            .connectionTimeout(CONNECT)
            .readTimeout(READ)
            .responseTimeout(READ)
            .build();

    /** @param environment variables that Microsoft's own tools read */
    AzureContainers(Function<String, @Nullable String> environment) {
        this.environment = environment;
    }

    BlobContainerClient of(AzurePlace place, Secrets secrets) {
        return clients.computeIfAbsent(place.location().at(""), container -> client(place, secrets));
    }

    private BlobContainerClient client(AzurePlace place, Secrets secrets) {
        BlobContainerClientBuilder builder = new BlobContainerClientBuilder()
                .httpClient(http)
                .configuration(nothing())
                .addPolicy(new PlainRefusals())
                .retryOptions(new RequestRetryOptions(
                        RetryPolicyType.FIXED,
                        1,
                        READ.multipliedBy(2),
                        Duration.ofSeconds(1),
                        Duration.ofSeconds(1),
                        null));
        try {
            identify(builder, place, secrets);
            return builder.containerName(place.container()).buildClient();
        } catch (IllegalArgumentException | IllegalStateException e) {
            throw refused("the credentials for " + place.place() + " have not the form that Azure gives them");
        }
    }

    /** The client reads no settings from the environment by itself. */
    private static Configuration nothing() {
        return new ConfigurationBuilder().build();
    }

    private void identify(BlobContainerClientBuilder builder, AzurePlace place, Secrets secrets) {
        ObjectLocation location = place.location();
        if (location.isSet("anonymous")) {
            builder.endpoint(endpoint(place)).setAnonymousAccess();
        } else if (location.option("connection-string").isPresent()) {
            builder.connectionString(
                    secrets.resolve(location.option("connection-string").get()));
        } else if (location.option("sas").isPresent()) {
            builder.endpoint(endpoint(place))
                    .sasToken(sas(secrets.resolve(location.option("sas").get())));
        } else if (location.option("key").isPresent()) {
            shared(builder, place, secrets.resolve(location.option("key").get()));
        } else if (is("AZURE_STORAGE_CONNECTION_STRING")) {
            builder.connectionString(variable("AZURE_STORAGE_CONNECTION_STRING"));
        } else if (is("AZURE_STORAGE_SAS_TOKEN")) {
            builder.endpoint(endpoint(place)).sasToken(sas(variable("AZURE_STORAGE_SAS_TOKEN")));
        } else if (is("AZURE_STORAGE_KEY")) {
            shared(builder, place, variable("AZURE_STORAGE_KEY"));
        } else {
            throw refused("no credentials for Azure Storage were found");
        }
    }

    private void shared(BlobContainerClientBuilder builder, AzurePlace place, String key) {
        builder.endpoint(endpoint(place)).credential(new StorageSharedKeyCredential(account(place), key));
    }

    private String account(AzurePlace place) {
        if (!place.account().isEmpty()) {
            return place.account();
        }
        if (is("AZURE_STORAGE_ACCOUNT")) {
            return variable("AZURE_STORAGE_ACCOUNT");
        }
        throw AzurePlace.malformed("the location names no account: " + place.place(), "?account=NAME");
    }

    private String endpoint(AzurePlace place) {
        return place.endpoint().isEmpty() ? "https://" + account(place) + ".blob.core.windows.net" : place.endpoint();
    }

    private static String sas(String token) {
        return token.replaceFirst("^\\?", "");
    }

    private boolean is(String name) {
        return !variable(name).isBlank();
    }

    private String variable(String name) {
        String value = environment.apply(name);
        return value == null ? "" : value;
    }

    private static TataraException refused(String what) {
        return new TataraException(
                RemoteErrorCode.ACCESS_REFUSED,
                Fault.of(what)
                        .expecting(
                                "AZURE_STORAGE_CONNECTION_STRING, AZURE_STORAGE_KEY or AZURE_STORAGE_SAS_TOKEN in the environment")
                        .todo(
                                "Set one, or add ?key=env:NAME, ?sas=env:NAME, ?connection-string=env:NAME or ?anonymous=true"));
    }
}
