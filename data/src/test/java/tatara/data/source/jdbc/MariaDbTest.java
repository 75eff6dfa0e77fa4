package tatara.data.source.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;
import org.junit.jupiter.api.io.TempDir;
import tatara.core.error.TataraException;
import tatara.core.port.RemoteObject;
import tatara.core.port.Secrets;
import tatara.data.lake.Engine;

/**
 * Against a running MySQL or MariaDB: the variable holds {@code HOST:PORT} of a server whose user {@code root} has the password
 * {@code root pass/word} and may make a database. Without it the test is skipped, since no such server comes with Maven.
 */
@EnabledIfEnvironmentVariable(named = "TATARA_TEST_MARIADB", matches = ".+")
class MariaDbTest {
    private static final String PASSWORD = "root pass/word";

    private final String server = System.getenv("TATARA_TEST_MARIADB");
    private final Secrets secrets = reference -> reference.equals("env:DB") ? PASSWORD : "wrong-hunter2";
    private final JdbcConnector connector = new JdbcConnector();

    @TempDir
    Path directory;

    @Test
    void everyTypeIsCopiedWithItsMeaning() throws SQLException {
        try (Connection connection = DriverManager.getConnection("jdbc:mariadb://" + server + "/", "root", PASSWORD);
                Statement statement = connection.createStatement()) {
            statement.execute("DROP DATABASE IF EXISTS tatara_test");
            statement.execute("CREATE DATABASE tatara_test");
            statement.execute("USE tatara_test");
            statement.execute("SET sql_mode = ''");
            statement.execute("SET time_zone = '+05:00'");
            statement.execute("CREATE TABLE parent (id BIGINT UNSIGNED PRIMARY KEY, `na``me\"` VARCHAR(20))");
            statement.execute("INSERT INTO parent VALUES (18446744073709551615, 'großes ☃'), (1, NULL)");
            statement.execute(
                    "CREATE TABLE typed (id INT UNSIGNED PRIMARY KEY, p BIGINT UNSIGNED, t TINYINT(1), bit1 BIT(1),"
                            + " bits BIT(8), big BIGINT, f FLOAT, d DOUBLE, n DECIMAL(10, 2), huge DECIMAL(40, 5), day DATE,"
                            + " dt DATETIME(6), ts TIMESTAMP NULL, y YEAR, tod TIME, e ENUM('a', 'b'), s SET('x', 'y'), j JSON,"
                            + " raw BLOB, FOREIGN KEY (p) REFERENCES parent (id))");
            statement.execute(
                    "INSERT INTO typed VALUES (4294967295, 18446744073709551615, 7, b'1', b'101', 9007199254740993,"
                            + " 0.1, 0.1, 12.34, 123456789012345678901234567890.5, '2024-02-29', '2024-01-02 03:04:05.123456',"
                            + " '2024-01-02 05:00:00', 2024, '25:00:00', 'b', 'x,y', '{\"a\": 1}', 'x')");
            statement.execute("INSERT INTO typed (id, day, dt, ts) VALUES (1, '0000-00-00', '0000-00-00 00:00:00', 0)");
        }
        String location = "mysql://root@" + server + "/tatara_test?password=env:DB";
        List<RemoteObject> objects = connector.list(location, secrets);
        assertThat(objects)
                .extracting(RemoteObject::name)
                .containsExactly("parent/parent.parquet", "typed/typed.parquet");
        Path target = directory.resolve("typed.parquet");
        connector.fetch(objects.get(1), target, secrets, bytes -> {});
        Engine.Settings settings = new Engine.Settings(directory.resolve("spill"), 256, 1, List.of(directory));
        try (Engine engine = new Engine(settings)) {
            String from = " FROM read_parquet(" + Engine.literal(target.toString()) + ")";
            assertThat(engine.query(
                            "SELECT concat_ws('|', id, p, t, bit1, big, f, d, n, huge, day, dt, ts, y, tod, e, s, j)"
                                    + from,
                            row -> row.getString(1)))
                    .containsExactly(
                            "1",
                            "4294967295|18446744073709551615|7|true|9007199254740993|0.1|0.1|12.34|"
                                    + "123456789012345678901234567890.50000|2024-02-29 00:00:00|2024-01-02 03:04:05.123456|"
                                    + "2024-01-02 00:00:00|2024|25:00:00|b|x,y|{\"a\": 1}");
        }
        List<DatabaseTable> tables = new JdbcCatalog().tables(location, secrets);
        assertThat(tables.get(1).leftOut()).containsExactly("raw");
        assertThat(tables.get(1).foreignKeys())
                .containsExactly(new DatabaseTable.ForeignKey(List.of("p"), "", "parent", List.of("id")));
        assertThat(tables.get(1).bytes()).isPositive();
        fails("mysql://root@" + server + "/nope?password=env:DB", JdbcErrorCode.DATABASE_UNKNOWN);
        fails("mysql://root@" + server + "/tatara_test?password=env:X", JdbcErrorCode.CREDENTIALS_REFUSED);
        fails("mysql://root@127.0.0.1:1/tatara_test?password=env:DB", JdbcErrorCode.DATABASE_UNREACHABLE);
        fails(location + "&query=DROP%20TABLE%20typed", JdbcErrorCode.QUERY_REFUSED);
        fails(location + "&table=nope", JdbcErrorCode.TABLE_UNCLEAR);
    }

    private void fails(String location, JdbcErrorCode code) {
        assertThatThrownBy(() -> {
                    RemoteObject object = connector.list(location, secrets).get(0);
                    connector.fetch(object, directory.resolve(object.name().replace('/', '_')), secrets, bytes -> {});
                })
                .isInstanceOfSatisfying(TataraException.class, failure -> {
                    assertThat(failure.code()).as(failure.fault().toString()).isEqualTo(code);
                    assertThat(failure.fault().toString())
                            .doesNotContain("hunter2")
                            .doesNotContain(PASSWORD);
                });
    }
}
