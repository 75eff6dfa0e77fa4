package tatara.connectors.azure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tatara.core.port.Connector;
import tatara.core.remote.Pauses;
import tatara.testkit.store.ObjectStoreContract;
import tatara.testkit.store.StoreServer;
import tatara.testkit.web.Asked;

/** Microsoft's client against a small server in this process. */
final class AzureConnectorTest extends ObjectStoreContract {
    @Override
    protected Connector connector(Pauses waiting) {
        return new AzureConnector(waiting, name -> null);
    }

    @Override
    protected StoreServer server() {
        return new AzureServer();
    }

    @Override
    protected String location(String address, String key) {
        return "az://" + StoreServer.BUCKET + "/" + key + "?account=account1&key=env:K&endpoint=" + address
                + "/account1";
    }

    @Override
    protected Map<String, String> credentials() {
        return Map.of("env:K", SECRET);
    }

    @Test
    void signatures_and_variables_of_the_environment_do_as_well() {
        try (AzureServer server = new AzureServer()) {
            server.put("open/a.csv", "x");
            String place = "az://bucket/open/?account=account1&endpoint="
                    + server.web().address() + "/account1";
            try (AzureConnector connector = new AzureConnector(Pauses.sleeping(), name -> null)) {
                assertThat(connector.list(place + "&sas=env:SAS", reference -> "?sv=2025&sig=abc%3D"))
                        .hasSize(1);
                Asked asked = server.web().asked().get(0);
                assertThat(asked.query()).contains("sig=abc%3D");
                assertThat(asked.header("authorization")).isEmpty();
                assertThatThrownBy(() -> connector.list(place, reference -> ""))
                        .hasMessageContaining("AZURE_STORAGE_KEY");
                assertThat(connector.list(place + "&anonymous=true", reference -> ""))
                        .hasSize(1);
            }
            server.web().forget();
            Map<String, String> variables = Map.of("AZURE_STORAGE_KEY", SECRET, "AZURE_STORAGE_ACCOUNT", "account1");
            try (AzureConnector connector = new AzureConnector(Pauses.sleeping(), variables::get)) {
                assertThat(connector.list(place, reference -> "")).hasSize(1);
                assertThat(List.copyOf(server.web().asked())).allMatch(server::isSigned);
            }
        }
    }

    @ParameterizedTest
    @CsvSource({
        "az://cont/a.csv?account=acc, https://acc.blob.core.windows.net, cont, acc",
        "abfss://cont@acc.dfs.core.windows.net/a.csv, https://acc.blob.core.windows.net, cont, acc",
        "wasbs://cont@acc.blob.core.chinacloudapi.cn/a.csv, https://acc.blob.core.chinacloudapi.cn, cont, acc",
        "abfs://cont@acc/a.csv, https://acc.blob.core.windows.net, cont, acc"
    })
    void forms_of_locations(String location, String endpoint, String container, String account) {
        AzurePlace place = AzurePlace.parse(location);
        assertThat(place.endpoint()).isEqualTo(endpoint);
        assertThat(place.container()).isEqualTo(container);
        assertThat(place.account()).isEqualTo(account);
        assertThat(place.key()).isEqualTo("a.csv");
    }
}
