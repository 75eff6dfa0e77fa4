package tatara.connectors.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tatara.core.error.TataraException;
import tatara.core.json.Json;
import tatara.core.json.JsonText;
import tatara.core.port.Change;
import tatara.core.port.ChangeFeed;
import tatara.core.port.ChangeFeed.ChangeBatch;
import tatara.core.port.RemoteObject;
import tatara.core.port.Secrets;

/** Topics of a real broker. */
final class TopicTest {
    private static final Secrets SECRETS = reference -> switch (reference) {
        case "env:RIGHT" -> Broker.PASSWORD;
        case "env:WRONG" -> "guess-4711";
        default ->
            throw new TataraException(KafkaErrorCode.LOCATION_MALFORMED, tatara.core.error.Fault.of("no reference"));
    };
    private static final Duration WAIT = Duration.ofSeconds(3);

    @TempDir
    static Path directory;

    private static Broker broker;

    @TempDir
    Path work;

    @BeforeAll
    static void start() throws IOException {
        broker = new Broker(directory);
    }

    @AfterAll
    static void stop() {
        broker.close();
    }

    private final KafkaConnector connector = new KafkaConnector();

    private ChangeFeed open(String location, String position) {
        return new KafkaChangeFeeds().open(location, position, work, SECRETS);
    }

    /** Everything that is there, and the position after it. */
    private record Followed(List<Change> changes, List<ChangeFeed.Rejected> rejected, String position) {}

    private Followed follow(String location, String position) {
        try (ChangeFeed feed = open(location, position)) {
            return follow(feed, position);
        }
    }

    private static Followed follow(ChangeFeed feed, String position) {
        List<Change> changes = new ArrayList<>();
        List<ChangeFeed.Rejected> rejected = new ArrayList<>();
        String at = position;
        for (Optional<ChangeBatch> batch = feed.poll(WAIT, 3);
                batch.isPresent();
                batch = feed.poll(Duration.ofMillis(500), 3)) {
            assertThat(batch.get().changes().size() + batch.get().rejected().size())
                    .isBetween(1, 3);
            changes.addAll(batch.get().changes());
            rejected.addAll(batch.get().rejected());
            at = batch.get().position();
            feed.stored(at);
        }
        assertThat(feed.caughtUp()).contains(true);
        return new Followed(changes, rejected, at);
    }

    private List<Json.Obj> copy(RemoteObject object) throws IOException {
        Path file = work.resolve(object.name());
        connector.fetch(object, file, SECRETS, bytes -> {});
        return Files.readAllLines(file).stream()
                .map(line -> (Json.Obj) JsonText.read("line", line))
                .toList();
    }

    @Test
    void aCopyHoldsTheRecordsUpToTheEndsAtTheTimeOfListing() throws Exception {
        broker.topic("orders", 2);
        broker.write("orders", 0, "a", "{\"x\":1,\"s\":{\"y\":[1,2]}}", null, "{\"x\":2}", "b", "no json", "c", null);
        broker.write("orders", 1, "d", "{\"x\":3,\"_offset\":\"mine\"}");
        RemoteObject listed = connector.list(broker.location("orders"), SECRETS).get(0);
        broker.write("orders", 1, "e", "{\"x\":4}");

        List<Json.Obj> rows = copy(listed);
        assertThat(listed.name()).isEqualTo("orders.jsonl");
        assertThat(rows).hasSize(5);
        Json.Obj first = rows.stream()
                .filter(row -> row.find("_key").orElseThrow().equals(Json.string("a")))
                .findFirst()
                .orElseThrow();
        assertThat(first.members()).containsKeys("x", "s", "_timestamp");
        assertThat(first.members())
                .containsEntry("_partition", new Json.Num(0L))
                .containsEntry("_offset", new Json.Num(0L));
        assertThat(rows).anySatisfy(row -> assertThat(row.members()).containsEntry("_value", Json.string("no json")));
        assertThat(rows).anySatisfy(row -> assertThat(row.members())
                .containsEntry("_deleted", new Json.Bool(true))
                .containsEntry("_key", Json.string("c")));
        assertThat(rows).anySatisfy(row -> assertThat(row.members())
                .containsEntry("_offset", Json.string("mine"))
                .containsEntry("__offset", new Json.Num(0L)));

        String later = connector.after(listed.uri(), listed.version()).orElseThrow();
        RemoteObject rest = connector.list(later, SECRETS).get(0);
        assertThat(rest.version()).isNotEqualTo(listed.version());
        assertThat(copy(rest)).hasSize(1).allSatisfy(row -> assertThat(row.members())
                .containsEntry("x", new Json.Num(4L)));
        String latest = connector.after(listed.uri(), rest.version()).orElseThrow();
        assertThat(copy(connector.list(latest, SECRETS).get(0))).isEmpty();
        assertThat(connector.list(latest, SECRETS).get(0).version()).isEqualTo(rest.version());
    }

