package tatara.serve.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tatara.core.error.TataraException;
import tatara.core.json.Json;
import tatara.core.json.JsonText;

class JournalTest {
    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00.5Z");
    private static final Clock CLOCK = Clock.fixed(NOW, ZoneOffset.UTC);

    @TempDir
    Path home;

    @Test
    void idsAreUuidsThatTellTheirModel() {
        SplittableRandom random = new SplittableRandom(1);
        PredictionIds ids = new PredictionIds(CLOCK, random::nextLong);
        List<String> given =
                Stream.generate(() -> ids.next("churn")).limit(10_000).toList();

        assertThat(given).doesNotHaveDuplicates();
        assertThat(given).allSatisfy(id -> {
            UUID uuid = UUID.fromString(id);
            assertThat(uuid.version()).isEqualTo(7);
            assertThat(uuid.variant()).isEqualTo(2);
            assertThat(uuid.getMostSignificantBits() >>> 16).isEqualTo(NOW.toEpochMilli());
            assertThat(PredictionIds.isOf("churn", id)).isTrue();
            assertThat(PredictionIds.isOf("other", id)).isFalse();
        });
        assertThat(new PredictionIds(CLOCK, new SplittableRandom(1)::nextLong).next("churn"))
                .isEqualTo(given.get(0));
    }

    @Test
    void idsOfOthersAreUnknown() {
        String id = new PredictionIds(CLOCK, () -> 5).next("churn");
        for (int at = 0; at < id.length(); at++) {
            char wrong = id.charAt(at) == '0' ? '1' : '0';
            assertThat(PredictionIds.isOf("churn", id.substring(0, at) + wrong + id.substring(at + 1)))
                    .isFalse();
        }
        for (String other : List.of("", "42", "x".repeat(36), UUID.randomUUID().toString())) {
            assertThat(PredictionIds.isOf("churn", other)).isFalse();
        }
    }

    @Test
    void everyPredictionIsALine() throws IOException {
        try (PredictionLog log = new PredictionLog(home, "p1", PredictionLog.Settings.standard())) {
            log.offer(record("churn", 0, 2, Optional.empty()));
            log.offer(record("churn", 2, 1, Optional.of("parity")));
            log.offer(record("../../etc", 3, 1, Optional.empty()));
            log.offer(record("..", 4, 1, Optional.empty()));
        }
        assertThat(Files.readAllLines(home.resolve("churn/predictions-p1-000001.jsonl")))
                .containsExactly(
                        "{\"id\":\"id-0\",\"at\":\"2026-03-01T12:00:00.500Z\",\"model\":\"churn\",\"version\":3,"
                                + "\"inputs\":{\"a\\n\\\"b\":0},\"output\":{\"prediction\":\"Yes\"}}",
                        "{\"id\":\"id-1\",\"at\":\"2026-03-01T12:00:00.500Z\",\"model\":\"churn\",\"version\":3,"
                                + "\"inputs\":{\"a\\n\\\"b\":1},\"output\":{\"prediction\":\"Yes\"}}",
                        "{\"id\":\"id-2\",\"at\":\"2026-03-01T12:00:00.500Z\",\"model\":\"churn\",\"version\":3,"
                                + "\"purpose\":\"parity\",\"inputs\":{\"a\\n\\\"b\":2},\"output\":{\"prediction\":\"Yes\"}}");
        try (Stream<Path> all = Files.list(home)) {
            assertThat(all.map(path -> path.getFileName().toString()))
                    .containsExactlyInAnyOrder("churn", "%2E.%2F..%2Fetc", "%2E.");
        }
    }

    @Test
    void filesAreBegunAnewWhenTheyAreLarge() throws IOException {
        try (PredictionLog log = new PredictionLog(home, "p1", new PredictionLog.Settings(1, 1 << 20, 1_000))) {
            for (int i = 0; i < 40; i++) {
                log.offer(record("churn", i, 1, Optional.empty()));
            }
        }
        List<String> ids = new ArrayList<>();
        List<Path> files = files();
        assertThat(files).hasSizeGreaterThan(4);
        for (Path file : files) {
            assertThat(Files.size(file)).isLessThanOrEqualTo(1_000);
            for (String line : Files.readAllLines(file)) {
                ids.add(((Json.Str) ((Json.Obj) JsonText.read("line", line))
                                .members()
                                .get("id"))
                        .value());
            }
        }
        assertThat(ids)
                .isEqualTo(IntStream.range(0, 40).mapToObj(i -> "id-" + i).toList());
    }

    @Test
    void whatDoesNotFitIsCounted() {
        PredictionLog log = new PredictionLog(home, "p1", new PredictionLog.Settings(1, 10_000, 1 << 20));
        PredictionRecord large = new PredictionRecord(
                "churn",
                1,
                NOW,
                List.of(Json.object()),
                List.of(Json.object().with("id", "x")),
                Optional.empty(),
                50_000);
        log.offer(large);
        log.offer(record("churn", 0, 3, Optional.empty()));
        log.close();
        log.offer(record("churn", 3, 2, Optional.empty()));
        assertThat(log.written()).isEqualTo(3);
        assertThat(log.dropped()).isEqualTo(3);
    }

