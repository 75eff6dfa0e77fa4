package tatara.connectors.s3;

import java.net.URI;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import tatara.core.port.Connector;
import tatara.testkit.store.EmulatedStoreContract;
import tatara.testkit.store.Emulator;

/** Against moto's server. */
@Tag("slow")
final class S3EmulatorTest extends EmulatedStoreContract {
    private static Emulator emulator;
    private static S3Client client;
    private static S3Connector connector;

    @BeforeAll
    static void start() {
        emulator = Emulator.start(
                "moto-5.2.5",
                List.of(
                        List.of("python3", "-m", "venv", "DIR/venv"),
                        List.of("DIR/venv/bin/pip", "install", "--quiet", "moto[server]==5.2.5")),
                Map.of(),
                List.of("DIR/venv/bin/moto_server", "-H", "127.0.0.1", "-p", "PORT"));
        client = S3Client.builder()
                .endpointOverride(URI.create(emulator.address()))
                .forcePathStyle(true)
                .region(Region.US_EAST_1)
                .httpClientBuilder(UrlConnectionHttpClient.builder())
                .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create("AKID", "secret")))
                .build();
        client.createBucket(bucket -> bucket.bucket("bucket"));
        connector = new S3Connector();
    }

    @AfterAll
    static void stop() {
        connector.close();
        client.close();
        emulator.close();
    }

    @Override
    protected Connector connector() {
        return connector;
    }

    @Override
    protected void put(String key, byte[] content) {
        client.putObject(object -> object.bucket("bucket").key(key), RequestBody.fromBytes(content));
    }

    @Override
    protected String location(String key) {
        return "s3://bucket/" + key + "?access-key=env:A&secret-key=env:S&endpoint=" + emulator.address();
    }

    @Override
    protected Map<String, String> credentials() {
        return Map.of("env:A", "AKID", "env:S", "secret");
    }
}