    @Test
    void abortedTransactionsAreNotSeenAndDoNotHoldUpTheEnd() throws Exception {
        broker.topic("transfers", 1);
        try (KafkaProducer<byte[], byte[]> writer = broker.writer("t")) {
            writer.initTransactions();
            writer.beginTransaction();
            writer.send(Broker.record("transfers", 0, "a", "{\"x\":1}"));
            writer.commitTransaction();
            writer.beginTransaction();
            for (int i = 0; i < 20; i++) {
                writer.send(Broker.record("transfers", 0, "b", "{\"x\":2}"));
            }
            writer.abortTransaction();
            writer.beginTransaction();
            writer.send(Broker.record("transfers", 0, "c", "{\"x\":3}"));
            writer.flush();
            assertThat(copy(connector
                            .list(broker.location("transfers"), SECRETS)
                            .get(0)))
                    .hasSize(1);
            writer.commitTransaction();
        }
        Followed followed = follow(broker.location("transfers"), "");
        assertThat(followed.changes())
                .extracting(change -> change.row().get("x"))
                .containsExactly(new Json.Num(1L), new Json.Num(3L));
        assertThat(copy(connector.list(broker.location("transfers"), SECRETS).get(0)))
                .hasSize(2);
    }

    @Test
    void changesAreReadOnWhereTheyWereLeftAndTheBrokerLearnsNothingOfIt() throws Exception {
        broker.topic("customers", 1);
        broker.write("customers", 0, "1", "{\"name\":\"Ann\"}", "2", "{\"name\":\"Bo\"}", "1", null, null, "?");
        Followed first = follow(broker.location("customers"), "");
        assertThat(first.changes())
                .extracting(Change::kind)
                .containsExactly(Change.Kind.UPDATE, Change.Kind.UPDATE, Change.Kind.DELETE);
        assertThat(first.changes().get(0).row()).containsEntry("_key", Json.string("1"));
        assertThat(first.changes())
                .extracting(Change::key)
                .containsOnly(Map.of("_key", Json.string("1")), Map.of("_key", Json.string("2")));
        assertThat(first.rejected()).singleElement().satisfies(one -> {
            assertThat(one.place()).isEqualTo("customers, partition 0, offset 3");
            assertThat(one.text()).isEqualTo("?");
        });
        broker.write("customers", 0, "3", "{\"name\":\"Cy\"}");
        Followed second = follow(broker.location("customers"), first.position());
        assertThat(second.changes())
                .extracting(change -> change.row().get("name"))
                .containsExactly(Json.string("Cy"));
        assertThat(second.changes().get(0).order())
                .isGreaterThan(first.changes().get(2).order());
        assertThat(broker.groups()).isEmpty();
    }

