package tatara.serve.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tatara.core.error.TataraException;
import tatara.core.json.Json;
import tatara.serve.MemoryRegistry;
import tatara.serve.TestBundles;

class RegistryModelsTest {
    private static final String ROW = "{\"tenure\": 12, \"charges\": \"$1.234,50\", \"plan \\\"x\\\", y\": \"pro\"}";

    @TempDir
    Path home;

    private final MemoryRegistry registry = new MemoryRegistry();

    @Test
    void servesWhatIsInProductionAndVersionsByNumber() {
        register(0);
        register(3);
        registry.promote("churn", 1, "production", "");
        try (RegistryModels models = RegistryModels.open(registry)) {
            assertThat(models.names()).containsExactly("churn");
            assertThat(models.isReady()).isTrue();
            assertThat(models.production("churn").orElseThrow().version()).isEqualTo(1);
            assertThat(models.version("churn", 2).orElseThrow().version()).isEqualTo(2);
            assertThat(models.version("churn", 2).orElseThrow())
                    .isSameAs(models.version("churn", 2).orElseThrow());
            assertThat(models.version("churn", 3)).isEmpty();
            assertThat(models.production("other")).isEmpty();
            assertThat(models.versions("churn")).containsExactly(2, 1);
        }
    }

    @Test
    void switchesUnderLoadWithoutAFailedRequest() throws Exception {
        register(0);
        registry.promote("churn", 1, "production", "");
        ExecutorService threads = Executors.newFixedThreadPool(4);
        try (RegistryModels models = RegistryModels.open(registry);
                PredictionServer server = PredictionServer.start(
                        ServerSettings.local(0), ServerParts.in(home, models, PageSource.none(), Clock.systemUTC()))) {
            Caller caller = new Caller(server.uri());
            AtomicBoolean over = new AtomicBoolean();
            AtomicInteger newest = new AtomicInteger();
            List<Future<Integer>> failures = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                failures.add(threads.submit(() -> {
                    int failed = 0;
                    while (!over.get()) {
                        Caller.Answer answer = caller.post("/predict/churn", ROW);
                        failed += answer.status() == 200 ? 0 : 1;
                        newest.accumulateAndGet(version(answer), Math::max);
                    }
                    return failed;
                }));
            }
            for (int version = 2; version <= 4; version++) {
                register(version);
                registry.promote("churn", version, "production", "");
                int expected = version;
                eventually(() -> newest.get() == expected);
            }
            over.set(true);
            for (Future<Integer> each : failures) {
                assertThat(each.get()).isZero();
            }
            assertThat(version(caller.post("/predict/churn", ROW))).isEqualTo(4);
            assertThat(version(caller.post("/predict/churn/versions/1", ROW))).isEqualTo(1);
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    void aBrokenVersionNeverTakesOver() throws IOException {
        register(0);
        registry.promote("churn", 1, "production", "");
        try (RegistryModels models = RegistryModels.open(registry);
                PredictionServer server = PredictionServer.start(
                        ServerSettings.local(0), ServerParts.in(home, models, PageSource.none(), Clock.systemUTC()))) {
            Caller caller = new Caller(server.uri());
            Path broken = Files.createDirectories(home.resolve("broken"));
            Files.writeString(broken.resolve("bundle.json"), "{}");
            registry.register("churn", broken, "broken", Map.of());
            registry.promote("churn", 2, "production", "");
            registry.register("other", broken, "broken", Map.of());
            registry.promote("other", 1, "production", "");
            eventually(() -> models.names().contains("other"));

            assertThat(version(caller.post("/predict/churn", ROW))).isEqualTo(1);
            Caller.Answer refused = caller.post("/predict/other", ROW);
            assertThat(refused.status()).isEqualTo(503);
            assertThat(refused.error()).contains("version 1 of model other");
            assertThat(caller.get("/v2/models/other/ready").status()).isEqualTo(503);
            assertThat(caller.get("/metrics").text()).contains("tatara_model_info{model=\"churn\",version=\"1\"} 1");
            assertThat(caller.get("/health/ready").status()).isEqualTo(200);

            registry.promote("churn", 1, "production", "");
            TestBundles.binary(1).write(home.resolve("mended"));
            registry.register("other", home.resolve("mended"), "mended", Map.of());
            registry.promote("other", 2, "production", "");
            eventually(() -> caller.post("/predict/other", ROW).status() == 200);
        }
    }

    @Test
    void aModelThatLeavesProductionIsNoLongerServed() {
        register(0);
        registry.promote("churn", 1, "production", "");
        try (RegistryModels models = RegistryModels.open(registry)) {
            registry.promote("churn", 1, "archived", "");
            eventually(() -> models.names().isEmpty());
            assertThat(models.production("churn")).isEmpty();
            assertThat(models.version("churn", 1)).isPresent();
        }
    }

    @Test
    void anAbsentBundleIsToldWhenItIsAskedFor() {
        registry.register("churn", home.resolve("nowhere"), "key", Map.of());
        registry.promote("churn", 1, "production", "");
        try (RegistryModels models = RegistryModels.open(registry)) {
            assertThat(models.isReady()).isTrue();
            assertThatThrownBy(() -> models.production("churn"))
                    .isInstanceOfSatisfying(
                            TataraException.class, e -> assertThat(e.code()).isEqualTo(RestErrorCode.MODEL_UNAVAILABLE))
                    .hasMessageContaining("nowhere");
        }
    }

    private void register(double shift) {
        Path bundle = home.resolve("bundle-" + shift);
        TestBundles.binary(shift).write(bundle);
        registry.register("churn", bundle, "key-" + shift, Map.of());
    }

    private static int version(Caller.Answer answer) {
        Json.Obj model = (Json.Obj) answer.json().members().getOrDefault("model", Json.object());
        return model.find("version")
                .map(version -> Integer.parseInt(((Json.Str) version).value()))
                .orElse(0);
    }

    private static void eventually(BooleanSupplier condition) {
        long end = System.nanoTime() + 20_000_000_000L;
        while (!condition.getAsBoolean() && System.nanoTime() < end) {
            java.util.concurrent.locks.LockSupport.parkNanos(10_000_000);
        }
        assertThat(condition.getAsBoolean()).isTrue();
    }
}
