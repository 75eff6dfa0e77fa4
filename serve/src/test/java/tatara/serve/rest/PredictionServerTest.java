package tatara.serve.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
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
import tatara.core.error.TataraException;
import tatara.core.json.Json;
import tatara.core.json.JsonText;

class PredictionServerTest {
    private static final ServerSettings SETTINGS =
            new ServerSettings("127.0.0.1", 0, 200_000, 1_000, 4, 2_000, Optional.empty());

    @TempDir
    static Path home;

    private static PredictionServer server;
    private static Caller caller;

    @BeforeAll
    static void start() {
        FixedModels models = new FixedModels()
                .with("churn", new RuleModel(0, 0))
                .with("slow", new RuleModel(0, 300))
                .with("stuck", new RuleModel(0, 4_000));
        PageSource pages =
                path -> path.equals("/reports/churn") ? Optional.of(Page.html("<h1>Churn</h1>")) : Optional.empty();
        server = PredictionServer.start(SETTINGS, ServerParts.in(home, models, pages, Clock.systemUTC()));
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
        assertThat(predictions(caller.post("/predict/churn", "{\"age\": 60}"))).hasSize(1);
        assertThat(predictions(caller.post("/predict/churn", "[{\"age\": 60}, {\"age\": 1}]")))
                .hasSize(2);
    }

    @Test
    void explainsOnRequest() {
        Caller.Answer answer = caller.post("/predict/churn?explain=true", "{\"age\": 60}");
        assertThat(predictions(answer).get(0).members().get("contributions"))
                .isEqualTo(Json.object().with("age", 20.0).with("plan \"x\"", 0.0));
        assertThat(predictions(caller.post("/predict/churn?explain=false", "{\"age\": 60}"))
                        .get(0)
                        .members())
                .doesNotContainKey("contributions");
        assertThat(caller.post("/predict/churn?explain=perhaps", "{\"age\": 60}")
                        .status())
                .isEqualTo(400);
    }

