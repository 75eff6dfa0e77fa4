package tatara.connectors.azure;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.azure.core.http.jdk.httpclient.JdkHttpClientBuilder;
import com.azure.core.util.BinaryData;
import com.azure.storage.blob.BlobContainerClient;
import com.azure.storage.blob.BlobServiceClientBuilder;
import com.azure.storage.common.StorageSharedKeyCredential;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import tatara.core.port.Connector;
import tatara.core.remote.Pauses;
import tatara.testkit.store.EmulatedStoreContract;
import tatara.testkit.store.Emulator;

/** Against Azurite, which checks signatures. */
@Tag("slow")
final class AzureEmulatorTest extends EmulatedStoreContract {
    /** The account and the key that every Azurite has; they are published and open nothing else. */
    private static final String ACCOUNT = "devstoreaccount1";

    private static final String KEY =
            "Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw==";

    private static Emulator emulator;
    private static BlobContainerClient container;
    private static AzureConnector connector;

    @BeforeAll
    static void start() {
        emulator = Emulator.start(
                "azurite-3.35.0",
                List.of(List.of("npm", "install", "--silent", "--no-fund", "--prefix", "DIR", "azurite@3.35.0")),
                Map.of(),
                List.of(
                        "DIR/node_modules/.bin/azurite-blob",
                        "--blobHost",
                        "127.0.0.1",
                        "--blobPort",
                        "PORT",
                        "--location",
                        "WORK",
                        "--silent",
                        "--skipApiVersionCheck"));
        container = new BlobServiceClientBuilder()
                .endpoint(emulator.address() + "/" + ACCOUNT)
                .httpClient(new JdkHttpClientBuilder().build())
                .credential(new StorageSharedKeyCredential(ACCOUNT, KEY))
                .buildClient()
                .createBlobContainer("bucket");
        connector = new AzureConnector(Pauses.sleeping(), name -> null);
    }

    @AfterAll
    static void stop() {
        connector.close();
        emulator.close();
    }

    @Override
    protected Connector connector() {
        return connector;
    }

    @Override
    protected void put(String key, byte[] content) {
        container.getBlobClient(key).upload(BinaryData.fromBytes(content), true);
    }

    @Override
    protected String location(String key) {
        return "az://bucket/" + key + "?account=" + ACCOUNT + "&key=env:K&endpoint=" + emulator.address() + "/"
                + ACCOUNT;
    }

    @Override
    protected Map<String, String> credentials() {
        return Map.of("env:K", KEY);
    }

    @Test
    void a_wrong_key_is_refused() {
        assertThatThrownBy(() -> connector.list(location("a.csv"), reference -> "d3Jvbmc="))
                .isInstanceOf(tatara.core.error.TataraException.class);
    }
}
