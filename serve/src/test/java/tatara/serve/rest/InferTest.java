package tatara.serve.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import tatara.core.json.Json;
import tatara.core.json.JsonText;

/** The Open Inference Protocol v2 over REST, as its text says it. */
class InferTest {
    private static final String AGE = "{\"name\": \"age\", \"shape\": [2], \"datatype\": \"FP64\", \"data\": [60, 10]}";

    @TempDir
    static Path home;

    private static PredictionServer server;
    private static Caller caller;

    @BeforeAll
    static void start() {
        ServerSettings settings = new ServerSettings("127.0.0.1", 0, 2_000_000, 1_000, 64, 10_000, Optional.empty());
        server = PredictionServer.start(
                settings,
                ServerParts.in(
                        home,
                        new FixedModels().with("churn", new RuleModel(0, 0)),
                        PageSource.none(),
                        Clock.systemUTC()));
        caller = new Caller(server.uri());
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void tellsServerModelAndHealth() {
        assertThat(caller.get("/v2").json().members()).containsKeys("name", "version", "extensions");
        assertThat(caller.get("/v2/health/live").text()).isEqualTo("{\"live\":true}");
        assertThat(caller.get("/v2/health/ready").text()).isEqualTo("{\"ready\":true,\"live\":true}");
        assertThat(caller.get("/v2/models").text()).isEqualTo("{\"models\":[\"churn\"]}");
        for (String path : List.of("/v2/models/churn", "/v2/models/churn/versions/1")) {
            assertThat(caller.get(path + "/ready").text()).isEqualTo("{\"name\":\"churn\",\"ready\":true}");
            Json.Obj metadata = caller.get(path).json();
            assertThat(JsonText.write(metadata.members().get("inputs")))
                    .isEqualTo(
                            "[{\"name\":\"age\",\"datatype\":\"FP64\",\"shape\":[-1],\"parameters\":{\"required\":true}},"
                                    + "{\"name\":\"plan \\\"x\\\"\",\"datatype\":\"BYTES\",\"shape\":[-1],\"parameters\":{\"required\":false}},"
                                    + "{\"name\":\"senior\",\"datatype\":\"BOOL\",\"shape\":[-1],\"parameters\":{\"required\":false}}]");
            assertThat(JsonText.write(metadata.members().get("outputs")))
                    .isEqualTo("[{\"name\":\"prediction\",\"datatype\":\"BYTES\",\"shape\":[-1]},"
                            + "{\"name\":\"probabilities\",\"datatype\":\"FP64\",\"shape\":[-1,2],"
                            + "\"parameters\":{\"classes\":\"[\\\"No\\\",\\\"Yes\\\"]\"}},"
                            + "{\"name\":\"id\",\"datatype\":\"BYTES\",\"shape\":[-1]}]");
            assertThat(JsonText.write(metadata.members().get("versions"))).isEqualTo("[\"2\",\"1\"]");
        }
        for (String path : List.of("/v2/models/nobody", "/v2/models/nobody/ready", "/v2/models/churn/versions/7")) {
            assertThat(caller.get(path).status()).as(path).isEqualTo(404);
            assertThat(caller.get(path).error()).isNotBlank();
        }
    }

    @Test
    void infersFromATensorForEachColumn() {
        Json.Obj response = infer("{\"id\": \"a-7\", \"inputs\": [" + AGE
                + ", {\"name\": \"plan \\\"x\\\"\", \"shape\": [2, 1], \"datatype\": \"BYTES\", \"data\": [[\"a\"], [null]]}"
                + ", {\"name\": \"senior\", \"shape\": [2, 1], \"datatype\": \"BOOL\", \"data\": [true, false]}]}");

        assertThat(response.members().get("id")).isEqualTo(Json.string("a-7"));
        assertThat(response.members().get("model_name")).isEqualTo(Json.string("churn"));
        assertThat(response.members().get("model_version")).isEqualTo(Json.string("1"));
        List<Json> outputs = ((Json.Arr) response.members().get("outputs")).items();
        assertThat(JsonText.write(outputs.get(0)))
                .isEqualTo("{\"name\":\"prediction\",\"datatype\":\"BYTES\",\"shape\":[2],\"data\":[\"Yes\",\"No\"]}");
        List<Json> probabilities =
                ((Json.Arr) ((Json.Obj) outputs.get(1)).members().get("data")).items();
        assertThat(probabilities).hasSize(4);
        assertThat(((Json.Num) probabilities.get(1)).asDouble()).isCloseTo(RuleModel.probability(60, 0), within(1e-15));
        assertThat(((Json.Num) probabilities.get(2)).asDouble())
                .isCloseTo(1 - RuleModel.probability(10, 0), within(1e-15));
    }

    static Stream<String> matrices() {
        return Stream.of(
                "{\"name\": \"x\", \"shape\": [2, 3], \"datatype\": \"BYTES\", \"data\": [[null, \"a\", null], [null, \"b\", null]]}",
                "{\"name\": \"x\", \"shape\": [2, 2], \"datatype\": \"FP32\", \"data\": [[1, 60], [0, 10]], "
                        + "\"parameters\": {\"columns\": \"senior, age\"}}",
                "{\"name\": \"x\", \"shape\": [2, 2], \"datatype\": \"INT64\", \"data\": [1, 60, 0, 10], "
                        + "\"parameters\": {\"columns\": \"[\\\"plan \\\\\\\"x\\\\\\\"\\\", \\\"age\\\"]\"}}");
    }

    @ParameterizedTest
    @MethodSource("matrices")
    void infersFromOneMatrix(String tensor) {
        Json.Obj response = infer("{\"inputs\": [" + tensor + "], \"outputs\": [{\"name\": \"prediction\"}]}");
        String expected = tensor.contains("60") ? "[\"Yes\",\"No\"]" : "[\"Yes\",\"Yes\"]";
        assertThat(JsonText.write(response.members().get("outputs"))).contains("\"data\":" + expected);
    }

    @Test
    void givesTheOutputsThatAreAskedForInTheirOrder() {
        Json.Obj response = infer("{\"inputs\": [" + AGE
                + "], \"outputs\": [{\"name\": \"probabilities\"}, {\"name\": \"prediction\"}]}");
        assertThat(((Json.Arr) response.members().get("outputs")).items())
                .map(output -> ((Json.Obj) output).members().get("name"))
                .containsExactly(Json.string("probabilities"), Json.string("prediction"));
        assertThat(response.members()).doesNotContainKey("id");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"FP16", "FP32", "FP64", "INT8", "INT16", "INT32", "INT64", "UINT8", "UINT16", "UINT32", "UINT64"
            })
    void takesEveryKindOfNumber(String datatype) {
        infer("{\"inputs\": [{\"name\": \"age\", \"shape\": [1], \"datatype\": \"" + datatype
                + "\", \"data\": [60]}]}");
    }

