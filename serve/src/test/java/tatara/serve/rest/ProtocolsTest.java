package tatara.serve.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static tatara.serve.rest.Caller.text;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tatara.core.json.Json;

/** MLflow's scoring protocol, and true outcomes. */
class ProtocolsTest {
    @TempDir
    static Path home;

    private static PredictionServer server;
    private static Caller caller;

    @BeforeAll
    static void start() {
        server = RuleModel.serve(home);
        caller = new Caller(server.uri());
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void takesMlflowsForms() {
        for (String body : List.of(
                "{\"dataframe_split\": {\"columns\": [\"senior\", \"age\"], \"data\": [[true, 60], [null, 10]], \"index\": [0, 1]}}",
                "{\"dataframe_records\": [{\"age\": 60}, {\"age\": 10}]}",
                "{\"instances\": [{\"age\": 60}, {\"age\": 10}]}",
                "{\"instances\": [[60, \"a\", true], [10, \"b\", false]]}",
                "{\"inputs\": {\"age\": [60, 10], \"senior\": [true, false]}}",
                "{\"inputs\": [{\"age\": 60}, {\"age\": 10}], \"params\": {}}")) {
            Caller.Answer answer = caller.post("/invocations/churn", body);
            assertThat(answer.text()).as(body).isEqualTo("{\"predictions\":[\"Yes\",\"No\"]}");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "[]",
                "{\"rows\": []}",
                "{\"instances\": [], \"inputs\": []}",
                "{\"instances\": []}",
                "{\"instances\": [[1, 2]]}",
                "{\"instances\": 5}",
                "{\"inputs\": {}}",
                "{\"inputs\": {\"age\": [1, 2], \"senior\": [true]}}",
                "{\"dataframe_split\": []}",
                "{\"dataframe_split\": {\"columns\": [\"age\"], \"data\": [[1, 2]]}}",
                "{\"dataframe_split\": {\"columns\": [\"age\", \"age\"], \"data\": [[1, 2]]}}",
                "{\"dataframe_split\": {\"columns\": [5], \"data\": [[1]]}}",
                "{\"dataframe_records\": [{\"age\": 1}], \"params\": {\"temperature\": 1}}"
            })
    void refusesMlflowFormsThatAreWrong(String body) {
        Caller.Answer answer = caller.post("/invocations/churn", body);
        assertThat(answer.status()).as(answer.text()).isEqualTo(400);
        assertThat(answer.error()).isNotBlank();
    }

    @Test
    void storesTrueOutcomesOnce() {
        String id = text(
                caller.post("/predict/churn", "{\"age\": 60}").predictions().get(0), "id");
        String labels =
                "{\"labels\": [{\"id\": \"" + id + "\", \"label\": \"Yes\"}, {\"id\": \"mine\", \"label\": false}]}";

        assertThat(caller.post("/feedback/churn", labels).text())
                .isEqualTo("{\"stored\":2,\"changed\":0,\"unchanged\":0,\"unknown\":1}");
        assertThat(caller.post("/feedback/churn", labels).text())
                .isEqualTo("{\"stored\":0,\"changed\":0,\"unchanged\":2,\"unknown\":1}");
        assertThat(caller.post("/feedback/churn", labels.replace("Yes", "No")).text())
                .isEqualTo("{\"stored\":0,\"changed\":1,\"unchanged\":1,\"unknown\":1}");
        assertThat(caller.post("/feedback/slow", labels).json().members().get("unknown"))
                .isEqualTo(new Json.Num(2L));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "[]",
                "{\"labels\": {}}",
                "{\"labels\": []}",
                "{\"labels\": [5]}",
                "{\"labels\": [{\"label\": 1}]}",
                "{\"labels\": [{\"id\": \"a\"}]}",
                "{\"labels\": [{\"id\": \"a\", \"label\": null}]}",
                "{\"labels\": [{\"id\": \"a\", \"label\": [1]}]}",
                "{\"labels\": [{\"id\": \"\", \"label\": 1}]}"
            })
    void refusesLabelsThatAreNone(String body) {
        assertThat(caller.post("/feedback/churn", body).status()).isEqualTo(400);
    }
}
