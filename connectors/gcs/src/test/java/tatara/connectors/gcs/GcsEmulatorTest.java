package tatara.connectors.gcs;

import com.google.cloud.NoCredentials;
import com.google.cloud.storage.BlobInfo;
import com.google.cloud.storage.BucketInfo;
import com.google.cloud.storage.Storage;
import com.google.cloud.storage.StorageOptions;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import tatara.core.port.Connector;
import tatara.testkit.store.EmulatedStoreContract;
import tatara.testkit.store.Emulator;

/** Against fake-gcs-server. */
@Tag("slow")
final class GcsEmulatorTest extends EmulatedStoreContract {
    private static Emulator emulator;
    private static Storage client;
    private static GcsConnector connector;

    @BeforeAll
    static void start() {
        emulator = Emulator.start(
                "fake-gcs-server-1.56.1",
                List.of(List.of("go", "install", "github.com/fsouza/fake-gcs-server@v1.56.1")),
                Map.of(),
                List.of(
                        "DIR/fake-gcs-server",
                        "-scheme",
                        "http",
                        "-host",
                        "127.0.0.1",
                        "-port",
                        "PORT",
                        "-backend",
                        "memory",
                        "-public-host",
                        "127.0.0.1:PORT"));
        client = StorageOptions.http()
                .setHost(emulator.address())
                .setProjectId("test")
                .setCredentials(NoCredentials.getInstance())
                .build()
                .getService();
        client.create(BucketInfo.of("bucket"));
        connector = new GcsConnector();
    }

    @AfterAll
    static void stop() throws Exception {
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
        client.create(BlobInfo.newBuilder("bucket", key).build(), content);
    }

    @Override
    protected String location(String key) {
        return "gs://bucket/" + key + "?anonymous=true&endpoint=" + emulator.address();
    }

    /** This server ignores {@code ifGenerationMatch} for content; {@link GcsServer} does not. */
    @Override
    protected boolean honoursConditions() {
        return false;
    }

    @Override
    protected Map<String, String> credentials() {
        return Map.of();
    }
}
