package tatara.data.source.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tatara.core.port.RemoteObject;
import tatara.core.port.Secrets;
import tatara.data.lake.Engine;

class SqliteTest {
    private static final Secrets NONE = reference -> "";

    @TempDir
    Path directory;

    @Test
    void columnsAreTypedByTheirCellsWhateverWasDeclared() throws SQLException {
        Path file = directory.resolve("a b.db");
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE TABLE parent (id INTEGER PRIMARY KEY, \"na`me\" TEXT)");
            statement.execute(
                    "CREATE TABLE child (k TEXT, p INTEGER REFERENCES parent (id), mixed INTEGER, whole, real REAL,"
                            + " bin BLOB, PRIMARY KEY (k))");
            statement.execute("INSERT INTO parent VALUES (2, 'zwei'), (1, NULL)");
            statement.execute("INSERT INTO child VALUES ('b', 1, 'not a number', 9007199254740993, 1, x'00'),"
                    + " ('a', 2, 5, NULL, 2.5, NULL)");
        }
        String location = "sqlite://" + file.toString().replace(" ", "%20");
        JdbcConnector connector = new JdbcConnector();
        List<RemoteObject> objects = connector.list(location, NONE);
        assertThat(objects)
                .extracting(RemoteObject::name)
                .containsExactly("child/child.parquet", "parent/parent.parquet");
        Path target = directory.resolve("child.parquet");
        connector.fetch(objects.get(0), target, NONE, bytes -> {});
        Engine.Settings settings = new Engine.Settings(directory.resolve("spill"), 256, 1, List.of(directory));
        try (Engine engine = new Engine(settings)) {
            String from = "read_parquet(" + Engine.literal(target.toString()) + ")";
            assertThat(engine.query("DESCRIBE SELECT * FROM " + from, row -> row.getString(1) + " " + row.getString(2)))
                    .containsExactly("k VARCHAR", "p BIGINT", "mixed VARCHAR", "whole BIGINT", "real DOUBLE");
            List<String> cells = new ArrayList<>();
            engine.query(
                    "SELECT concat_ws('|', k, p, mixed, whole, real) FROM " + from, row -> cells.add(row.getString(1)));
            assertThat(cells).containsExactly("a|2|5|2.5", "b|1|not a number|9007199254740993|1.0");
        }
        DatabaseTable child = new JdbcCatalog().tables(location, NONE).get(0);
        assertThat(child.primaryKey()).containsExactly("k");
        assertThat(child.foreignKeys())
                .containsExactly(new DatabaseTable.ForeignKey(List.of("p"), "", "parent", List.of("id")));
        assertThat(child.leftOut()).containsExactly("bin");
    }

    @Test
    void anyDriverOnTheClassPathWillDo() throws SQLException {
        Path file = directory.resolve("other.duckdb");
        try (Connection connection = DriverManager.getConnection("jdbc:duckdb:" + file);
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE TABLE t (id BIGINT PRIMARY KEY, moment TIMESTAMP, name VARCHAR, ok BOOLEAN)");
            statement.execute(
                    "INSERT INTO t VALUES (9007199254740993, '2024-01-02 03:04:05', 'x', true), (1, NULL, NULL, NULL)");
        }
        JdbcConnector connector = new JdbcConnector();
        RemoteObject object =
                connector.list("jdbc:duckdb:" + file + "?table=t", NONE).get(0);
        Path target = directory.resolve("t.parquet");
        connector.fetch(object, target, NONE, bytes -> {});
        Engine.Settings settings = new Engine.Settings(directory.resolve("spill"), 256, 1, List.of(directory));
        try (Engine engine = new Engine(settings)) {
            assertThat(engine.query(
                            "SELECT concat_ws('|', id, moment, name, ok) FROM read_parquet("
                                    + Engine.literal(target.toString()) + ")",
                            row -> row.getString(1)))
                    .containsExactly("1", "9007199254740993|2024-01-02 03:04:05|x|true");
        }
    }
}
