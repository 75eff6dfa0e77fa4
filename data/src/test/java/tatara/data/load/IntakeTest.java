package tatara.data.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongConsumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tatara.core.evidence.TableRef;
import tatara.core.port.Connector;
import tatara.core.port.RemoteObject;
import tatara.core.port.Secrets;
import tatara.core.run.EventSink;
import tatara.data.lake.Lake;
import tatara.data.source.Sources;
import tatara.data.source.jdbc.JdbcConnector;
import tatara.data.source.remote.ConnectorLookup;
import tatara.data.source.remote.RemoteAccess;
import tatara.data.source.remote.RemoteCopies;
import tatara.testkit.postgres.PostgresServer;

/** Loads from places that tell what came since, and from databases. */
final class IntakeTest {
    private static final Clock NOW = Clock.fixed(Instant.parse("2026-03-01T12:00:00Z"), ZoneOffset.UTC);
    private static final String LOCATION = "log://here/events";
    private static final LoadRequest EVENTS = LoadRequest.of("shop.events");

    @TempDir
    Path home;

    private Lake lake = Lake.open(Path.of("unused"), 256, 1);
    private final RecordLog log = new RecordLog();
    private final Asked database = new Asked(new JdbcConnector());

    @BeforeEach
    void open() {
        lake = Lake.open(home, 512, 2);
    }

    @AfterEach
    void close() {
        lake.close();
    }

    /** A topic of one partition. */
    private static final class RecordLog implements Connector {
        final List<String> records = new ArrayList<>();

        @Override
        public Set<String> schemes() {
            return Set.of("log");
        }

        @Override
        public List<RemoteObject> list(String location, Secrets secrets) {
            return List.of(
                    new RemoteObject(location, "events.jsonl", -1, Optional.empty(), Integer.toString(records.size())));
        }

        @Override
        public Optional<String> after(String location, String version) {
            return Optional.of(location.replaceFirst("\\?.*", "") + "?after=" + (version.isEmpty() ? "0" : version));
        }

