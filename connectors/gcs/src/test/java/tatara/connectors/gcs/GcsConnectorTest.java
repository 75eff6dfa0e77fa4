package tatara.connectors.gcs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;
import tatara.core.error.TataraException;
import tatara.core.port.Connector;
import tatara.core.remote.Pauses;
import tatara.core.remote.RemoteErrorCode;
import tatara.testkit.store.ObjectStoreContract;
import tatara.testkit.store.StoreServer;

/** Google's client against a small server in this process. */
final class GcsConnectorTest extends ObjectStoreContract {
    @Override
    protected Connector connector(Pauses waiting) {
        return new GcsConnector(waiting);
    }

    @Override
    protected StoreServer server() {
        return new GcsServer(SECRET);
    }

    @Override
    protected String location(String address, String key) {
        return "gs://" + StoreServer.BUCKET + "/" + key + "?token=env:T&endpoint=" + address;
    }

    @Override
    protected Map<String, String> credentials() {
        return Map.of("env:T", SECRET);
    }

    @Test
    void anonymous_requests_carry_no_token_and_broken_key_files_are_told() {
        try (GcsServer server = new GcsServer("");
                GcsConnector connector = new GcsConnector(Pauses.sleeping())) {
            server.put("open/a.csv", "x");
            String place = "gs://bucket/open/?endpoint=" + server.web().address();
            assertThat(connector.list(place + "&anonymous=true", reference -> ""))
                    .hasSize(1);
            assertThat(server.web().asked())
                    .allMatch(asked -> asked.header("authorization").isEmpty());
            assertThatThrownBy(() ->
                            connector.list(place + "&credentials=env:K", reference -> "{\"private_key\": \"hunter2\"}"))
                    .isInstanceOfSatisfying(
                            TataraException.class, e -> assertThat(e.code()).isEqualTo(RemoteErrorCode.ACCESS_REFUSED))
                    .hasMessageNotContaining("hunter2");
        }
    }
}
