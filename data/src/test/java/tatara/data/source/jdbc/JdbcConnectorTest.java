package tatara.data.source.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tatara.core.error.ErrorType;
import tatara.core.error.Fault;
import tatara.core.error.TataraException;
import tatara.core.port.RemoteObject;
import tatara.core.port.Secrets;
import tatara.data.lake.Engine;
import tatara.testkit.postgres.PostgresServer;

class JdbcConnectorTest {
    private static PostgresServer server;

    private final JdbcConnector connector = new JdbcConnector();
    private final Secrets secrets = reference -> {
        if (reference.equals("env:PG")) {
            return PostgresServer.PASSWORD;
        }
        if (reference.equals("env:WRONG")) {
            return "not-the-password-hunter2";
        }
        throw new TataraException(JdbcErrorCode.LOCATION_MALFORMED, Fault.of("no such secret: " + reference));
    };

    @TempDir
    Path directory;

    @BeforeAll
    static void start() throws SQLException {
        server = PostgresServer.start(PostgresServer.Settings.usual());
        sql("CREATE DATABASE shop");
        in(
                "shop",
                "CREATE TYPE mood AS ENUM ('sad', 'ok')",
                "CREATE TABLE customers (id bigint PRIMARY KEY, \"Full \"\"Name\"\", ünïcode; DROP\" text, mood mood)",
                "INSERT INTO customers VALUES (9007199254740993, E'O''Brien \\n \"x\"', 'ok'), (-9223372036854775808, NULL, 'sad'),"
                        + " (3, '', NULL)",
                "CREATE TABLE orders (id int, line smallint, customer bigint NOT NULL REFERENCES customers (id),"
                        + " PRIMARY KEY (id, line))",
                "INSERT INTO orders VALUES (2, 1, 3), (1, 2, 3), (1, 1, 9007199254740993)",
                "CREATE TABLE \"we.ird/tab'le\" (\"a\" int, \"A\" int, \"_row\" text)",
                "INSERT INTO \"we.ird/tab'le\" VALUES (1, 2, 'x')",
                "CREATE TABLE typed (b boolean, i int, l bigint, r real, d double precision, n numeric(10, 2), big numeric,"
                        + " day date, t timestamp, tz timestamptz, tod time, j jsonb, raw bytea, tags text[], u uuid, ip inet,"
                        + " bits bit(3), money money)",
                "INSERT INTO typed VALUES (true, 1, 9007199254740993, 0.1, 0.1, 12.34, 123456789012345678901234567890.5,"
                        + " '2024-02-29', '2024-03-31 02:30:00.123456', '2024-03-31 02:30:00+02', '25:00'::interval::time,"
                        + " '{\"a\": [1, null]}', '\\xdead', '{a,\"b c\",NULL}', 'a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11',"
                        + " '10.0.0.1/8', B'101', 12.5),"
                        + " (false, -2147483648, NULL, 'NaN', 'Infinity', 'NaN', 'NaN', 'infinity', '-infinity', 'infinity',"
                        + " NULL, NULL, NULL, '{}', NULL, NULL, NULL, NULL)",
                "CREATE TABLE measured (at date, v int) PARTITION BY RANGE (at)",
                "CREATE TABLE measured_2024 PARTITION OF measured FOR VALUES FROM ('2024-01-01') TO ('2025-01-01')",
                "INSERT INTO measured VALUES ('2024-05-05', 1)",
                "CREATE VIEW seen AS SELECT * FROM orders",
                "CREATE SCHEMA other",
                "CREATE TABLE other.orders (x int)",
                "CREATE TABLE other.empty (x int, y text)",
                "CREATE ROLE reader LOGIN PASSWORD '" + PostgresServer.PASSWORD + "'",
                "CREATE TABLE private_notes (x int)",
                "REVOKE ALL ON private_notes FROM reader");
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private static void sql(String... statements) throws SQLException {
        in("postgres", statements);
    }

    private static void in(String database, String... statements) throws SQLException {
        try (Connection connection = server.connect(database);
                Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        }
    }

    private String location(String parameters) {
        return server.uri("shop") + "?password=env:PG" + parameters;
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    private Path fetch(String location) {
        List<RemoteObject> objects = connector.list(location, secrets);
        assertThat(objects).hasSize(1);
        Path target = directory.resolve(objects.get(0).name());
        connector.fetch(objects.get(0), target, secrets, bytes -> {});
        return target;
    }

    private List<List<String>> rows(Path file, String select) {
        Engine.Settings settings = new Engine.Settings(directory.resolve("spill"), 256, 1, List.of(directory));
        try (Engine engine = new Engine(settings)) {
            return engine.query(
                    "SELECT " + select + " FROM read_parquet(" + Engine.literal(file.toString()) + ")", row -> {
                        List<String> cells = new ArrayList<>();
                        for (int i = 1; i <= row.getMetaData().getColumnCount(); i++) {
                            cells.add(row.getString(i));
                        }
                        return cells;
                    });
        }
    }

    private List<List<String>> described(Path file) {
        Engine.Settings settings = new Engine.Settings(directory.resolve("spill"), 256, 1, List.of(directory));
        try (Engine engine = new Engine(settings)) {
            return engine.query(
                    "DESCRIBE SELECT * FROM read_parquet(" + Engine.literal(file.toString()) + ")",
                    row -> List.of(row.getString(1), row.getString(2)));
        }
    }

    @Test
    void everyTableOfTheDatabaseIsListedOnceAndPartitionsComeWithTheWhole() {
        assertThat(connector.list(location(""), secrets))
                .extracting(RemoteObject::name)
                .containsExactly(
                        "empty/empty.parquet",
                        "other_orders/other_orders.parquet",
                        "customers/customers.parquet",
                        "measured/measured.parquet",
                        "public_orders/public_orders.parquet",
                        "private_notes/private_notes.parquet",
                        "typed/typed.parquet",
                        "we.ird_tab'le/we.ird_tab'le.parquet");
        assertThat(connector.list(location("&schema=other"), secrets))
                .extracting(RemoteObject::name)
                .containsExactly("empty/empty.parquet", "orders/orders.parquet");
        assertThat(connector.list(location("&table=seen"), secrets)).hasSize(1);
    }

    @Test
    void rowsComeInTheOrderOfThePrimaryKeyWithAllDigitsAndOddNames() {
        Path orders = fetch(location("&table=public.orders"));
        assertThat(rows(orders, "*"))
                .containsExactly(List.of("1", "1", "9007199254740993"), List.of("1", "2", "3"), List.of("2", "1", "3"));
        Path customers = fetch(location("&table=customers"));
        assertThat(rows(customers, "id, \"Full \"\"Name\"\", ünïcode; DROP\", mood"))
                .containsExactly(
                        java.util.Arrays.asList("-9223372036854775808", null, "sad"),
                        java.util.Arrays.asList("3", "", null),
                        List.of("9007199254740993", "O'Brien \n \"x\"", "ok"));
        Path odd = fetch(location("&table=" + encoded("public.\"we.ird/tab'le\"")));
        assertThat(described(odd)).extracting(column -> column.get(0)).containsExactly("a", "A_2", "_row_2");
    }

    @Test
    void everyTypeIsCopiedWithItsMeaning() {
        Path typed = fetch(location("&table=typed"));
        assertThat(described(typed))
                .containsExactly(
                        List.of("b", "BOOLEAN"),
                        List.of("i", "BIGINT"),
                        List.of("l", "BIGINT"),
                        List.of("r", "DOUBLE"),
                        List.of("d", "DOUBLE"),
                        List.of("n", "DOUBLE"),
                        List.of("big", "VARCHAR"),
                        List.of("day", "TIMESTAMP"),
                        List.of("t", "TIMESTAMP"),
                        List.of("tz", "TIMESTAMP"),
                        List.of("tod", "VARCHAR"),
                        List.of("j", "VARCHAR"),
                        List.of("tags", "VARCHAR"),
                        List.of("u", "VARCHAR"),
                        List.of("ip", "VARCHAR"),
                        List.of("bits", "VARCHAR"),
                        List.of("money", "VARCHAR"));
        assertThat(
                        rows(
                                typed,
                                "b::VARCHAR, i, l, r, d, n, big, day::VARCHAR, t::VARCHAR, tz::VARCHAR, tod, j, tags, u, ip, bits"))
                .containsExactly(
                        List.of(
                                "true",
                                "1",
                                "9007199254740993",
                                "0.1",
                                "0.1",
                                "12.34",
                                "123456789012345678901234567890.5",
                                "2024-02-29 00:00:00",
                                "2024-03-31 02:30:00.123456",
                                "2024-03-31 00:30:00",
                                "01:00:00",
                                "{\"a\": [1, null]}",
                                "{a,\"b c\",NULL}",
                                "a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11",
                                "10.0.0.1/8",
                                "101"),
                        java.util.Arrays.asList(
                                "false",
                                "-2147483648",
                                null,
                                null,
                                "Infinity",
                                null,
                                null,
                                null,
                                null,
                                null,
                                null,
                                null,
                                "{}",
                                null,
                                null,
                                null));
    }

    @Test
    void aQueryIsATableAndAnEmptyTableKeepsItsColumns() {
        Path query = fetch(
                location("&query=" + encoded("SELECT customer, count(*) AS n FROM orders GROUP BY 1 ORDER BY 1")));
        assertThat(rows(query, "*")).containsExactly(List.of("3", "2"), List.of("9007199254740993", "1"));
        Path empty = fetch(location("&table=other.empty"));
        assertThat(described(empty)).containsExactly(List.of("x", "BIGINT"), List.of("y", "VARCHAR"));
        assertThat(rows(empty, "count(*)")).containsExactly(List.of("0"));
    }

    @Test
    void twoCopiesOfTheSameRowsAreTheSameBytes() throws IOException {
        byte[] first = Files.readAllBytes(fetch(location("&table=customers")));
        assertThat(Files.readAllBytes(fetch(location("&table=customers")))).isEqualTo(first);
    }

    @Test
    void whatGoesWrongIsSaidWithoutTheSecretAndLeavesNothingBehind() throws IOException {
        String host = "127.0.0.1:" + server.port();
        fails(location("&table=nowhere"), JdbcErrorCode.TABLE_UNCLEAR, "no such table: nowhere");
        fails(location("&table=orders&schema=nope"), JdbcErrorCode.TABLE_UNCLEAR, "orders");
        fails(server.uri("shop") + "?password=env:WRONG", JdbcErrorCode.CREDENTIALS_REFUSED, "password");
        fails(server.uri("nope") + "?password=env:PG", JdbcErrorCode.DATABASE_UNKNOWN, "nope");
        fails(
                "postgresql://reader@" + host + "/shop?password=env:PG&table=private_notes",
                JdbcErrorCode.PERMISSION_DENIED,
                "private_notes");
        fails("postgresql://x@127.0.0.1:1/shop", JdbcErrorCode.DATABASE_UNREACHABLE, "connecting");
        fails("postgresql://x@no-such-host.invalid/shop", JdbcErrorCode.DATABASE_UNREACHABLE, "no-such-host");
        fails(location("&query=SELEC%20nonsense"), JdbcErrorCode.QUERY_REFUSED, "SELEC");
        fails(location("&query=DELETE%20FROM%20orders%20RETURNING%20id"), JdbcErrorCode.QUERY_REFUSED, "read-only");
        fails(location("&timeout=1&query=SELECT%20pg_sleep(30)"), JdbcErrorCode.DATABASE_BUSY, "the query");
        fails("jdbc:nosuch:x", JdbcErrorCode.DRIVER_MISSING, "jdbc:nosuch");
        fails("postgresql://u:hunter2@h/db", JdbcErrorCode.SECRET_IN_LOCATION, "");
        fails("postgresql://u@h/db?password=hunter2", JdbcErrorCode.SECRET_IN_LOCATION, "");
        fails("jdbc:mysql://h/db?user=x&password=hunter2", JdbcErrorCode.SECRET_IN_LOCATION, "");
        fails("jdbc:sqlserver://h;user=sa;password=hunter2", JdbcErrorCode.SECRET_IN_LOCATION, "");
        fails("postgresql://h/db?socketFactory=x", JdbcErrorCode.LOCATION_MALFORMED, "socketFactory");
        fails("postgresql://h:/db?table=a&query=b", JdbcErrorCode.LOCATION_MALFORMED, "");
        fails("sqlite:///no/such/file.db", JdbcErrorCode.DATABASE_UNREACHABLE, "/no/such/file.db");
        try (Stream<Path> left = Files.list(directory)) {
            assertThat(left).isEmpty();
        }
    }

    private void fails(String location, JdbcErrorCode code, String says) {
        assertThatThrownBy(() -> {
                    for (RemoteObject object : connector.list(location, secrets)) {
                        connector.fetch(
                                object, directory.resolve(object.name().replace('/', '_')), secrets, bytes -> {});
                    }
                })
                .as(location)
                .isInstanceOfSatisfying(TataraException.class, failure -> {
                    assertThat(failure.code())
                            .as(location + " " + failure.fault())
                            .isEqualTo(code);
                    assertThat(failure.fault().toString()).contains(says);
                    java.io.StringWriter trace = new java.io.StringWriter();
                    failure.printStackTrace(new java.io.PrintWriter(trace));
                    assertThat(trace.toString()).doesNotContain("hunter2").doesNotContain(PostgresServer.PASSWORD);
                });
    }

    @Test
    void aServerThatDiesInTheMiddleIsAnErrorAndLeavesNoFile() throws IOException, SQLException {
        try (PostgresServer mortal = PostgresServer.start(PostgresServer.Settings.usual())) {
            try (Connection connection = mortal.connect("postgres");
                    Statement statement = connection.createStatement()) {
                statement.execute(
                        "CREATE TABLE many AS SELECT n, md5(n::text) AS text FROM generate_series(1, 400000) AS n");
            }
            String location = mortal.uri("postgres") + "?password=env:PG&table=many";
            RemoteObject object = connector.list(location, secrets).get(0);
            AtomicBoolean killed = new AtomicBoolean();
            assertThatThrownBy(() -> connector.fetch(object, directory.resolve("many.parquet"), secrets, bytes -> {
                        if (killed.compareAndSet(false, true)) {
                            mortal.kill();
                        }
                    }))
                    .isInstanceOfSatisfying(TataraException.class, failure -> {
                        assertThat(failure.code().type()).isEqualTo(ErrorType.EXTERNAL);
                        assertThat(failure.code()).isEqualTo(JdbcErrorCode.DATABASE_UNREACHABLE);
                    });
            try (Stream<Path> left = Files.list(directory)) {
                assertThat(left).isEmpty();
            }
            mortal.start();
            connector.fetch(object, directory.resolve("many.parquet"), secrets, bytes -> {});
            assertThat(rows(directory.resolve("many.parquet"), "count(*), sum(n)"))
                    .containsExactly(List.of("400000", "80000200000"));
        }
    }

    @Test
    void declaredKeysAndSizesAreTold() {
        List<DatabaseTable> tables = new JdbcCatalog().tables(location("&table=public.orders&table=typed"), secrets);
        assertThat(tables).hasSize(2);
        DatabaseTable orders = tables.get(0);
        assertThat(orders.primaryKey()).containsExactly("id", "line");
        assertThat(orders.foreignKeys())
                .containsExactly(
                        new DatabaseTable.ForeignKey(List.of("customer"), "public", "customers", List.of("id")));
        assertThat(orders.bytes()).isPositive();
        assertThat(tables.get(1).leftOut()).containsExactly("raw");
    }
}