    @Test
    void answersAVersionThatIsAskedFor() {
        Json.Obj first = predictions(caller.post("/predict/churn/versions/1", "{\"age\": 60}"))
                .get(0);
        Json.Obj second = predictions(caller.post("/predict/churn/versions/2", "{\"age\": 60}"))
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
        assertThat(yes(predictions(caller.post("/predict/churn", "{\"age\": 1e300}"))
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
    void refusesForeignNamesAndPages() throws IOException {
        for (String request : List.of(
                "GET / HTTP/1.1\r\nHost: evil.example\r\nConnection: close\r\n\r\n",
                "POST /predict/churn HTTP/1.1\r\nHost: evil.example:" + server.port()
                        + "\r\nContent-Type: application/json\r\nContent-Length: 11\r\nConnection: close\r\n\r\n{\"age\": 60}",
                "POST /predict/churn HTTP/1.1\r\nHost: localhost:" + server.port()
                        + "\r\nOrigin: http://evil.example\r\nContent-Type: application/json\r\nContent-Length: 11\r\nConnection: close\r\n\r\n{\"age\": 60}",
                "POST /predict/churn HTTP/1.1\r\nHost: localhost:" + server.port()
                        + "\r\nOrigin: null\r\nContent-Type: application/json\r\nContent-Length: 11\r\nConnection: close\r\n\r\n{\"age\": 60}")) {
            assertThat(raw(request)).startsWith("HTTP/1.1 403").contains("\"error\"");
        }
        for (String host : List.of("localhost", "LOCALHOST.", "127.0.0.1", "[::1]", "localhost:" + server.port())) {
            assertThat(raw("GET /v2 HTTP/1.1\r\nHost: " + host + "\r\nConnection: close\r\n\r\n"))
                    .as(host)
                    .startsWith("HTTP/1.1 200");
        }
        String origin = "http://localhost:" + server.port();
        assertThat(
                        raw(
                                "POST /predict/churn HTTP/1.1\r\nHost: localhost:" + server.port() + "\r\nOrigin: "
                                        + origin
                                        + "\r\nContent-Type: application/json\r\nContent-Length: 11\r\nConnection: close\r\n\r\n{\"age\": 60}"))
                .startsWith("HTTP/1.1 200");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GET /predict/../../etc/passwd HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n",
                "GET /%zz HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n",
                "GARBAGE\r\n\r\n",
                "GET / HTTP/9.9\r\nConnection: close\r\n\r\n",
                "POST /predict/churn HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: abc\r\n\r\n",
                "POST /predict/churn HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: 99999999999\r\nConnection: close\r\n\r\n{}",
                "POST /predict/churn HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\nConnection: close\r\n\r\nzz\r\n"
            })
    void survivesBrokenHttp(String request) throws IOException {
        String answer = raw(request);
        assertThat(answer).matches("(?s)(HTTP/1.1 4\\d\\d .*)?");
        assertThat(caller.post("/predict/churn", "{\"age\": 1}").status()).isEqualTo(200);
    }

    @Test
    void takesChunkedBodies() throws IOException {
        assertThat(
                        raw(
                                "POST /predict/churn HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
                                        + "Transfer-Encoding: chunked\r\nConnection: close\r\n\r\n5\r\n{\"age\r\n6\r\n\": 60}\r\n0\r\n\r\n"))
                .startsWith("HTTP/1.1 200");
    }

    @Test
    void refusesAtOnceWhenTooManyWait() throws Exception {
        int callers = 24;
        ExecutorService threads = Executors.newFixedThreadPool(callers);
        try {
            List<Future<Caller.Answer>> answers = new ArrayList<>();
            for (int i = 0; i < callers; i++) {
                answers.add(threads.submit(() -> caller.post("/predict/slow", "{\"age\": 60}")));
            }
            List<Integer> statuses = new ArrayList<>();
            for (Future<Caller.Answer> answer : answers) {
                statuses.add(answer.get().status());
                if (answer.get().status() == 503) {
                    assertThat(answer.get().headers().firstValue("retry-after")).hasValue("1");
                    assertThat(answer.get().error()).contains("waiting");
                }
            }
            assertThat(statuses).contains(200, 503).containsOnly(200, 503);
        } finally {
            threads.shutdownNow();
        }
        assertThat(caller.post("/predict/churn", "{\"age\": 60}").status()).isEqualTo(200);
    }

    @Test
    void endsARequestAtItsDeadline() {
        Caller.Answer answer = caller.post("/predict/stuck", "{\"age\": 60}");
        assertThat(answer.status()).isEqualTo(504);
        assertThat(answer.error()).contains("2000 ms");
    }

    @Test
    void eightThreadsGetTheirOwnAnswers() throws Exception {
        ServerSettings roomy = ServerSettings.local(0);
        ServerParts parts = ServerParts.in(
                home.resolve("eight"),
                new FixedModels().with("churn", new RuleModel(0, 0)),
                PageSource.none(),
                Clock.systemUTC());
        ExecutorService threads = Executors.newFixedThreadPool(8);
        try (PredictionServer busy = PredictionServer.start(roomy, parts)) {
            Caller calls = new Caller(busy.uri());
            List<Future<Integer>> right = new ArrayList<>();
            for (int thread = 0; thread < 8; thread++) {
                int first = thread * 200;
                right.add(threads.submit(() -> (int) IntStream.range(first, first + 200)
                        .filter(age -> {
                            Caller.Answer answer = calls.post("/predict/churn", "{\"age\": " + age / 10.0 + "}");
                            return answer.status() == 200
                                    && Math.abs(yes(predictions(answer).get(0)) - RuleModel.probability(age / 10.0, 0))
                                            < 1e-12;
                        })
                        .count()));
            }
            for (Future<Integer> each : right) {
                assertThat(each.get()).isEqualTo(200);
            }
        } finally {
            threads.shutdownNow();
        }
        try (Stream<Path> files = Files.walk(home.resolve("eight/predictions-log"))) {
            long lines = files.filter(Files::isRegularFile)
                    .mapToLong(PredictionServerTest::lines)
                    .sum();
            assertThat(lines).isEqualTo(1_600);
        }
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
        String id =
                text(predictions(caller.post("/predict/churn", "{\"age\": 60}")).get(0), "id");
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

    @Test
    void aPortInUseSaysWhichAndWhatToDo() {
        ServerSettings taken = ServerSettings.local(server.port());
        assertThatThrownBy(() -> PredictionServer.start(
                        taken,
                        ServerParts.in(home.resolve("x"), new FixedModels(), PageSource.none(), Clock.systemUTC())))
                .isInstanceOfSatisfying(
                        TataraException.class, e -> assertThat(e.code()).isEqualTo(RestErrorCode.ADDRESS_UNAVAILABLE))
                .hasMessageContaining(String.valueOf(server.port()))
                .hasMessageContaining("--port");
    }

    @Test
    void listensToOthersOnlyWithATokenAndAsksForIt() {
        ServerParts parts = ServerParts.in(
                home.resolve("token"),
                new FixedModels().with("churn", new RuleModel(0, 0)),
                PageSource.none(),
                Clock.systemUTC());
        ServerSettings open = new ServerSettings("0.0.0.0", 0, 1_000, 10, 4, 1_000, Optional.of(" "));
        assertThatThrownBy(() -> PredictionServer.start(open, parts))
                .isInstanceOfSatisfying(
                        TataraException.class, e -> assertThat(e.code()).isEqualTo(RestErrorCode.TOKEN_REQUIRED))
                .hasMessageContaining("TATARA_TOKEN");

        ServerSettings guarded = new ServerSettings("0.0.0.0", 0, 1_000, 10, 4, 1_000, Optional.of("s3cret"));
        try (PredictionServer shared = PredictionServer.start(guarded, parts)) {
            Caller calls = new Caller(shared.uri());
            for (String authorization :
                    List.of("", "Bearer", "Bearer wrong", "Basic s3cret", "Bearer s3cre", "s3cret")) {
                Caller.Answer answer = calls.post("/predict/churn", "{\"age\": 1}", "Authorization", authorization);
                assertThat(answer.status()).as(authorization).isEqualTo(401);
                assertThat(answer.headers().firstValue("www-authenticate")).isPresent();
            }
            assertThat(calls.get("/").status()).isEqualTo(401);
            assertThat(calls.get("/metrics").status()).isEqualTo(401);
            assertThat(calls.get("/health/ready").status()).isEqualTo(200);
            assertThat(calls.post("/predict/churn", "{\"age\": 1}", "Authorization", "Bearer s3cret")
                            .status())
                    .isEqualTo(200);
        }
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

    private static String raw(String request) throws IOException {
        try (Socket socket = new Socket("127.0.0.1", server.port())) {
            socket.setSoTimeout(5_000);
            socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
            socket.getOutputStream().flush();
            return response(socket.getInputStream());
        }
    }

    /** Head and body of one response, or what came before the end. */
    private static String response(InputStream in) throws IOException {
        StringBuilder text = new StringBuilder();
        Pattern length = Pattern.compile("(?i)content-length: (\\d+)");
        for (int next = in.read(); next >= 0; next = in.read()) {
            text.append((char) next);
            if (text.toString().endsWith("\r\n\r\n")) {
                Matcher found = length.matcher(text);
                return text
                        + new String(
                                in.readNBytes(found.find() ? Integer.parseInt(found.group(1)) : 0),
                                StandardCharsets.UTF_8);
            }
        }
        return text.toString();
    }

    private static long lines(Path file) {
        try (Stream<String> lines = Files.lines(file)) {
            return lines.peek(line -> JsonText.read("line", line)).count();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private static List<Json.Obj> predictions(Caller.Answer answer) {
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        return ((Json.Arr) answer.json().members().get("predictions"))
                .items().stream().map(Json.Obj.class::cast).toList();
    }

    private static String text(Json object, String member) {
        return ((Json.Str) ((Json.Obj) object).members().get(member)).value();
    }

    private static double yes(Json object) {
        Json.Obj probabilities = (Json.Obj) ((Json.Obj) object).members().get("probabilities");
        return ((Json.Num) probabilities.members().get("Yes")).asDouble();
    }
}
