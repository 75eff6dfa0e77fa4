package tatara.connectors.debezium;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tatara.core.error.TataraException;
import tatara.core.json.Json;
import tatara.core.json.JsonText;
import tatara.core.port.Change;
import tatara.core.port.ChangeColumn;
import tatara.core.port.ChangeFeed;
import tatara.core.port.Secrets;
import tatara.testkit.postgres.PostgresServer;

class PostgresFeedTest {
    private static final Secrets SECRETS = reference -> reference.equals("env:RIGHT") ? PostgresServer.PASSWORD : "no";
    private static PostgresServer server;

    @TempDir
    Path work;

    @BeforeAll
    static void start() {
        server = PostgresServer.start(PostgresServer.Settings.logical());
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void copiesThenFollowsAndGoesOnWhereItWasLeft() throws SQLException {
        sql("CREATE TABLE orders (id int PRIMARY KEY, note text)", "INSERT INTO orders VALUES (1, 'a'), (2, 'b')");
        Replica replica = new Replica();
        String position;
        try (ChangeFeed feed = open("public.orders", "")) {
            replica.follow(feed);
            assertThat(replica.rows()).containsExactly("{\"id\":1,\"note\":\"a\"}", "{\"id\":2,\"note\":\"b\"}");
            sql(
                    "INSERT INTO orders VALUES (3, 'c')",
                    "UPDATE orders SET note = 'B' WHERE id = 2",
                    "UPDATE orders SET id = 9 WHERE id = 1",
                    "DELETE FROM orders WHERE id = 3");
            replica.until(feed, "{\"id\":2,\"note\":\"B\"}", "{\"id\":9,\"note\":\"a\"}");
            assertThat(replica.kinds)
                    .containsExactly("TRUNCATE", "READ", "READ", "INSERT", "UPDATE", "DELETE", "INSERT", "DELETE");
            position = replica.position;
            feed.stored(position);
        }
        sql("INSERT INTO orders VALUES (4, 'while nobody looked')");
        replica.kinds.clear();
        try (ChangeFeed feed = open("public.orders", position)) {
            replica.follow(feed);
            assertThat(replica.kinds).containsExactly("INSERT");
            sql("TRUNCATE orders", "INSERT INTO orders VALUES (5, null)");
            replica.until(feed, "{\"id\":5,\"note\":null}");
        }
    }

    @Test
    @Timeout(60)
    void valuesKeepEveryDigit() throws SQLException {
        sql(
                "CREATE TYPE mood AS ENUM ('sad', 'glad')",
                "CREATE TYPE pair AS (x int, y text)",
                "CREATE TABLE kinds (id bigint PRIMARY KEY, small smallint, exact numeric(40,20), free numeric, single real,"
                        + " twice double precision, truth boolean, day date, at timestamp, zoned timestamptz, clock time,"
                        + " span interval, bytes bytea, doc jsonb, tags text[], numbers int[], id2 uuid, mood mood, pair pair,"
                        + " bits bit(5), net inet, span2 int4range, money numeric(5,2))",
                "INSERT INTO kinds VALUES (9007199254740993, -3, 12345678901234567890.12345678901234567890, 'NaN', 0.1,"
                        + " 'Infinity', true, '2024-02-29', '2024-02-29 12:34:56.123456', '2024-02-29 12:00:00+02',"
                        + " '23:59:59.000001', '1 day 2 hours', '\\x00ff', '{\"a\": [1, null]}', '{x,NULL,\"y,z\"}', '{1,2}',"
                        + " 'a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11', 'glad', '(1,two)', B'10110', '10.0.0.1', '[1,5)', 1.50)",
                "INSERT INTO kinds (id, day, at) VALUES (2, 'infinity', '-infinity')");
        Replica replica = new Replica();
        try (ChangeFeed feed = open("public.kinds", "")) {
            replica.follow(feed);
            List<String> copied = replica.rows();
            sql(
                    "CREATE TEMPORARY TABLE kept AS SELECT * FROM kinds; DELETE FROM kinds; INSERT INTO kinds SELECT * FROM kept");
            while (replica.kinds.size() < 7) {
                replica.take(feed);
            }
            assertThat(replica.rows()).isEqualTo(copied);
            assertThat(replica.kinds).endsWith("INSERT", "INSERT");
            Json.Obj row = (Json.Obj) JsonText.read("row", copied.get(1));
            Map<String, String> texts = new TreeMap<>();
            row.members().forEach((name, value) -> texts.put(name, JsonText.write(value)));
            assertThat(texts)
                    .containsEntry("id", "9007199254740993")
                    .containsEntry("small", "-3")
                    .containsEntry("exact", "\"12345678901234567890.12345678901234567890\"")
                    .containsEntry("free", "\"NaN\"")
                    .containsEntry("single", "0.1")
                    .containsEntry("twice", "\"Infinity\"")
                    .containsEntry("truth", "true")
                    .containsEntry("day", "\"2024-02-29 00:00:00.000000\"")
                    .containsEntry("at", "\"2024-02-29 12:34:56.123456\"")
                    .containsEntry("zoned", "\"2024-02-29 10:00:00.000000\"")
                    .containsEntry("clock", "\"23:59:59.000001\"")
                    .containsEntry("bytes", "\"AP8=\"")
                    .containsEntry("tags", "\"[\\\"x\\\",null,\\\"y,z\\\"]\"")
                    .containsEntry("numbers", "\"[1,2]\"")
                    .containsEntry("id2", "\"a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11\"")
                    .containsEntry("mood", "\"glad\"")
                    .containsEntry("pair", "\"(1,two)\"")
                    .containsEntry("bits", "\"10110\"")
                    .containsEntry("net", "\"10.0.0.1\"")
                    .containsEntry("money", "\"1.50\"");
            assertThat(replica.columns)
                    .contains(
                            new ChangeColumn("id", ChangeColumn.Type.INTEGER),
                            new ChangeColumn("twice", ChangeColumn.Type.NUMBER),
                            new ChangeColumn("zoned", ChangeColumn.Type.TIME),
                            new ChangeColumn("exact", ChangeColumn.Type.TEXT));
            assertThat(copied.get(0)).contains("\"day\":\"infinity\"", "\"at\":\"-infinity\"");
        }
    }

    @Test
    void anUpdateThatLeavesALargeValueAloneKeepsIt() throws SQLException {
        sql(
                "CREATE TABLE large (id int PRIMARY KEY, n int, body text, tags text[], data bytea)",
                "ALTER TABLE large ALTER body SET STORAGE EXTERNAL, ALTER tags SET STORAGE EXTERNAL, ALTER data SET STORAGE"
                        + " EXTERNAL",
                "INSERT INTO large VALUES (1, 0, repeat('ab', 9000), array_fill('tag'::text, ARRAY[4000]), decode(repeat('ff',"
                        + " 9000), 'hex'))");
        Replica replica = new Replica();
        try (ChangeFeed feed = open("public.large", "")) {
            replica.follow(feed);
            List<String> before = replica.rows();
            sql("UPDATE large SET n = 7");
            replica.until(feed, before.get(0).replace("\"n\":0", "\"n\":7"));
            sql("UPDATE large SET id = 2");
            replica.until(feed, before.get(0).replace("\"n\":0", "\"n\":7").replace("\"id\":1", "\"id\":2"));
            assertThat(replica.kinds).containsExactly("TRUNCATE", "READ", "UPDATE", "DELETE", "INSERT");
        }
    }

    @Test
    void changesOfTheSchemaReachTheRowsThatDidNotChange() throws SQLException {
        sql(
                "CREATE TABLE shapes (id int PRIMARY KEY, a int, b text)",
                "INSERT INTO shapes SELECT i, i * 10, 'b' || i FROM generate_series(1, 3) i");
        Replica replica = new Replica();
        try (ChangeFeed feed = open("public.shapes", "")) {
            replica.follow(feed);
            sql("ALTER TABLE shapes ADD COLUMN c int", "UPDATE shapes SET c = 5 WHERE id = 1");
            replica.until(
                    feed,
                    "{\"id\":1,\"a\":10,\"b\":\"b1\",\"c\":5}",
                    "{\"id\":2,\"a\":20,\"b\":\"b2\",\"c\":null}",
                    "{\"id\":3,\"a\":30,\"b\":\"b3\",\"c\":null}");
            sql(
                    "ALTER TABLE shapes ADD COLUMN d text DEFAULT 'full'",
                    "ALTER TABLE shapes RENAME COLUMN b TO bee",
                    "ALTER TABLE shapes ALTER COLUMN a TYPE bigint USING a * 2",
                    "ALTER TABLE shapes DROP COLUMN c",
                    "INSERT INTO shapes VALUES (4, 40, 'b4', 'd4')");
            replica.until(
                    feed,
                    "{\"id\":1,\"a\":20,\"bee\":\"b1\",\"d\":\"full\"}",
                    "{\"id\":2,\"a\":40,\"bee\":\"b2\",\"d\":\"full\"}",
                    "{\"id\":3,\"a\":60,\"bee\":\"b3\",\"d\":\"full\"}",
                    "{\"id\":4,\"a\":40,\"bee\":\"b4\",\"d\":\"d4\"}");
        }
        sql("ALTER TABLE shapes DROP COLUMN d");
        try (ChangeFeed feed = open("public.shapes", replica.position)) {
            replica.follow(feed);
            assertThat(replica.rows().get(3)).isEqualTo("{\"id\":4,\"a\":40,\"bee\":\"b4\"}");
        }
    }

    @Test
    void aServerThatDiesAndComesBackIsFollowedOn() throws SQLException {
        try (PostgresServer own = PostgresServer.start(PostgresServer.Settings.logical())) {
            try (Connection connection = own.connect("postgres");
                    Statement statement = connection.createStatement()) {
                statement.execute("CREATE TABLE t (id int PRIMARY KEY); INSERT INTO t VALUES (1)");
            }
            Replica replica = new Replica();
            try (ChangeFeed feed =
                    new PostgresFeeds().open(own.uri("postgres") + "?table=t&password=env:RIGHT", "", work, SECRETS)) {
                replica.follow(feed);
                own.kill();
                assertThat(feed.poll(Duration.ofMillis(500), 100)).isEmpty();
                own.start();
                try (Connection connection = own.connect("postgres");
                        Statement statement = connection.createStatement()) {
                    statement.execute("INSERT INTO t VALUES (2)");
                }
                replica.until(feed, "{\"id\":1}", "{\"id\":2}");
            }
        }
    }

    @Test
    void aTableWithoutAKeyIsReadAnewWhenARowChanges() throws SQLException {
        sql(
                "CREATE TABLE keyless (v int)",
                "ALTER TABLE keyless REPLICA IDENTITY FULL",
                "INSERT INTO keyless VALUES (1), (1)");
        Replica replica = new Replica();
        try (ChangeFeed feed = open("public.keyless", "")) {
            replica.follow(feed);
            sql("INSERT INTO keyless VALUES (2)");
            replica.until(feed, "{\"v\":1}", "{\"v\":1}", "{\"v\":2}");
            sql("UPDATE keyless SET v = 3 WHERE v = 2");
            replica.until(feed, "{\"v\":1}", "{\"v\":1}", "{\"v\":3}");
        }
    }

    @Test
    @Timeout(60)
    void theSlotAdvancesOnlyWhenStoredAndGoesWhenDropped() throws SQLException {
        sql("CREATE TABLE slots (id int PRIMARY KEY)");
        Replica replica = new Replica();
        String location = location("public.slots");
        try (ChangeFeed feed = open("public.slots", "")) {
            replica.follow(feed);
            String before = slotPosition("tatara_slots_%");
            sql("INSERT INTO slots SELECT generate_series(1, 100)");
            while (replica.rows().size() < 100) {
                replica.take(feed);
            }
            assertThat(slotPosition("tatara_slots_%")).isEqualTo(before);
            feed.stored(replica.position);
            feed.poll(Duration.ofMillis(300), 10);
            assertThat(slotPosition("tatara_slots_%")).isNotEqualTo(before);
        }
        new PostgresFeeds().drop(location, work, SECRETS);
        assertThat(slotPosition("tatara_slots_%")).isEmpty();
        try (ChangeFeed feed = open("public.slots", replica.position)) {
            replica.kinds.clear();
            replica.follow(feed);
            assertThat(replica.kinds).startsWith("TRUNCATE").hasSize(101);
        }
    }

    @Test
    void oddNamesAreFollowed() throws SQLException {
        sql(
                "CREATE SCHEMA \"a,b\"",
                "CREATE TABLE \"a,b\".\"T (x).'y\" (\"i\"\"d\" int PRIMARY KEY, \"select; --\" text)",
                "INSERT INTO \"a,b\".\"T (x).'y\" VALUES (1, '1')");
        Replica replica = new Replica();
        try (ChangeFeed feed = open("%22a,b%22.%22T%20(x).'y%22", "")) {
            replica.follow(feed);
            sql("UPDATE \"a,b\".\"T (x).'y\" SET \"select; --\" = '2'");
            replica.until(feed, "{\"i\\\"d\":1,\"select; --\":\"2\"}");
        }
    }

    @Test
    void whatCannotBeFollowedIsSaid() throws SQLException {
        sql("CREATE VIEW seen AS SELECT 1 AS one", "CREATE TABLE theirs (id int PRIMARY KEY)");
        sql("CREATE ROLE guest LOGIN PASSWORD 'no'", "GRANT SELECT ON theirs TO guest");
        assertFault("TABLE_MISSING", server.uri("postgres") + "?table=nothere&password=env:RIGHT");
        assertFault("TABLE_MISSING", server.uri("postgres") + "?table=seen&password=env:RIGHT");
        assertFault("TABLE_MISSING", server.uri("nothere") + "?table=theirs&password=env:RIGHT");
        assertFault("LOGIN_REFUSED", server.uri("postgres") + "?table=theirs&password=env:WRONG");
        assertFault("SERVER_UNREACHABLE", "postgresql://u@127.0.0.1:1/db?table=t&password=env:RIGHT");
        assertFault(
                "NOT_PREPARED",
                "postgresql://guest@127.0.0.1:" + server.port() + "/postgres?table=theirs&password=env:WRONG");
        assertFault("LOCATION_WRONG", "postgresql://u:secret@127.0.0.1/db?table=t");
        assertFault("LOCATION_WRONG", "postgresql://u@127.0.0.1/db?tabel=t");
        try (ChangeFeed feed = open("public.theirs", "")) {
            feed.poll(Duration.ofMillis(200), 1);
            assertThat(feed.caughtUp()).isPresent();
        }
    }

    private void assertFault(String code, String location) {
        assertThatThrownBy(() ->
                        new PostgresFeeds().open(location, "", work, SECRETS).close())
                .isInstanceOfSatisfying(
                        TataraException.class, e -> assertThat(e.code().name()).isEqualTo(code))
                .hasMessageNotContaining(PostgresServer.PASSWORD)
                .hasMessageNotContaining("secret");
    }

    private ChangeFeed open(String table, String position) {
        return new PostgresFeeds().open(location(table), position, work, SECRETS);
    }

    private static String location(String table) {
        return server.uri("postgres") + "?table=" + table + "&password=env:RIGHT";
    }

    private static void sql(String... statements) throws SQLException {
        try (Connection connection = server.connect("postgres");
                Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        }
    }

    private static String slotPosition(String like) throws SQLException {
        try (Connection connection = server.connect("postgres");
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(
                        "SELECT confirmed_flush_lsn::text FROM pg_replication_slots WHERE slot_name LIKE '" + like
                                + "'")) {
            return row.next() ? row.getString(1) : "";
        }
    }

    /** What a table becomes by its changes alone. */
    private static final class Replica {
        private final Map<String, Map<String, Json>> rows = new LinkedHashMap<>();
        private final Map<String, Map<String, Json>> gone = new LinkedHashMap<>();
        private final List<String> kinds = new ArrayList<>();
        private List<ChangeColumn> columns = List.of();
        private String position = "";

        /** Until everything that was there when the feed was opened has come. */
        void follow(ChangeFeed feed) {
            for (int i = 0; i < 300 && !feed.caughtUp().orElseThrow(); i++) {
                take(feed);
            }
            assertThat(feed.caughtUp()).contains(true);
        }

        void until(ChangeFeed feed, String... expected) {
            for (int i = 0; i < 300 && !rows().equals(List.of(expected)); i++) {
                take(feed);
            }
            assertThat(rows()).containsExactly(expected);
        }

        void take(ChangeFeed feed) {
            feed.poll(Duration.ofMillis(100), 1_000).ifPresent(batch -> {
                columns = batch.columns().isEmpty() ? columns : batch.columns();
                position = batch.position().isEmpty() ? position : batch.position();
                batch.changes().forEach(this::apply);
            });
        }

        private void apply(Change change) {
            kinds.add(change.kind().name());
            String key =
                    JsonText.write(change.key().isEmpty() ? new Json.Num(change.order()) : new Json.Obj(change.key()));
            switch (change.kind()) {
                case TRUNCATE -> rows.clear();
                case DELETE -> gone.put(key, rows.remove(key));
                case UPDATE ->
                    rows.merge(key, change.row(), (before, after) -> {
                        Map<String, Json> merged = new LinkedHashMap<>(before);
                        merged.putAll(after);
                        return merged;
                    });
                default -> {
                    Map<String, Json> row = new LinkedHashMap<>();
                    if (!change.formerKey().isEmpty()) {
                        row.putAll(gone.get(JsonText.write(new Json.Obj(change.formerKey()))));
                    }
                    row.putAll(change.row());
                    rows.put(key, row);
                }
            }
        }

        List<String> rows() {
            List<String> texts = new ArrayList<>();
            for (Map<String, Json> row : rows.values()) {
                Map<String, Json> shown = new LinkedHashMap<>();
                for (ChangeColumn column : columns) {
                    shown.put(column.name(), row.getOrDefault(column.name(), Json.NULL));
                }
                texts.add(JsonText.write(new Json.Obj(shown)));
            }
            return texts.stream().sorted().toList();
        }
    }
}
