package tatara.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tatara.core.evidence.TableRef;
import tatara.data.lake.Lake;
import tatara.testkit.postgres.PostgresServer;

class DataFollowTest {
    private static final Path CONNECTORS =
            Path.of("..", "connectors").toAbsolutePath().normalize();
    private static PostgresServer server;

    @TempDir
    Path home;

    private Path password;

    @BeforeAll
    static void start() {
        assumeTrue(Files.isDirectory(CONNECTORS.resolve("debezium/target/lib")), "connectors are built");
        server = PostgresServer.start(PostgresServer.Settings.logical());
    }

    @AfterAll
    static void stop() {
        if (server != null) {
            server.close();
        }
    }

    @BeforeEach
    void prepare() throws IOException {
        System.setProperty("tatara.connectors", CONNECTORS.toString());
        password = Files.writeString(home.resolve("password"), PostgresServer.PASSWORD);
    }

    @AfterEach
    void restore() {
        System.clearProperty("tatara.connectors");
    }

    @Test
    void aFollowedTableIsUsedWhereItLiesAndOnlyWhatChangedRunsAgain() throws SQLException, IOException {
        sql("CREATE TABLE visits (id int PRIMARY KEY, age int, visits int, canceled text); INSERT INTO visits SELECT i,"
                + " 20 + i % 50, i % 7, CASE WHEN i % 7 > 3 THEN 'yes' ELSE 'no' END FROM generate_series(1, 600) i");
        CommandRun followed = follow("visits");
        assertThat(followed.err()).contains("600");
        assertThat(followed.exit()).isZero();
        assertThat(followed.number("rows")).isEqualTo(600);

        CommandRun first = design();
        assertThat(first.exit()).as(first.err()).isZero();
        double ran = first.number("steps.ran");
        assertThat(follow("visits").number("changes")).isZero();
        CommandRun again = design();
        assertThat(again.number("steps.ran")).isZero();
        assertThat(again.number("steps.reused")).isEqualTo(ran);

        sql("UPDATE visits SET visits = 6 WHERE id < 5");
        assertThat(follow("visits").number("changes")).isEqualTo(4);
        assertThat(design().number("steps.ran")).isPositive();
        assertThat(CommandRun.of(home, "design", "predict canceled", "--data", "lake:shop.nothere", "--json")
                        .text("error.code"))
                .isEqualTo("TABLE_NOT_FOUND");

        CommandRun dropped = CommandRun.of(
                home,
                "data",
                "follow",
                location("visits"),
                "--table",
                "visits",
                "--pipeline",
                "shop",
                "--drop",
                "--json");
        assertThat(dropped.exit()).isZero();
        assertThat(rows("SELECT slot_name FROM pg_replication_slots UNION ALL SELECT pubname FROM pg_publication"))
                .isEmpty();
        assertNoPassword(home);
    }

    @Test
    @Tag("slow")
    void aKilledFollowerEndsWithTheTableRowForRow() throws Exception {
        sql(
                "CREATE TABLE churn (id bigint PRIMARY KEY, n numeric(10,2), s text); INSERT INTO churn SELECT i, i, 's' || i"
                        + " FROM generate_series(1, 3000) i");
        Random random = new Random(3);
        Churn churn = new Churn(20_000);
        churn.start();
        for (int kill = 1; kill <= 3; kill++) {
            Process follower = follower();
            while (follower.isAlive() && churn.done < 20_000 * kill / 4) {
                TimeUnit.MILLISECONDS.sleep(20);
            }
            TimeUnit.MILLISECONDS.sleep(2_000 + random.nextInt(2_000));
            assertThat(follower.isAlive()).isTrue();
            follower.destroyForcibly().waitFor();
        }
        churn.join();
        assertThat(churn.failure).isEmpty();
        CommandRun last = follow("churn");
        assertThat(last.exit()).as(last.err()).isZero();
        List<String> table = rows("SELECT id || '|' || coalesce(n::text, '') || '|' || coalesce(s, '') || '|'"
                + " || coalesce(extra::text, '') FROM churn");
        assertThat(lake()).containsExactlyInAnyOrderElementsOf(table);
    }

