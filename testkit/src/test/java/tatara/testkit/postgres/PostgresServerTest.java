package tatara.testkit.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class PostgresServerTest {
    @ParameterizedTest
    @EnumSource(PostgresServer.Programs.class)
    void committedRowsOutliveBothAStopAndAKill(PostgresServer.Programs programs) throws SQLException {
        PostgresServer.Settings logical = new PostgresServer.Settings(
                programs, PostgresServer.Settings.logical().options());
        try (PostgresServer server = PostgresServer.start(logical)) {
            int port = server.port();
            try (Connection connection = server.connect("postgres");
                    Statement statement = connection.createStatement()) {
                assertThat(text(statement, "SHOW wal_level")).isEqualTo("logical");
                statement.execute("CREATE TABLE kept AS SELECT * FROM generate_series(1, 100) AS number");
                server.kill();
                assertThatThrownBy(() -> statement.execute("SELECT 1")).isInstanceOf(SQLException.class);
            }
            server.start();
            server.stop();
            server.start();
            assertThat(server.port()).isEqualTo(port);
            try (Connection connection = server.connect("postgres");
                    Statement statement = connection.createStatement()) {
                assertThat(text(statement, "SELECT count(*) FROM kept")).isEqualTo("100");
            }
        }
    }

    private static String text(Statement statement, String sql) throws SQLException {
        try (ResultSet result = statement.executeQuery(sql)) {
            result.next();
            return result.getString(1);
        }
    }
}
