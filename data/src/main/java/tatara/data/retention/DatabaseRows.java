package tatara.data.retention;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import tatara.data.lake.Engine;
import tatara.data.lake.StorageFailure;

/** Rows of SQLite files that tell of a person. Every row is looked at, not the bytes of the file, where texts touch. */
final class DatabaseRows {
    private static final byte[] MAGIC = "SQLite format 3\0".getBytes(StandardCharsets.US_ASCII);

    private final Path file;
    private final Traces traces;
    private final Needles needles;

    DatabaseRows(Path file, Traces traces) {
        this.file = file;
        this.traces = traces;
        this.needles = new Needles(traces);
    }

    static boolean isDatabase(Path file) throws IOException {
        try (var in = Files.newInputStream(file)) {
            return Arrays.equals(in.readNBytes(MAGIC.length), MAGIC);
        }
    }

    /**
     * Deletes rows with a cell that is one of the texts, replaces the text in cells that contain it, and removes what deleted rows left in the
     * file. Triggers that forbid it are set aside meanwhile. Returns how many cells there were.
     */
    long clean() {
        try (Connection connection = open()) {
            long changed = 0;
            try (Statement statement = connection.createStatement()) {
                statement.execute("PRAGMA secure_delete = ON");
                statement.execute("BEGIN IMMEDIATE");
                List<String> triggers = texts(statement, "SELECT sql FROM sqlite_master WHERE type = 'trigger'");
                for (String name : texts(statement, "SELECT name FROM sqlite_master WHERE type = 'trigger'")) {
                    statement.execute("DROP TRIGGER " + Engine.quote(name));
                }
                for (String table : tables(statement)) {
                    changed += clean(connection, table);
                }
                for (String trigger : triggers) {
                    statement.execute(trigger);
                }
                statement.execute("COMMIT");
                statement.execute("PRAGMA wal_checkpoint(TRUNCATE)");
                statement.execute("VACUUM");
                statement.execute("PRAGMA wal_checkpoint(TRUNCATE)");
            }
            return changed;
        } catch (SQLException e) {
            throw StorageFailure.of(new IOException(e.getMessage(), e), file);
        }
    }

    /** Whether a row is left. */
    boolean holdsAny() throws SQLException {
        try (Connection connection = open();
                Statement statement = connection.createStatement()) {
            for (String table : tables(statement)) {
                for (String column : columns(connection, table)) {
                    if (!found(connection, table, column).isEmpty()) {
                        return true;
                    }
                }
            }
            return false;
        }
    }

    private Connection open() throws SQLException {
        Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
        try (Statement statement = connection.createStatement()) {
            statement.execute("PRAGMA busy_timeout = 10000");
        }
        return connection;
    }

    private static List<String> tables(Statement statement) throws SQLException {
        return texts(
                statement,
                "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\' ORDER BY name");
    }

    private static List<String> columns(Connection connection, String table) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            return texts(statement, "SELECT name FROM pragma_table_info(" + Engine.literal(table) + ")");
        }
    }

    private static List<String> texts(Statement statement, String sql) throws SQLException {
        List<String> texts = new ArrayList<>();
        try (ResultSet rows = statement.executeQuery(sql)) {
            while (rows.next()) {
                texts.add(rows.getString(1));
            }
        }
        return texts;
    }

    private long clean(Connection connection, String table) throws SQLException {
        long changed = 0;
        for (String column : columns(connection, table)) {
            String name = Engine.quote(column);
            for (byte[] value : found(connection, table, column)) {
                byte[] cleaned = needles.without(value);
                boolean whole = new String(cleaned, StandardCharsets.UTF_8).equals(Needles.GONE)
                        || Arrays.equals(cleaned, value);
                String sql = (whole
                                ? "DELETE FROM " + Engine.quote(table)
                                : "UPDATE " + Engine.quote(table) + " SET " + name + " = ?")
                        + " WHERE CAST(" + name + " AS BLOB) = ?";
                try (PreparedStatement statement = connection.prepareStatement(sql)) {
                    if (!whole) {
                        statement.setString(1, new String(cleaned, StandardCharsets.UTF_8));
                    }
                    statement.setBytes(whole ? 1 : 2, value);
                    changed += statement.executeUpdate();
                }
            }
        }
        return changed;
    }

    /** The different values of a column that tell of the person, as bytes. */
    private List<byte[]> found(Connection connection, String table, String column) throws SQLException {
        String name = Engine.quote(column);
        Set<String> keys = new LinkedHashSet<>(traces.keys().getOrDefault(column.toLowerCase(Locale.ROOT), List.of()));
        List<byte[]> found = new ArrayList<>();
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SELECT DISTINCT CAST(" + name + " AS BLOB) FROM "
                        + Engine.quote(table) + " WHERE " + name + " IS NOT NULL")) {
            while (rows.next()) {
                byte[] value = rows.getBytes(1);
                if (value != null
                        && (needles.isIn(value) || keys.contains(new String(value, StandardCharsets.UTF_8).strip()))) {
                    found.add(value);
                }
            }
        }
        return found;
    }
}