    private CommandRun design() {
        return CommandRun.of(
                home, "design", "predict canceled", "--data", "lake:shop.visits", "--name", "stay", "--json");
    }

    private CommandRun follow(String table) {
        return CommandRun.of(
                home, "data", "follow", location(table), "--table", table, "--pipeline", "shop", "--once", "--json");
    }

    private Process follower() throws IOException {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Dtatara.connectors=" + CONNECTORS,
                        "-cp",
                        System.getProperty("java.class.path"),
                        "tatara.cli.Main",
                        "data",
                        "follow",
                        location("churn"),
                        "--table",
                        "churn",
                        "--pipeline",
                        "shop",
                        "--home",
                        home.toString())
                .redirectErrorStream(true)
                .redirectOutput(home.resolve("follower.log").toFile())
                .start();
    }

    private String location(String table) {
        return server.uri("postgres") + "?table=public." + table + "&password=file:" + password;
    }

    private List<String> lake() {
        try (Lake lake = Lake.open(home, 256, 1)) {
            TableRef ref = lake.current("raw", "shop.churn").orElseThrow();
            return lake.engine()
                    .query(
                            "SELECT id || '|' || coalesce(n, '') || '|' || coalesce(s, '') || '|' || coalesce(CAST(extra AS VARCHAR), '')"
                                    + " FROM " + lake.from(ref),
                            row -> row.getString(1));
        }
    }

    private void assertNoPassword(Path folder) throws IOException {
        try (var files = Files.walk(folder)) {
            for (Path file : files.filter(Files::isRegularFile)
                    .filter(file -> !file.equals(password))
                    .toList()) {
                assertThat(new String(Files.readAllBytes(file), java.nio.charset.StandardCharsets.ISO_8859_1))
                        .doesNotContain(PostgresServer.PASSWORD);
            }
        }
    }

    private static void sql(String text) throws SQLException {
        try (Connection connection = server.connect("postgres");
                Statement statement = connection.createStatement()) {
            statement.execute(text);
        }
    }

    private static List<String> rows(String sql) throws SQLException {
        List<String> rows = new ArrayList<>();
        try (Connection connection = server.connect("postgres");
                Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(sql)) {
            while (result.next()) {
                rows.add(result.getString(1));
            }
        }
        return rows;
    }

    /** Inserts, updates, deletes, changes of keys and of the schema, about a thousand a second. */
    private static final class Churn extends Thread {
        private final int changes;
        private volatile int done;
        private volatile String failure = "";

        Churn(int changes) {
            super("churn");
            this.changes = changes;
        }

        @Override
        public void run() {
            Random random = new Random(11);
            try (Connection connection = server.connect("postgres");
                    Statement statement = connection.createStatement()) {
                connection.setAutoCommit(false);
                while (done < changes) {
                    if (done > changes / 3 && done < changes / 3 + 100) {
                        statement.execute("ALTER TABLE churn ADD COLUMN IF NOT EXISTS extra int");
                    }
                    for (int i = random.nextInt(20); i >= 0; i--) {
                        done += statement.executeUpdate(one(random));
                    }
                    connection.commit();
                    TimeUnit.MILLISECONDS.sleep(8);
                }
                statement.execute("ALTER TABLE churn ADD COLUMN IF NOT EXISTS extra int");
                connection.commit();
            } catch (SQLException | InterruptedException e) {
                failure = e.toString();
            }
        }

        private static String one(Random random) {
            int id = 1 + random.nextInt(4_000);
            return switch (random.nextInt(8)) {
                case 0 -> "DELETE FROM churn WHERE id = " + id;
                case 1 ->
                    "UPDATE churn SET id = " + (id + 4_000) + " WHERE id = " + id
                            + " AND NOT EXISTS (SELECT 1 FROM churn WHERE id = " + (id + 4_000) + ")";
                case 2, 3 -> "UPDATE churn SET n = n + 0.25, s = 'u" + random.nextInt(999) + "' WHERE id = " + id;
                default -> "INSERT INTO churn (id, n) VALUES (" + id + ", 1) ON CONFLICT (id) DO UPDATE SET n = 2";
            };
        }
    }
}
