package tatara.serve.rest;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tatara.core.json.Json;
import tatara.core.json.JsonText;
import tatara.serve.TestBundles;

/** Real bundles of every task behind the server. */
class BundleModelTest {
    private static final String PLAN = "\"plan \\\"x\\\", y\": \"pro\"";

    @TempDir
    static Path home;

    private static PredictionServer server;
    private static Caller caller;

    @BeforeAll
    static void start() {
        FixedModels models = new FixedModels()
                .with("binary", new BundleModel(TestBundles.binary(0)))
                .with("multiclass", new BundleModel(TestBundles.multiclass()))
                .with("regression", new BundleModel(TestBundles.regression()))
                .with("anomaly", new BundleModel(TestBundles.anomaly()))
                .with("forecast", new BundleModel(TestBundles.forecast()));
        server = PredictionServer.start(
                ServerSettings.local(0), ServerParts.in(home, models, PageSource.none(), Clock.systemUTC()));
        caller = new Caller(server.uri());
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void readsTextsAsCellsOfTheTrainingData() {
        String spelled =
                "{\"tenure\": \" 12 \", \"charges\": \"$1.234,50\", \"senior\": \"ja\", \"since\": \"31.01.2026\", "
                        + PLAN + "}";
        String plain = "{\"tenure\": 12, \"charges\": 1234.5, \"senior\": true, \"since\": \"2026-01-31T00:00:00Z\", "
                + PLAN + "}";
        assertThat(answer("binary", spelled)).isEqualTo(answer("binary", plain));
        String missing = "{\"tenure\": null, \"charges\": \"?\", " + PLAN + "}";
        String empty = "{\"tenure\": \"\", \"charges\": null, \"senior\": \"\", \"since\": \" \", " + PLAN + "}";
        assertThat(answer("binary", missing)).isEqualTo(answer("binary", empty));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            binary   | [{"tenure": 1, "charges": 1, "plan \\"x\\", y": 1}, {"tenure": "abc", "charges": 1, "plan \\"x\\", y": 1}] | row 1 | tenure
            binary   | {"tenure": 1, "charges": "12 apples", "plan \\"x\\", y": 1} | row 0 | charges
            binary   | {"tenure": 1, "charges": 1, "since": "2026-13-45", "plan \\"x\\", y": 1} | row 0 | since
            binary   | {"tenure": {"a": 1}, "charges": 1, "plan \\"x\\", y": 1} | row 0 | tenure
            binary   | {"tenure": [1], "charges": 1, "plan \\"x\\", y": 1} | row 0 | tenure
            binary   | {"Tenure": 1, "charges": 1} | tenure | plan
            forecast | {"shop": "nowhere", "day": "2026-01-12"} | nowhere | north
            forecast | {"shop": "north", "day": "2020-01-12"} | north | not after
            forecast | {"shop": "north"} | day | shop
            """)
    void namesWhatIsWrong(String model, String body, String word, String other) {
        Caller.Answer refused = caller.post("/predict/" + model, body);
        assertThat(refused.status()).as(refused.text()).isEqualTo(400);
        assertThat(refused.error()).contains(word, other);
    }

    @Test
    void forecastsCarryTimeSeriesAndInterval() {
        assertThat(answer("forecast", "{\"shop\": \"süd\", \"day\": \"2026-01-12\"}"))
                .isEqualTo(
                        "{\"prediction\":204.0,\"time\":\"2026-01-12\",\"series\":\"süd\",\"lower\":202.0,\"upper\":206.0}");
        Caller.Answer refused =
                caller.post("/predict/forecast?explain=true", "{\"shop\": \"süd\", \"day\": \"2026-01-12\"}");
        assertThat(refused.status()).isEqualTo(400);
    }

    @Test
    void anomaliesCarryTheirScore() {
        Json.Obj answer =
                (Json.Obj) JsonText.read("answer", answer("anomaly", "{\"tenure\": 90, \"charges\": 1, " + PLAN + "}"));
        double score = ((Json.Num) answer.members().get("score")).asDouble();
        assertThat(answer.members().get("prediction")).isEqualTo(Json.string(score >= 0.6 ? "anomaly" : "normal"));
    }

    @Test
    void everyTaskHasItsOutputsInTheInferenceProtocol() {
        assertThat(outputs("binary")).containsExactly("prediction BYTES", "probabilities FP64", "id BYTES");
        assertThat(outputs("multiclass")).containsExactly("prediction BYTES", "probabilities FP64", "id BYTES");
        assertThat(outputs("regression")).containsExactly("prediction FP64", "id BYTES");
        assertThat(outputs("anomaly")).containsExactly("prediction BYTES", "score FP64", "id BYTES");
        assertThat(outputs("forecast")).containsExactly("prediction FP64", "lower FP64", "upper FP64", "id BYTES");
    }

    @Test
    void explainsTheColumns() {
        Caller.Answer answer =
                caller.post("/predict/multiclass?explain=true", "{\"tenure\": 3, \"charges\": 1, " + PLAN + "}");
        Json.Obj first = (Json.Obj)
                ((Json.Arr) answer.json().members().get("predictions")).items().get(0);
        assertThat(((Json.Obj) first.members().get("contributions")).members())
                .containsKeys("tenure", "charges", "plan \"x\", y");
    }

    private static List<String> outputs(String model) {
        return ((Json.Arr) caller.get("/v2/models/" + model).json().members().get("outputs"))
                .items().stream()
                        .map(Json.Obj.class::cast)
                        .map(output -> ((Json.Str) output.members().get("name")).value() + " "
                                + ((Json.Str) output.members().get("datatype")).value())
                        .toList();
    }

    /** The only prediction, without its id. */
    private static String answer(String model, String row) {
        Caller.Answer answer = caller.post("/predict/" + model, row);
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        Json.Obj first = (Json.Obj)
                ((Json.Arr) answer.json().members().get("predictions")).items().get(0);
        java.util.Map<String, Json> members = new java.util.LinkedHashMap<>(first.members());
        members.remove("id");
        return JsonText.write(new Json.Obj(members));
    }
}
