package tatara.connectors.s3;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tatara.core.port.Connector;
import tatara.core.port.RemoteObject;
import tatara.core.remote.Pauses;
import tatara.testkit.store.ObjectStoreContract;
import tatara.testkit.store.StoreServer;

/** Amazon's client against a small server in this process. */
final class S3ConnectorTest extends ObjectStoreContract {
    @Override
    protected Connector connector(Pauses waiting) {
        return new S3Connector(waiting);
    }

    @Override
    protected StoreServer server() {
        return new S3Server();
    }

    @Override
    protected String location(String address, String key) {
        return "s3://" + StoreServer.BUCKET + "/" + key + "?endpoint=" + address
                + "&region=eu-central-1&access-key=env:A&secret-key=env:S";
    }

    @Override
    protected Map<String, String> credentials() {
        return Map.of("env:A", "AKIAEXAMPLE", "env:S", SECRET);
    }

    @Test
    void anonymous_requests_carry_no_signature() {
        try (S3Server server = new S3Server();
                S3Connector connector = new S3Connector()) {
            server.put("open/a.csv", "x");
            List<RemoteObject> found = connector.list(
                    "s3a://bucket/open/?anonymous=true&endpoint=" + server.web().address(), reference -> "");
            assertThat(found).hasSize(1);
            assertThat(server.web().asked())
                    .allMatch(asked -> asked.header("authorization").isEmpty());
        }
    }
}
