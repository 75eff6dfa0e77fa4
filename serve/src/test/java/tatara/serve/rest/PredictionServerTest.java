package tatara.serve.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static tatara.serve.rest.Caller.text;
import static tatara.serve.rest.Caller.yes;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tatara.core.json.Json;

class PredictionServerTest {
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
    void answersRowsWithPredictionsProbabilitiesAndIds() {
        Caller.Answer answer = caller.post(
                "/predict/churn",
                "{\"rows\": [{\"age\": 60, \"plan \\\"x\\\"\": \"b\"}, {\"age\": null}, {\"age\": 10}]}");

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.headers().firstValue("content-type")).hasValue("application/json; charset=utf-8");
        List<Json> predictions = ((Json.Arr) answer.json().members().get("predictions")).items();
        assertThat(predictions).hasSize(3);
        assertThat(predictions).map(each -> text(each, "prediction")).containsExactly("Yes", "Yes", "No");
        assertThat(yes(predictions.get(0))).isCloseTo(RuleModel.probability(60, 0), within(1e-15));
        assertThat(predictions)
                .map(each -> text(each, "id"))
                .doesNotHaveDuplicates()
                .allMatch(id -> id.length() == 36);
        assertThat(answer.json().members().get("model"))
                .isEqualTo(Json.object().with("name", "churn").with("version", "1"));
    }

    @Test
    void takesABareRowAndAnArray() {
        assertThat(caller.post("/predict/churn", "{\"age\": 60}").predictions()).hasSize(1);
        assertThat(caller.post("/predict/churn", "[{\"age\": 60}, {\"age\": 1}]")
                        .predictions())
                .hasSize(2);
    }

    @Test
    void explainsOnRequest() {
        Caller.Answer answer = caller.post("/predict/churn?explain=true", "{\"age\": 60}");
        assertThat(answer.predictions().get(0).members().get("contributions"))
                .isEqualTo(Json.object().with("age", 20.0).with("plan \"x\"", 0.0));
        assertThat(caller.post("/predict/churn?explain=false", "{\"age\": 60}")
                        .predictions()
                        .get(0)
                        .members())
                .doesNotContainKey("contributions");
        assertThat(caller.post("/predict/churn?explain=perhaps", "{\"age\": 60}")
                        .status())
                .isEqualTo(400);
    }

    @Test
    void answersAVersionThatIsAskedFor() {
        Json.Obj first = caller.post("/predict/churn/versions/1", "{\"age\": 60}")
                .predictions()
                .get(0);
        Json.Obj second = caller.post("/predict/churn/versions/2", "{\"age\": 60}")
                .predictions()
                .get(0);
        assertThat(yes(first)).isCloseTo(RuleModel.probability(60, 0), within(1e-15));
        assertThat(yes(second)).isCloseTo(RuleModel.probability(60, 5), within(1e-15));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            /predict/nobody                 | 404 | churn
            /predict/churn/versions/9       | 404 | 1
            /predict/churn/versions/x       | 404 | x
            /predict/churn/versions/01      | 404 | 01
            /predict/..%2f..%2fetc%2fpasswd | 400 | HTTP
            /predict/%00                    | 400 | HTTP
            /predict                        | 404 | /docs
            /nothing/here                   | 404 | /docs
            """)
    void namesWhatThereIsWhenAPathLeadsNowhere(String path, int status, String word) {
        Caller.Answer answer = caller.post(path, "{\"age\": 60}");
        assertThat(answer.status()).isEqualTo(status);
        assertThat(answer.error()).contains(word);
    }

    @Test
    void refusesOtherMethods() {
        for (String method : List.of("GET", "PUT", "DELETE", "PATCH")) {
            Caller.Answer answer = caller.method(method, "/predict/churn");
            assertThat(answer.status()).as(method).isEqualTo(405);
            assertThat(answer.error()).contains("method");
        }
        assertThat(caller.method("POST", "/health/live").status()).isEqualTo(405);
    }

    static Stream<String> malformed() {
        return Stream.of(
                "",
                " ",
                "{",
                "{\"rows\": [{\"age\": 1}]",
                "{\"rows\": [{\"age\": NaN}]}",
                "{\"rows\": [{\"age\": Infinity}]}",
                "{\"rows\": [{\"age\": 1, \"age\": 2}]}",
                "{\"rows\": [{\"age\": 1}]} trailing",
                "{\"rows\": []}",
                "[]",
                "[1, 2]",
                "[[1]]",
                "7",
                "\"text\"",
                "null",
                "{\"rows\": [{\"age\": \"old\"}]}",
                "{\"rows\": [{\"plan\": \"a\"}]}",
                "{\"rows\": [{\"age\": 1}], \"explain\": true}",
                "{'age': 1}",
                "{\"age\": 01}",
                "{\"age\": 1e}",
                "{\"age\": +1}",
                "\u0000",
                "[".repeat(100_000),
                "{\"a\":".repeat(20_000) + "1" + "}".repeat(20_000),
                "{\"age\": " + "9".repeat(5_000) + "}");
    }

    @ParameterizedTest
    @org.junit.jupiter.params.provider.MethodSource("malformed")
    void refusesWhatIsNoRequest(String body) {
        Caller.Answer answer = caller.post("/predict/churn", body);
        assertThat(answer.status()).as(answer.text()).isEqualTo(400);
        assertThat(answer.error()).isNotBlank();
        assertThat(caller.post("/predict/churn", "{\"age\": 1}").status()).isEqualTo(200);
    }

    @Test
    void namesRowAndColumnOfABadValue() {
        assertThat(caller.post("/predict/churn", "[{\"age\": 1}, {\"age\": \"old\"}]")
                        .error())
                .contains("row 1", "age");
        assertThat(caller.post("/predict/churn", "[{\"age\": 1}, 5]").error()).contains("row 1");
        assertThat(caller.post("/predict/churn", "{\"plan\": 1}").error()).contains("age");
    }

    @Test
    void refusesBytesThatAreNoUtf8() {
        Caller.Answer answer = caller.post("/predict/churn", new byte[] {'{', '"', (byte) 0xff, '"', ':', '1', '}'});
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.error()).contains("UTF-8");
    }

    @Test
    void answersWithValidJsonWhateverTheNamesHold() {
        String hostile = "{\"age\": 3, \"\\ud800\": \"\\u0000\", \"<script>\": \"'; DROP TABLE x; --\"}";
        assertThat(caller.post("/predict/churn", hostile).status()).isEqualTo(200);
        Caller.Answer refused = caller.post("/predict/churn", "{\"rows\": [{\"age\": 1}], \"\\ud800<b>\\n\": 1}");
        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.error()).contains("<b>");
        assertThat(refused.headers().firstValue("x-content-type-options")).hasValue("nosniff");
    }

    @Test
    void hugeNumbersThatAreNumbersAreTaken() {
        assertThat(caller.post("/predict/churn", "{\"age\": 123456789012345678901234567890}")
                        .status())
                .isEqualTo(200);
        assertThat(yes(caller.post("/predict/churn", "{\"age\": 1e300}")
                        .predictions()
                        .get(0)))
                .isEqualTo(1.0);
        assertThat(caller.post("/predict/churn", "{\"age\": 1e999999999}").status())
                .isEqualTo(200);
    }

    @Test
    void limitsRowsAndBytes() {
        String rows =
                IntStream.range(0, 1_001).mapToObj(i -> "{\"age\": 1}").collect(Collectors.joining(",", "[", "]"));
        Caller.Answer tooMany = caller.post("/predict/churn", rows);
        assertThat(tooMany.status()).isEqualTo(413);
        assertThat(tooMany.error()).contains("1001", "1000");

        Caller.Answer tooLarge = caller.post("/predict/churn", "{\"age\": \"" + "x".repeat(300_000) + "\"}");
        assertThat(tooLarge.status()).isEqualTo(413);
        assertThat(tooLarge.error()).contains("200000");
        assertThat(caller.post("/predict/churn", "{\"age\": 1}").status()).isEqualTo(200);
    }

    @Test
    void unpacksGzipAndRefusesABomb() {
        byte[] plain = "{\"age\": 60}".getBytes(StandardCharsets.UTF_8);
        assertThat(caller.post("/predict/churn", Caller.gzip(plain), "Content-Encoding", "gzip")
                        .status())
                .isEqualTo(200);
        assertThat(caller.post("/predict/churn", Caller.gzip(new byte[100_000_000]), "Content-Encoding", "gzip")
                        .status())
                .isEqualTo(413);
        assertThat(caller.post("/predict/churn", plain, "Content-Encoding", "gzip")
                        .status())
                .isEqualTo(400);
        byte[] torn = java.util.Arrays.copyOf(Caller.gzip(plain), 20);
        assertThat(caller.post("/predict/churn", torn, "Content-Encoding", "gzip")
                        .status())
                .isEqualTo(400);
        assertThat(caller.post("/predict/churn", plain, "Content-Encoding", "br")
                        .status())
                .isEqualTo(415);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "text/plain",
                "application/x-www-form-urlencoded",
                "text/csv",
                "multipart/form-data",
                "nonsense",
                "application/json; charset=utf-16",
                "application/json; charset=no-such"
            })
    void refusesOtherContentTypes(String type) {
        Caller.Answer answer = caller.post("/predict/churn", "{\"age\": 60}", "Content-Type", type);
        assertThat(answer.status()).isEqualTo(415);
        assertThat(answer.error()).contains(type);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "application/json",
                "application/json; charset=UTF-8",
                "application/vnd.x+json",
                "APPLICATION/JSON"
            })
    void takesEveryKindOfJson(String type) {
        assertThat(caller.post("/predict/churn", "{\"age\": 60}", "Content-Type", type)
                        .status())
                .isEqualTo(200);
    }

    @Test
    void showsPagesProbesDocumentsAndMetrics() {
        assertThat(caller.get("/health/live").text()).isEqualTo("{\"live\":true}");
        assertThat(caller.get("/health/ready").text()).isEqualTo("{\"ready\":true,\"live\":true}");
        assertThat(caller.get("/").text()).contains("<title>Tatara</title>");
        Caller.Answer report = caller.get("/reports/churn");
        assertThat(report.text()).isEqualTo("<h1>Churn</h1>");
        assertThat(report.headers().firstValue("content-security-policy")).isPresent();
        assertThat(caller.get("/docs").text()).contains("/predict/NAME");
        caller.post("/predict/churn", "{\"age\": 60}");
        Caller.Answer metrics = caller.get("/metrics");
        assertThat(metrics.headers().firstValue("content-type")).hasValue("text/plain; version=0.0.4; charset=utf-8");
        assertThat(metrics.text())
                .contains("tatara_requests_total{model=\"churn\",route=\"/predict/:name\",status=\"200\"}")
                .contains("tatara_request_seconds_bucket{route=\"/predict/:name\",le=\"0.01\"}")
                .contains("tatara_predictions_total{model=\"churn\",version=\"1\"}")
                .contains("tatara_model_info{model=\"churn\",version=\"1\"} 1")
                .contains("tatara_prediction_log_dropped_total 0")
                .contains("jvm_memory_used_bytes");
    }

    @Test
    void everyDocumentedPathIsThere() {
        Json.Obj paths =
                (Json.Obj) caller.get("/docs/openapi.json").json().members().get("paths");
        paths.members().forEach((path, methods) -> ((Json.Obj) methods)
                .members()
                .keySet()
                .forEach(method -> {
                    String url = path.replace("{name}", "churn").replace("{version}", "1");
                    Caller.Answer answer = method.equals("get") ? caller.get(url) : caller.post(url, "{}");
                    assertThat(answer.status()).as(method + " " + path).isIn(200, 400);
                }));
        assertThat(paths.members()).hasSizeGreaterThan(15);
    }
}
