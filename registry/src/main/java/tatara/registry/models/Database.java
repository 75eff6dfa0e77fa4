package tatara.registry.models;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;
import tatara.core.error.CoreErrorCode;
import tatara.core.error.Fault;
import tatara.core.error.TataraException;

/** One connection to a SQLite file that several processes may use at once: WAL, a busy timeout, errors with a way out. Thread-safe. */
final class Database implements AutoCloseable {
    private static final int BUSY_MILLIS = 20_000;
    private static final int WAL_ATTEMPTS = 50;

    private final Path file;
    private final Connection connection;

    /** A unit of work on the connection. */
    @FunctionalInterface
    interface Work<T> {
        T run(Connection connection) throws SQLException;
    }

    private Database(Path file, Connection connection) {
        this.file = file;
        this.connection = connection;
    }

    static Database open(Path file) {
        try {
            Path folder = file.toAbsolutePath().getParent();
            if (folder != null) {
                Files.createDirectories(folder);
            }
        } catch (IOException e) {
            throw unavailable(file, "the folder can't be made: " + e, e);
        }
        if (Files.isDirectory(file)) {
            throw unavailable(file, "it is a folder", null);
        }
        SQLiteConfig config = new SQLiteConfig();
        config.setBusyTimeout(BUSY_MILLIS);
        config.setSynchronous(SQLiteConfig.SynchronousMode.FULL);
        config.enforceForeignKeys(true);
        try {
            Connection connection = config.createConnection("jdbc:sqlite:" + file.toAbsolutePath());
            try {
                writeAhead(connection);
                Migrations.apply(connection);
                return new Database(file, connection);
            } catch (SQLException | RuntimeException e) {
                connection.close();
                throw e;
            }
        } catch (SQLException e) {
            throw translated(file, e);
        }
    }

    /** Runs work that only reads. */
    synchronized <T> T read(Work<T> work) {
        try {
            return work.run(usable());
        } catch (SQLException e) {
            throw translated(file, e);
        }
    }

    /** Runs work in one transaction that holds the write lock from its start: all of it is done, or nothing. */
    synchronized <T> T write(Work<T> work) {
        Connection used = usable();
        try (Statement statement = used.createStatement()) {
            statement.execute("BEGIN IMMEDIATE");
            try {
                T result = work.run(used);
                statement.execute("COMMIT");
                return result;
            } catch (SQLException | RuntimeException e) {
                rollback(statement, e);
                throw e;
            }
        } catch (SQLException e) {
            throw translated(file, e);
        }
    }

    @Override
    public synchronized void close() {
        try {
            connection.close();
        } catch (SQLException e) {
            throw translated(file, e);
        }
    }

    private Connection usable() {
        try {
            if (connection.isClosed()) {
                throw new TataraException(
                        RegistryErrorCode.CLOSED,
                        Fault.of("the registry is closed").at(file.toString()));
            }
            return connection;
        } catch (SQLException e) {
            throw translated(file, e);
        }
    }

    /** Two processes that turn it on at the same moment get BUSY at once, without the timeout. */
    private static void writeAhead(Connection connection) throws SQLException {
        for (int attempt = 1; ; attempt++) {
            try (Statement statement = connection.createStatement()) {
                statement.execute("PRAGMA journal_mode = WAL");
                return;
            } catch (SQLiteException e) {
                if (attempt == WAL_ATTEMPTS || (e.getResultCode().code & 0xff) != SQLiteErrorCode.SQLITE_BUSY.code) {
                    throw e;
                }
                pause();
            }
        }
    }

    private static void pause() throws SQLException {
        try {
            Thread.sleep(20);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new SQLException("interrupted", e);
        }
    }

    private static void rollback(Statement statement, Exception cause) {
        try {
            statement.execute("ROLLBACK");
        } catch (SQLException alreadyRolledBack) {
            cause.addSuppressed(alreadyRolledBack);
        }
    }

    private static TataraException translated(Path file, SQLException e) {
        SQLiteErrorCode code =
                e instanceof SQLiteException known ? known.getResultCode() : SQLiteErrorCode.UNKNOWN_ERROR;
        String place = file.toAbsolutePath().toString();
        return switch (code.code & 0xff) {
            case 11, 26 ->
                new TataraException( // SQLITE_CORRUPT, SQLITE_NOTADB
                        RegistryErrorCode.DATABASE_CORRUPT,
                        Fault.of("the registry's database is damaged: " + e.getMessage())
                                .at(place)
                                .expecting("a SQLite database")
                                .todo(
                                        "Put back a copy of it, or move it away: the bundles under artifacts/ are whole and "
                                                + "`run NAME` registers them anew"),
                        e);
            case 13 ->
                new TataraException( // SQLITE_FULL
                        CoreErrorCode.DISK_FULL,
                        Fault.of("the disk is full").at(place).todo("Free some space, then do the same again"),
                        e);
            case 5, 6 ->
                new TataraException( // SQLITE_BUSY, SQLITE_LOCKED
                        RegistryErrorCode.DATABASE_UNAVAILABLE,
                        Fault.of("another process has held the registry's database for " + BUSY_MILLIS / 1000 + " s")
                                .at(place)
                                .todo("Wait for it or stop it, then do the same again"),
                        e);
            default -> unavailable(file, String.valueOf(e.getMessage()), e);
        };
    }

    private static TataraException unavailable(
            Path file, String reason, @org.jspecify.annotations.Nullable Exception cause) {
        return new TataraException(
                RegistryErrorCode.DATABASE_UNAVAILABLE,
                Fault.of("the registry's database can't be used: " + reason)
                        .at(file.toAbsolutePath().toString())
                        .expecting("a file that this user may read and write, in a folder that may be written")
                        .todo("Grant the rights, or choose another --home"),
                cause);
    }
}