    @Test
    void aRowThatChangesItsKeyComesWholeInOneBatchWithItsFormerKey() throws Exception {
        broker.topic("moves", 2);
        String gone = "{\"op\":\"d\",\"before\":{\"id\":1},\"source\":{}}";
        String come = "{\"op\":\"c\",\"after\":{\"id\":9,\"text\":\"__debezium_unavailable_value\"},\"source\":{}}";
        String former =
                "{\"schema\":{\"type\":\"struct\",\"fields\":[{\"type\":\"int32\",\"field\":\"id\"}]},\"payload\":{\"id\":1}}";
        broker.write("moves", 0, "{\"id\":1}", "{\"op\":\"c\",\"after\":{\"id\":1,\"text\":\"long\"},\"source\":{}}");
        broker.write("moves", 0, Map.of("__debezium.newkey", "{\"id\":9}"), "{\"id\":1}", gone);
        broker.write("moves", 0, "{\"id\":1}", null, "{\"id\":2}", "{\"op\":\"c\",\"after\":{\"id\":2},\"source\":{}}");
        broker.write("moves", 1, Map.of("__debezium.oldkey", former), "{\"id\":9}", come);
        try (ChangeFeed feed = open(broker.location("moves"), "")) {
            ChangeBatch first = feed.poll(WAIT, 1).orElseThrow();
            List<Change> changes = new ArrayList<>(first.changes());
            if (changes.size() == 1) {
                changes.addAll(feed.poll(WAIT, 1).orElseThrow().changes());
            }
            assertThat(changes)
                    .extracting(Change::kind)
                    .as("at most one record was asked for, but a move is whole")
                    .startsWith(Change.Kind.INSERT, Change.Kind.DELETE, Change.Kind.DELETE);
            Change moved = changes.get(changes.size() - 1);
            assertThat(moved.row()).isEqualTo(Map.of("id", new Json.Num(9L)));
            assertThat(moved.formerKey()).isEqualTo(Map.of("id", new Json.Num(1L)));
        }
    }

    @Test
    void aMoveWhoseDeletionIsNotThereTellsWhatIsMissing() throws Exception {
        broker.topic("halves", 1);
        String come = "{\"op\":\"c\",\"after\":{\"id\":9,\"text\":\"__debezium_unavailable_value\"},\"source\":{}}";
        broker.write("halves", 0, Map.of("__debezium.oldkey", "{\"id\":1}"), "{\"id\":9}", come);
        Followed followed = follow(broker.location("halves"), "");
        assertThat(followed.changes()).singleElement().satisfies(change -> assertThat(change.formerKey())
                .isEmpty());
        assertThat(followed.rejected()).singleElement().satisfies(one -> assertThat(one.reason())
                .contains("text"));
    }

    @Test
    void partitionsThatComeLaterAreReadFromTheirStart() throws Exception {
        broker.topic("growing", 1);
        broker.write("growing", 0, "1", "{\"x\":1}");
        Followed first = follow(broker.location("growing"), "");
        broker.partitions("growing", 3);
        Thread.sleep(500);
        broker.write("growing", 2, "2", "{\"x\":2}");
        broker.write("growing", 0, "3", "{\"x\":3}");
        assertThat(follow(broker.location("growing"), first.position()).changes())
                .extracting(change -> change.row().get("x"))
                .containsExactly(new Json.Num(2L), new Json.Num(3L));
    }

    @Test
    void recordsLostToRetentionAreToldAndCanBePassedOver() throws Exception {
        broker.topic("short", 1);
        broker.write("short", 0, "1", "{\"x\":1}");
        String position = follow(broker.location("short"), "").position();
        broker.write("short", 0, "2", "{\"x\":2}", "3", "{\"x\":3}", "4", "{\"x\":4}");
        broker.forget("short", 0, 3);
        assertThatThrownBy(() -> follow(broker.location("short"), position))
                .isInstanceOf(TataraException.class)
                .hasMessageContaining("partition 0: offsets 1 to 2")
                .hasMessageContaining("--from-start")
                .extracting("code")
                .isEqualTo(KafkaErrorCode.RECORDS_LOST);
        assertThat(follow(broker.location("short") + "?lost=skip", position).changes())
                .extracting(change -> change.row().get("x"))
                .containsExactly(new Json.Num(4L));
        assertThat(follow(broker.location("short"), "").changes()).hasSize(1);
    }

