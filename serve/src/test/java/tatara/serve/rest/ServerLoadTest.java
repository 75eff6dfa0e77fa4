package tatara.serve.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static tatara.serve.rest.Caller.yes;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tatara.core.json.JsonText;

/** Many requests at once. */
class ServerLoadTest {
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
                                    && Math.abs(yes(answer.predictions().get(0)) - RuleModel.probability(age / 10.0, 0))
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
                    .mapToLong(ServerLoadTest::lines)
                    .sum();
            assertThat(lines).isEqualTo(1_600);
        }
    }

    private static long lines(Path file) {
        try (Stream<String> lines = Files.lines(file)) {
            return lines.peek(line -> JsonText.read("line", line)).count();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