        @Override
        public void fetch(RemoteObject object, Path target, Secrets secrets, LongConsumer progress) {
            int from = Integer.parseInt(object.uri().replaceFirst(".*after=", ""));
            StringBuilder lines = new StringBuilder();
            for (int i = from; i < Integer.parseInt(object.version()); i++) {
                lines.append(records.get(i).replaceFirst("}$", ""))
                        .append(",\"_partition\":0,\"_offset\":")
                        .append(i)
                        .append("}\n");
            }
            try {
                Files.writeString(target, lines);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    /** Remembers what a connector was asked for. */
    private record Asked(Connector connector, List<String> locations) implements Connector {
        Asked(Connector connector) {
            this(connector, new ArrayList<>());
        }

        @Override
        public Set<String> schemes() {
            return connector.schemes();
        }

        @Override
        public List<RemoteObject> list(String location, Secrets secrets) {
            locations.add(location);
            return connector.list(location, secrets);
        }

        @Override
        public void fetch(RemoteObject object, Path target, Secrets secrets, LongConsumer progress) {
            connector.fetch(object, target, secrets, progress);
        }

        @Override
        public Optional<String> since(String location, String column, String value) {
            return connector.since(location, column, value);
        }
    }

    private LoadResult load(LoadRequest request, String location) {
        Path cache = home.resolve("cache");
        RemoteAccess access = new RemoteAccess(
                ConnectorLookup.of(List.of(log, database)), reference -> PostgresServer.PASSWORD, false);
        Sources sources = new Sources(cache, new RemoteCopies(cache, access, EventSink.none(), System::nanoTime));
        return new Intake(new Loading(lake, cache, NOW), access, sources, cache, EventSink.none())
                .load(request, location);
    }

    private List<String> rows(String columns) {
        TableRef ref = lake.current("raw", "shop.events").orElseThrow();
        return lake.engine()
                .query(
                        "SELECT concat_ws('|', " + columns + ") AS line FROM " + lake.from(ref) + " ORDER BY line",
                        row -> row.getString(1));
    }

    private int snapshots() {
        return lake.history().log("raw", "shop.events", "main").size();
    }

    @Test
    void recordsAreAppendedOnceFromTheStoredPositionOn() {
        log.records.addAll(List.of("{\"v\":\"a\"}", "{\"v\":\"a\"}"));
        assertThat(load(EVENTS, LOCATION).inserted()).isEqualTo(2);
        assertThat(load(EVENTS, LOCATION).changed()).isFalse();
        log.records.add("{\"v\":\"b\"}");
        assertThat(load(EVENTS, LOCATION).inserted()).isEqualTo(1);
        assertThat(rows("v, _offset")).containsExactly("a|0", "a|1", "b|2");
        assertThat(lake.history().log("raw", "shop.events", "main").get(0).properties())
                .containsEntry("load.position", "3");
        LoadResult again = load(EVENTS.anew(), LOCATION);
        assertThat(List.of(again.inserted(), again.known())).containsExactly(0L, 3L);
        log.records.add("{\"v\":\"c\"}");
        assertThat(load(EVENTS, LOCATION).inserted()).isEqualTo(1);
        assertThat(snapshots()).isEqualTo(3);
        assertThatThrownBy(() -> load(EVENTS.in(Mode.APPEND).anew(), LOCATION))
                .extracting("code")
                .isEqualTo(LoadErrorCode.SETTINGS_WRONG);
    }

    @Test
    void whatWasUndoneIsReadAgain() {
        log.records.add("{\"v\":\"a\"}");
        load(EVENTS, LOCATION);
        String first =
                Long.toString(lake.current("raw", "shop.events").orElseThrow().snapshot());
        log.records.add("{\"v\":\"b\"}");
        load(EVENTS, LOCATION);
        lake.history().restore("raw", "shop.events", first);
        assertThat(rows("v")).containsExactly("a");
        assertThat(load(EVENTS, LOCATION).inserted()).isEqualTo(1);
        assertThat(rows("v")).containsExactly("a", "b");
    }

    @Test
    void recordsWithAKeyReplaceAndDelete() {
        log.records.addAll(List.of("{\"id\":1,\"v\":\"a\"}", "{\"id\":2,\"v\":\"b\"}", "{\"id\":1,\"v\":\"c\"}"));
        load(EVENTS.by("id"), LOCATION);
        log.records.addAll(List.of("{\"id\":2,\"_deleted\":true}", "{\"id\":3,\"v\":\"d\"}"));
        LoadResult result = load(EVENTS, LOCATION);
        assertThat(List.of(result.inserted(), result.deleted())).containsExactly(1L, 1L);
        assertThat(rows("id, v")).containsExactly("1|c", "3|d");
        assertThat(load(EVENTS.in(Mode.REPLACE), LOCATION).table().orElseThrow().rows())
                .isEqualTo(5);
        assertThat(load(EVENTS, LOCATION).changed()).isFalse();
    }

    @Test
    @Tag("slow")
    void aDatabaseIsAskedOnlyForRowsThatCanBeNew() throws SQLException {
        try (PostgresServer server = PostgresServer.start(PostgresServer.Settings.usual());
                Connection connection = server.connect("postgres");
                Statement statement = connection.createStatement()) {
            statement.execute(
                    "CREATE TABLE \"Odd events\" (id bigint PRIMARY KEY, v text, \"changed at\" timestamptz NOT NULL)");
            statement.execute(
                    "INSERT INTO \"Odd events\" SELECT n, 'v' || n, timestamptz '2026-02-01 00:00+00' + n * interval '1 hour'"
                            + " FROM generate_series(1, 100) n");
            statement.execute("CREATE VIEW odd AS SELECT * FROM \"Odd events\"");
            String location = server.uri("postgres") + (server.uri("postgres").contains("?") ? "&" : "?")
                    + "table=public.odd&password=env:PASSWORD";
            LoadRequest request = EVENTS.by("id").after("changed at").lateBy("2h");
            assertThat(load(request, location).inserted()).isEqualTo(100);
            statement.execute(
                    "UPDATE \"Odd events\" SET v = 'new', \"changed at\" = '2026-02-06 00:00+00' WHERE id = 7");
            statement.execute("UPDATE \"Odd events\" SET v = 'unseen' WHERE id = 8");
            LoadResult second = load(EVENTS, location);
            assertThat(List.of(second.updated(), second.known())).containsExactly(1L, 3L);
            assertThat(database.locations()).last().asString().contains("2026-02-05");
            statement.execute("DELETE FROM \"Odd events\" WHERE id = 9");
            LoadResult third = load(EVENTS.deletingAbsent(), location);
            assertThat(List.of(third.updated(), third.deleted(), third.late())).containsExactly(0L, 1L, 1L);
        }
    }
}