    @Test
    void aTopicMadeAnewIsNotTheOneThatWasRead() throws Exception {
        broker.topic("again", 1);
        broker.write("again", 0, "1", "{\"x\":1}");
        String position = follow(broker.location("again"), "").position();
        broker.deleteTopic("again");
        Thread.sleep(500);
        broker.topic("again", 1);
        broker.write("again", 0, "1", "{\"x\":1}", "2", "{\"x\":2}");
        assertThatThrownBy(() -> follow(broker.location("again"), position))
                .extracting("code")
                .isEqualTo(KafkaErrorCode.TOPIC_REPLACED);
    }

    @Test
    void whatCannotBeReachedIsSaidWithoutASecret() throws Exception {
        broker.topic("guarded", 1);
        broker.write("guarded", 0, "1", "{\"x\":1}");
        String guarded = broker.guardedLocation("guarded") + "?security=sasl_plaintext&sasl=PLAIN&user=" + Broker.USER;
        assertThat(follow(guarded + "&password=env:RIGHT", "").changes()).hasSize(1);
        assertThatThrownBy(() -> follow(guarded + "&password=env:WRONG", ""))
                .hasMessageNotContaining("guess-4711")
                .extracting("code")
                .isEqualTo(KafkaErrorCode.ACCESS_REFUSED);
        assertThatThrownBy(() -> follow(broker.location("nowhere"), ""))
                .hasMessageContaining("nowhere")
                .hasMessageContaining("guarded")
                .extracting("code")
                .isEqualTo(KafkaErrorCode.TOPIC_NOT_FOUND);
        assertThatThrownBy(() -> follow("kafka://127.0.0.1:1/x?timeout=2", ""))
                .extracting("code")
                .isEqualTo(KafkaErrorCode.BROKER_UNAVAILABLE);
        assertThatThrownBy(() -> follow("kafka://no-such-host.invalid/x?timeout=2", ""))
                .extracting("code")
                .isEqualTo(KafkaErrorCode.BROKER_UNAVAILABLE);
        assertThatThrownBy(() -> follow(broker.location("guarded") + "?pasword=env:RIGHT", ""))
                .hasMessageContaining("pasword")
                .hasMessageContaining("private-key")
                .asInstanceOf(InstanceOfAssertFactories.type(TataraException.class))
                .extracting(TataraException::code)
                .isEqualTo(KafkaErrorCode.LOCATION_MALFORMED);
    }

    @Test
    @Tag("slow")
    void aBrokerThatDiesIsToldAndReadingGoesOnWhenItIsBack() throws Exception {
        try (Broker own = new Broker(Files.createDirectory(work.resolve("own")))) {
            own.topic("lasting", 1);
            own.write("lasting", 0, "1", "{\"x\":1}");
            try (ChangeFeed feed = open(own.location("lasting") + "?timeout=2", "")) {
                Followed first = follow(feed, "");
                own.stop();
                assertThatThrownBy(() -> feed.poll(Duration.ofMillis(200), 10))
                        .extracting("code")
                        .isEqualTo(KafkaErrorCode.BROKER_UNAVAILABLE);
                own.start();
                own.write("lasting", 0, "2", "{\"x\":2}");
                assertThat(feed.poll(Duration.ofSeconds(20), 10).orElseThrow().changes())
                        .extracting(change -> change.row().get("x"))
                        .containsExactly(new Json.Num(2L));
                assertThat(follow(own.location("lasting"), first.position()).changes())
                        .hasSize(1);
            }
        }
    }
}