    static Stream<Arguments> wrong() {
        return Stream.of(
                Arguments.of("{}", "inputs"),
                Arguments.of("[]", "object"),
                Arguments.of("{\"inputs\": []}", "inputs"),
                Arguments.of("{\"inputs\": [5]}", "inputs[0]"),
                Arguments.of("{\"id\": 7, \"inputs\": [" + AGE + "]}", "id"),
                Arguments.of("{\"inputs\": [" + AGE + ", " + AGE + "]}", "age"),
                Arguments.of("{\"inputs\": [" + AGE.replace("age", "aeg") + "]}", "aeg"),
                Arguments.of(
                        "{\"inputs\": ["
                                + AGE.replace("age", "senior")
                                        .replace("FP64", "BOOL")
                                        .replace("60, 10", "true, true") + "]}",
                        "missing input: age"),
                Arguments.of("{\"inputs\": [" + AGE.replace("FP64", "FLOAT") + "]}", "FLOAT"),
                Arguments.of("{\"inputs\": [" + AGE.replace("FP64", "BF16") + "]}", "BF16"),
                Arguments.of("{\"inputs\": [" + AGE.replace("FP64", "INT8").replace("60", "600") + "]}", "age"),
                Arguments.of("{\"inputs\": [" + AGE.replace("FP64", "UINT8").replace("60", "-1") + "]}", "age"),
                Arguments.of("{\"inputs\": [" + AGE.replace("FP64", "INT32").replace("60", "1.5") + "]}", "age"),
                Arguments.of("{\"inputs\": [" + AGE.replace("60", "\"60\"") + "]}", "age"),
                Arguments.of("{\"inputs\": [" + AGE.replace("60", "{}") + "]}", "age"),
                Arguments.of("{\"inputs\": [" + AGE.replace("[2]", "[3]") + "]}", "age"),
                Arguments.of("{\"inputs\": [" + AGE.replace("[2]", "[1, 2]") + "]}", "columns"),
                Arguments.of("{\"inputs\": [" + AGE.replace("[2]", "[-2]") + "]}", "shape[0]"),
                Arguments.of("{\"inputs\": [" + AGE.replace("[2]", "[2.5]") + "]}", "shape[0]"),
                Arguments.of("{\"inputs\": [" + AGE.replace("[2]", "[]") + "]}", "shape"),
                Arguments.of("{\"inputs\": [" + AGE.replace("[2]", "\"2\"") + "]}", "shape"),
                Arguments.of(
                        "{\"inputs\": [" + AGE.replace("[2]", "[2, 1]").replace("60, 10", "[60], 10") + "]}", "age"),
                Arguments.of("{\"inputs\": [" + AGE.replace("[2]", "[0]").replace("60, 10", "") + "]}", "rows"),
                Arguments.of("{\"inputs\": [" + AGE.replace("\"data\"", "\"date\"") + "]}", "data"),
                Arguments.of("{\"inputs\": [" + AGE + "], \"outputs\": [{\"name\": \"logits\"}]}", "logits"),
                Arguments.of(
                        "{\"inputs\": [" + AGE + "], \"outputs\": [{\"name\": \"id\"}, {\"name\": \"id\"}]}",
                        "outputs"),
                Arguments.of("{\"inputs\": [" + AGE + "], \"outputs\": {}}", "outputs"),
                Arguments.of(
                        "{\"inputs\": [" + AGE
                                + ", {\"name\": \"senior\", \"shape\": [1], \"datatype\": \"BOOL\", \"data\": [true]}]}",
                        "senior"),
                Arguments.of(
                        "{\"inputs\": [{\"name\": \"x\", \"shape\": [1, 2], \"datatype\": \"FP64\", \"data\": [1, 2], "
                                + "\"parameters\": {\"columns\": \"age,nope\"}}]}",
                        "nope"),
                Arguments.of(
                        "{\"inputs\": [{\"name\": \"age\", \"shape\": [1], \"datatype\": \"FP64\", "
                                + "\"parameters\": {\"binary_data_size\": 8}}]}",
                        "binary"));
    }

    @ParameterizedTest
    @MethodSource("wrong")
    void namesWhatIsWrong(String body, String word) {
        Caller.Answer answer = caller.post("/v2/models/churn/infer", body);
        assertThat(answer.status()).as(answer.text()).isEqualTo(400);
        assertThat(answer.error()).contains(word);
    }

    @ParameterizedTest
    @ValueSource(strings = {"[16, 1152921504606846978]", "[9223372036854775807, 2]", "[100000]", "[0, 99999999999]"})
    void refusesShapesWhoseProductIsTooLarge(String shape) {
        Caller.Answer answer =
                caller.post("/v2/models/churn/infer", "{\"inputs\": [" + AGE.replace("[2]", shape) + "]}");
        assertThat(answer.status()).as(answer.text()).isIn(400, 413);
        assertThat(answer.error()).contains("age");
    }

    private static Json.Obj infer(String body) {
        Caller.Answer answer = caller.post("/v2/models/churn/infer", body);
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        return answer.json();
    }
}
