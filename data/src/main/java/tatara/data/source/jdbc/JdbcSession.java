package tatara.data.source.jdbc;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import tatara.core.error.Fault;
import tatara.core.error.TataraException;
import tatara.core.port.Secrets;

/** A read-only connection to a database, used by one thread. */
final class JdbcSession implements AutoCloseable {
    private static final int METADATA_SECONDS = 120;

    private final JdbcLocation location;
    private final Connection connection;
    private final JdbcFailure failures;

    private JdbcSession(JdbcLocation location, Connection connection, JdbcFailure failures) {
        this.location = location;
        this.connection = connection;
        this.failures = failures;
    }

    static JdbcSession open(JdbcLocation location, Secrets secrets) {
        if (location.dialect() == SqlDialect.SQLITE) {
            checkFile(location);
        }
        Optional<String> password = location.password().map(secrets::resolve);
        Properties properties = new Properties();
        location.dialect().properties().forEach(properties::setProperty);
        for (Map.Entry<String, String> other : location.others().entrySet()) {
            boolean reference = other.getValue().matches("(env|file|vault):\\S.*");
            properties.setProperty(other.getKey(), reference ? secrets.resolve(other.getValue()) : other.getValue());
        }
        location.user().ifPresent(user -> properties.setProperty("user", user));
        password.ifPresent(text -> properties.setProperty("password", text));
        JdbcFailure failures = new JdbcFailure(location, password);
        try {
            DriverManager.getDriver(location.url());
        } catch (SQLException noDriver) {
            throw new TataraException(
                    JdbcErrorCode.DRIVER_MISSING,
                    Fault.of("no database driver knows " + location.base())
                            .expecting("a driver on the class path; PostgreSQL, MySQL, MariaDB and SQLite are there")
                            .todo("Name the driver's jar in the environment variable TATARA_CLASSPATH"));
        }
        try {
            Connection connection = DriverManager.getConnection(location.url(), properties);
            try {
                location.dialect().prepare(connection);
            } catch (SQLException e) {
                connection.close();
                throw e;
            }
            return new JdbcSession(location, connection, failures);
        } catch (SQLException e) {
            throw failures.of(e, "connecting");
        }
    }

    private static void checkFile(JdbcLocation location) {
        String path = location.url().substring("jdbc:sqlite:".length());
        if (!Files.isRegularFile(Path.of(path)) || !Files.isReadable(Path.of(path))) {
            throw new TataraException(
                    JdbcErrorCode.DATABASE_UNREACHABLE,
                    Fault.of("no such file, or no permission to read it: " + path)
                            .expecting("an SQLite database")
                            .todo("Check the path: sqlite:///ABSOLUTE/PATH or sqlite:RELATIVE/PATH"));
        }
    }

    JdbcLocation location() {
        return location;
    }

    Connection connection() {
        return connection;
    }

    JdbcFailure failures() {
        return failures;
    }

    /** Something done with the connection. */
    interface Work<T> {
        T on(Connection connection) throws SQLException;
    }

    /** Makes a row of a result a value. */
    interface RowReader<T> {
        T read(ResultSet row) throws SQLException;
    }

    <T> T run(String doing, Work<T> work) {
        try {
            return work.on(connection);
        } catch (SQLException e) {
            throw failures.of(e, doing);
        }
    }

    /** All rows of a short query about the database itself. */
    <T> List<T> query(String doing, String sql, RowReader<T> reader) {
        return run(doing, open -> {
            try (Statement statement = open.createStatement()) {
                statement.setQueryTimeout(METADATA_SECONDS);
                return rows(statement.executeQuery(sql), reader);
            }
        });
    }

    /** Reads a result to its end and closes it. */
    static <T> List<T> rows(ResultSet opened, RowReader<T> reader) throws SQLException {
        try (ResultSet result = opened) {
            List<T> rows = new ArrayList<>();
            while (result.next()) {
                rows.add(reader.read(result));
            }
            return rows;
        }
    }

    /** A quoted identifier in the database's own way. */
    String quote(String identifier) {
        String mark =
                run("asking for its quotation mark", open -> open.getMetaData().getIdentifierQuoteString());
        if (mark == null || mark.isBlank()) {
            if (!identifier.matches("[\\p{L}_][\\p{L}\\p{N}_$]*")) {
                throw new TataraException(
                        JdbcErrorCode.TABLE_UNCLEAR,
                        Fault.of("the database cannot quote the name " + identifier)
                                .todo("Give a query= that reads it"));
            }
            return identifier;
        }
        return mark + identifier.replace(mark, mark + mark) + mark;
    }

    String quote(TableName table) {
        return table.schema().map(schema -> quote(schema) + ".").orElse("") + quote(table.table());
    }

    @Override
    public void close() {
        try {
            connection.close();
        } catch (SQLException e) {
            throw failures.of(e, "closing the connection");
        }
    }
}
