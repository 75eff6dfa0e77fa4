package tatara.connectors.s3;

import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import software.amazon.awssdk.auth.credentials.AnonymousCredentialsProvider;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.checksums.RequestChecksumCalculation;
import software.amazon.awssdk.core.checksums.ResponseChecksumValidation;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.regions.providers.AwsProfileRegionProvider;
import software.amazon.awssdk.regions.providers.AwsRegionProviderChain;
import software.amazon.awssdk.regions.providers.SystemSettingsRegionProvider;
import software.amazon.awssdk.retries.DefaultRetryStrategy;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.S3ClientBuilder;
import tatara.core.error.Fault;
import tatara.core.error.TataraException;
import tatara.core.port.Secrets;
import tatara.core.remote.InlineSecrets;
import tatara.core.remote.ObjectLocation;
import tatara.core.remote.RemoteErrorCode;

/** Clients by what a location says of server, region and credentials; each is made once. Thread-safe. */
final class S3Clients implements AutoCloseable {
    private static final Duration CONNECT = Duration.ofSeconds(15);
    private static final Duration READ = Duration.ofSeconds(60);

    private final Map<Map<String, String>, S3Client> clients = new ConcurrentHashMap<>();

    S3Client of(ObjectLocation location, Secrets secrets) {
        return clients.computeIfAbsent(location.options(), options -> client(location, secrets));
    }

    private static S3Client client(ObjectLocation location, Secrets secrets) {
        S3ClientBuilder builder = S3Client.builder()
                .httpClientBuilder(UrlConnectionHttpClient.builder()
                        .connectionTimeout(CONNECT)
                        .socketTimeout(READ))
                .overrideConfiguration(configuration -> configuration.retryStrategy(DefaultRetryStrategy.doNotRetry()))
                .requestChecksumCalculation(RequestChecksumCalculation.WHEN_REQUIRED)
                .responseChecksumValidation(ResponseChecksumValidation.WHEN_REQUIRED)
                .credentialsProvider(credentials(location, secrets))
                .region(region(location));
        if (location.option("endpoint").isPresent()) {
            return builder.endpointOverride(endpoint(location))
                    .forcePathStyle(true)
                    .build();
        }
        return builder.crossRegionAccessEnabled(true).build();
    }

    private static URI endpoint(ObjectLocation location) {
        String text = location.option("endpoint").orElse("");
        try {
            URI uri = new URI(text);
            if (uri.getHost() == null || uri.getScheme() == null || uri.getUserInfo() != null) {
                throw malformed("endpoint: " + InlineSecrets.hidden(text), "http://HOST:PORT or https://HOST");
            }
            return uri;
        } catch (URISyntaxException e) {
            throw malformed("endpoint: " + InlineSecrets.hidden(text), "http://HOST:PORT or https://HOST");
        }
    }

    private static TataraException malformed(String what, String expected) {
        return new TataraException(
                RemoteErrorCode.LOCATION_MALFORMED,
                Fault.of(what).expecting(expected).todo("Correct the location"));
    }

    private static AwsCredentialsProvider credentials(ObjectLocation location, Secrets secrets) {
        if (location.isSet("anonymous")) {
            return AnonymousCredentialsProvider.create();
        }
        boolean identified = location.option("access-key").isPresent();
        if (identified != location.option("secret-key").isPresent()) {
            throw malformed("only one of access-key and secret-key", "both, or neither for Amazon's usual places");
        }
        if (!identified) {
            return location.option("profile")
                    .map(profile -> DefaultCredentialsProvider.builder()
                            .profileName(profile)
                            .build())
                    .orElseGet(() -> DefaultCredentialsProvider.builder().build());
        }
        String key = secrets.resolve(location.option("access-key").orElse(""));
        String secret = secrets.resolve(location.option("secret-key").orElse(""));
        return StaticCredentialsProvider.create(location.option("session-token")
                .<software.amazon.awssdk.auth.credentials.AwsCredentials>map(
                        token -> AwsSessionCredentials.create(key, secret, secrets.resolve(token)))
                .orElseGet(() -> AwsBasicCredentials.create(key, secret)));
    }

    /** As given, else from the environment or the profile, else {@code us-east-1}, from where Amazon tells a bucket's own. */
    private static Region region(ObjectLocation location) {
        if (location.option("region").isPresent()) {
            return Region.of(location.option("region").get());
        }
        try {
            return new AwsRegionProviderChain(new SystemSettingsRegionProvider(), new AwsProfileRegionProvider())
                    .getRegion();
        } catch (SdkClientException none) {
            return Region.US_EAST_1;
        }
    }

    @Override
    public void close() {
        clients.values().forEach(S3Client::close);
        clients.clear();
    }
}
