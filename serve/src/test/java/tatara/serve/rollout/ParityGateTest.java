package tatara.serve.rollout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tatara.core.error.TataraException;
import tatara.core.frame.Frame;
import tatara.model.bundle.ModelBundle;
import tatara.model.prediction.Predictions;
import tatara.serve.MemoryRegistry;
import tatara.serve.TestBundles;
import tatara.serve.rest.PageSource;
import tatara.serve.rest.PredictionServer;
import tatara.serve.rest.RegistryModels;
import tatara.serve.rest.ServerParts;
import tatara.serve.rest.ServerSettings;

class ParityGateTest {
    private static final Map<String, ModelBundle> BUNDLES = Map.of(
            "binary", TestBundles.binary(0),
            "multiclass", TestBundles.multiclass(),
            "regression", TestBundles.regression(),
            "anomaly", TestBundles.anomaly(),
            "forecast", TestBundles.forecast());

    @TempDir
    static Path home;

    private static RegistryModels models;
    private static PredictionServer server;

    @BeforeAll
    static void start() {
        MemoryRegistry registry = new MemoryRegistry();
        BUNDLES.forEach((name, bundle) -> {
            bundle.write(home.resolve(name));
            registry.register(name, home.resolve(name), name, Map.of());
            registry.promote(name, 1, "production", "");
        });
        models = RegistryModels.open(registry);
        server = PredictionServer.start(
                new ServerSettings("127.0.0.1", 0, 10_000_000, 10_000, 64, 10_000, Optional.of("key")),
                ServerParts.in(home, models, PageSource.none(), Clock.systemUTC()));
    }

    @AfterAll
    static void stop() throws IOException {
        server.close();
        models.close();
        try (Stream<Path> files = Files.walk(home.resolve("predictions-log"))) {
            List<Path> logs = files.filter(Files::isRegularFile).toList();
            assertThat(logs).hasSizeGreaterThanOrEqualTo(5);
            for (Path log : logs) {
                assertThat(Files.readAllLines(log)).allMatch(line -> line.contains("\"purpose\":\"parity\""));
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"binary", "multiclass", "regression", "anomaly", "forecast"})
    void everyPathAnswersAsBatchDoes(String name) {
        Frame rows = name.equals("forecast") ? TestBundles.steps(7) : TestBundles.rows(450);
        ParityResult result = gate(0).check(name, rows, BUNDLES.get(name).predict(rows));

        assertThat(result.mismatches()).isEmpty();
        assertThat(result.passed()).isTrue();
        assertThat(result.rows()).isEqualTo(rows.rows());
        assertThat(result.maxDifference()).isZero();
        assertThat(gate(0).check(name, 1, rows, BUNDLES.get(name).predict(rows)).passed())
                .isTrue();
    }

    @Test
    void aPlantedSkewIsFound() {
        Frame rows = TestBundles.rows(300);
        Predictions skewed = TestBundles.binary(0.01).predict(rows);
        ParityResult result = gate(1e-6).check("binary", rows, skewed);

        assertThat(result.passed()).isFalse();
        assertThat(result.maxDifference()).isBetween(1e-6, 0.1);
        assertThat(result.mismatchCount()).isGreaterThan(500);
        assertThat(result.mismatches()).hasSize(ParityGate.LISTED);
        assertThat(result.mismatches().get(0).path()).isEqualTo("/predict");
        assertThat(result.mismatches().get(0).value()).startsWith("probability_");
        assertThat(gate(0.1)
                        .check("binary", rows, TestBundles.binary(0).predict(rows))
                        .passed())
                .isTrue();
    }

    @Test
    void oneWrongLabelAmongManyIsFoundOnBothPaths() {
        Frame rows = TestBundles.rows(250);
        Predictions right = TestBundles.multiclass().predict(rows);
        java.util.ArrayList<String> labels = new java.util.ArrayList<>(right.labels());
        labels.set(220, labels.get(220).equals("e") ? "a,b" : "e");
        Predictions wrong = new Predictions(
                right.rows(),
                labels,
                right.values(),
                right.classes(),
                right.probabilities(),
                right.lower(),
                right.upper());
        ParityResult result = gate(1e-9).check("multiclass", rows, wrong);

        assertThat(result.mismatches())
                .extracting(ParityResult.Mismatch::row, ParityResult.Mismatch::path, ParityResult.Mismatch::value)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple(220, "/predict", "prediction"),
                        org.assertj.core.groups.Tuple.tuple(220, "/v2", "prediction"));
    }

    @Test
    void aServerThatRefusesTheRowsIsAMismatch() {
        Frame rows = TestBundles.steps(5);
        Predictions expected = TestBundles.forecast().predict(rows);
        ParityResult result = gate(1e-9).check("binary", rows, expected);
        assertThat(result.passed()).isFalse();
        assertThat(result.mismatches()).allMatch(mismatch -> mismatch.value().equals("response"));
    }

    @Test
    void aServerThatIsNotThereOrDoesNotKnowTheModelIsAnError() {
        Frame rows = TestBundles.rows(3);
        Predictions expected = TestBundles.binary(0).predict(rows);
        assertThatThrownBy(() -> gate(0).check("nobody", rows, expected))
                .isInstanceOfSatisfying(
                        TataraException.class, e -> assertThat(e.code()).isEqualTo(RolloutErrorCode.SERVER_UNAVAILABLE))
                .hasMessageContaining("404");
        ParityGate nowhere = new ParityGate(URI.create("http://127.0.0.1:1"), Optional.empty(), 0);
        assertThatThrownBy(() -> nowhere.check("binary", rows, expected)).isInstanceOf(TataraException.class);
        ParityGate stranger = new ParityGate(server.uri(), Optional.of("wrong"), 0);
        assertThatThrownBy(() -> stranger.check("binary", rows, expected)).hasMessageContaining("401");
    }

    private static ParityGate gate(double tolerance) {
        return new ParityGate(server.uri(), Optional.of("key"), tolerance);
    }
}