    @Test
    void aDiskThatRefusesIsCountedAndHarmsNobody() throws IOException {
        Path file = Files.writeString(home.resolve("file"), "");
        try (PredictionLog log = new PredictionLog(file, "p1", PredictionLog.Settings.standard())) {
            log.offer(record("churn", 0, 3, Optional.empty()));
            log.close();
            assertThat(log.dropped()).isEqualTo(3);
        }
    }

    @Test
    void aSampleIsChosenById() throws IOException {
        for (String process : List.of("p1", "p2")) {
            try (PredictionLog log =
                    new PredictionLog(home, process, new PredictionLog.Settings(0.25, 1 << 24, 1 << 24))) {
                log.offer(record("churn", 0, 20_000, Optional.empty()));
            }
        }
        List<Path> files = files();
        assertThat(Files.readAllLines(files.get(0))).hasSizeBetween(4_500, 5_500);
        assertThat(Files.readAllLines(files.get(1))).isEqualTo(Files.readAllLines(files.get(0)));
    }

    @Test
    void labelsAreStoredOncePerModelAndId() {
        String known = new PredictionIds(CLOCK, () -> 7).next("churn");
        List<Label> labels = List.of(
                new Label(known, Json.string("Yes")), new Label("'; DROP TABLE feedback; --", new Json.Bool(true)));
        try (FeedbackStore store = store()) {
            assertThat(store.store("churn", labels)).isEqualTo(new FeedbackReceipt(2, 0, 0, 1));
            assertThat(store.store("churn", labels)).isEqualTo(new FeedbackReceipt(0, 0, 2, 1));
            assertThat(store.store("other", labels)).isEqualTo(new FeedbackReceipt(2, 0, 0, 2));
            assertThat(store.store("churn", List.of(new Label(known, new Json.Num(1L)))))
                    .isEqualTo(new FeedbackReceipt(0, 1, 0, 0));
        }
        try (FeedbackStore again = store()) {
            List<Label> stored = new ArrayList<>();
            again.forEach("churn", stored::add);
            assertThat(stored).containsExactly(labels.get(1), new Label(known, new Json.Num(1L)));
        }
    }

    @Test
    void aBatchWithABadLabelStoresNothing() {
        try (FeedbackStore store = store()) {
            List<Label> labels = List.of(new Label("a", new Json.Num(1L)), new Label(" ", new Json.Num(1L)));
            assertThatThrownBy(() -> store.store("churn", labels))
                    .isInstanceOfSatisfying(
                            TataraException.class, e -> assertThat(e.code()).isEqualTo(JournalErrorCode.INVALID_LABEL))
                    .hasMessageContaining("labels[1]");
            assertThat(store.store("churn", labels.subList(0, 1)).stored()).isEqualTo(1);
        }
    }

    @Test
    void manyProcessesStoreAtTheSameTime() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(4);
        try {
            List<Future<?>> all = new ArrayList<>();
            for (int i = 0; i < 12; i++) {
                int first = i * 10;
                all.add(threads.submit(() -> {
                    try (FeedbackStore store = store()) {
                        store.store(
                                "churn",
                                IntStream.range(first, first + 20)
                                        .mapToObj(id -> new Label("id-" + id, new Json.Num(1L)))
                                        .toList());
                    }
                }));
            }
            for (Future<?> each : all) {
                each.get();
            }
            List<Label> stored = new ArrayList<>();
            try (FeedbackStore store = store()) {
                store.forEach("churn", stored::add);
            }
            assertThat(stored).hasSize(130);
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    void aFileThatIsNoDatabaseSaysWhatToDo() throws IOException {
        Files.writeString(home.resolve("feedback.db"), "a letter ".repeat(1_000));
        try (FeedbackStore store = store()) {
            assertThatThrownBy(() -> store.store("churn", List.of(new Label("a", new Json.Num(1L)))))
                    .isInstanceOfSatisfying(TataraException.class, e -> assertThat(e.code())
                            .isEqualTo(JournalErrorCode.JOURNAL_UNAVAILABLE))
                    .hasMessageContaining("feedback.db");
        }
    }

    private FeedbackStore store() {
        return new FeedbackStore(home.resolve("feedback.db"), CLOCK);
    }

    private List<Path> files() throws IOException {
        try (Stream<Path> files = Files.list(home.resolve("churn"))) {
            return files.sorted().toList();
        }
    }

    private static PredictionRecord record(String model, int first, int rows, Optional<String> purpose) {
        List<Json.Obj> inputs = new ArrayList<>();
        List<Json.Obj> outputs = new ArrayList<>();
        for (int row = first; row < first + rows; row++) {
            inputs.add(Json.object().with("a\n\"b", (long) row));
            outputs.add(Json.object().with("prediction", "Yes").with("id", "id-" + row));
        }
        return new PredictionRecord(model, 3, NOW, inputs, outputs, purpose, 10L * rows);
    }
}
