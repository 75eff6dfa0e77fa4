package tatara.connectors.debezium;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import org.jspecify.annotations.Nullable;
import org.postgresql.Driver;
import tatara.core.error.Fault;
import tatara.core.error.TataraException;

/** Questions to, and preparations of, the server beside the stream of changes. Connects when first asked. Used by one thread. */
final class SourceDatabase implements AutoCloseable {
    private final PostgresLocation location;
    private final String password;
    private @Nullable Connection connection;

    SourceDatabase(PostgresLocation location, String password) {
        this.location = location;
        this.password = password;
    }

    /**
     * What a table has beside its columns.
     *
     * @param identity replica identity: {@code d} (primary key), {@code f} (whole row), {@code i} (index), {@code n} (nothing)
     * @param partitioned whether it is the root of partitions
     * @param generated names of generated columns, which the log does not carry
     */
    record Description(TableShape shape, String identity, boolean partitioned, List<String> generated) {
        /** Columns that identify a row; empty if there are none. */
        List<String> key() {
            return shape.key();
        }
    }

    /**
     * A replication slot.
     *
     * @param confirmed byte of the log up to which the server may forget
     * @param lost whether the server has thrown away what was to be read
     */
    record Slot(boolean active, long reader, long confirmed, boolean lost) {}

    /** @throws TataraException if the table cannot be followed at all */
    Description describe() throws SQLException {
        if (!"logical".equals(text("SHOW wal_level"))) {
            throw notPrepared(
                    "the server does not log what change capture needs: wal_level is " + text("SHOW wal_level"),
                    "wal_level = logical",
                    "Set wal_level = logical in postgresql.conf and restart the server");
        }
        String kindSql = "SELECT c.oid::bigint, coalesce(pg_relation_filenode(c.oid), 0)::bigint, c.relkind::text,"
                + " c.relreplident::text, has_table_privilege(c.oid, 'SELECT'), c.relpersistence::text FROM pg_class c"
                + " JOIN pg_namespace n ON n.oid = c.relnamespace WHERE n.nspname = ? AND c.relname = ?";
        try (PreparedStatement statement = connection().prepareStatement(kindSql)) {
            statement.setString(1, location.schema());
            statement.setString(2, location.table());
            try (ResultSet row = statement.executeQuery()) {
                if (!row.next()) {
                    throw missing("there is no table " + location.qualified());
                }
                String kind = row.getString(3);
                if (!kind.equals("r") && !kind.equals("p")) {
                    throw missing(location.qualified() + " is a view or something else that has no log");
                }
                if (!row.getString(6).equals("p")) {
                    throw missing(location.qualified() + " is unlogged or temporary: the log has nothing of it");
                }
                if (!row.getBoolean(5)) {
                    throw missing("no right to read " + location.qualified());
                }
                return describe(row.getLong(1), row.getLong(2), kind.equals("p"), row.getString(4));
            }
        }
    }

    private Description describe(long oid, long file, boolean partitioned, String identity) throws SQLException {
        List<TableShape.Column> columns = new ArrayList<>();
        List<String> generated = new ArrayList<>();
        String sql = "SELECT a.attname, a.attnum, format_type(a.atttypid, a.atttypmod), a.atthasdef OR a.atthasmissing,"
                + " coalesce(to_jsonb(a)->>'attgenerated', '') FROM pg_attribute a WHERE a.attrelid = " + oid
                + " AND a.attnum > 0 AND NOT a.attisdropped ORDER BY a.attnum";
        try (Statement statement = connection().createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            while (row.next()) {
                if (row.getString(5).isEmpty()) {
                    columns.add(new TableShape.Column(
                            row.getString(1), row.getInt(2), row.getString(3), row.getBoolean(4)));
                } else {
                    generated.add(row.getString(1));
                }
            }
        }
        String which = identity.equals("i") ? "indisreplident" : "indisprimary";
        List<String> key = list("SELECT a.attname FROM pg_index i JOIN pg_attribute a ON a.attrelid = i.indrelid"
                + " AND a.attnum = ANY (i.indkey) WHERE i.indrelid = " + oid + " AND i." + which
                + " ORDER BY array_position(i.indkey::int2[], a.attnum)");
        return new Description(new TableShape(oid, file, key, columns), identity, partitioned, generated);
    }

    Optional<Slot> slot(String name) throws SQLException {
        String sql = "SELECT active, coalesce(active_pid, 0), coalesce((confirmed_flush_lsn - '0/0')::bigint, 0),"
                + " coalesce(to_jsonb(s)->>'wal_status', '') FROM pg_replication_slots s WHERE slot_name = ?";
        try (PreparedStatement statement = connection().prepareStatement(sql)) {
            statement.setString(1, name);
            try (ResultSet row = statement.executeQuery()) {
                return row.next()
                        ? Optional.of(new Slot(
                                row.getBoolean(1),
                                row.getLong(2),
                                row.getLong(3),
                                row.getString(4).equals("lost")))
                        : Optional.empty();
            }
        }
    }

    void dropSlot(String name) throws SQLException {
        execute("SELECT pg_drop_replication_slot(slot_name) FROM pg_replication_slots WHERE slot_name = "
                + literal(name));
    }

    boolean hasPublication(String name) throws SQLException {
        return text("SELECT count(*)::text FROM pg_publication WHERE pubname = " + literal(name))
                .equals("1");
    }

    boolean publishesTable(String name) throws SQLException {
        return !text("SELECT count(*)::text FROM pg_publication_tables WHERE pubname = " + literal(name)
                        + " AND schemaname = " + literal(location.schema()) + " AND tablename = "
                        + literal(location.table()))
                .equals("0");
    }

    /** A publication of the table; of inserts alone if updates would fail at the source for want of an identity. */
    void createPublication(String name, boolean insertsOnly, boolean partitioned) throws SQLException {
        execute("CREATE PUBLICATION " + name + " FOR TABLE " + quote(location.schema()) + "."
                + quote(location.table()) + " WITH (publish = '"
                + (insertsOnly ? "insert, truncate" : "insert, update, delete, truncate") + "'"
                + (partitioned ? ", publish_via_partition_root = true" : "") + ")");
    }

    void dropPublication(String name) throws SQLException {
        execute("DROP PUBLICATION IF EXISTS " + name);
    }

    /** The end of the log. */
    long end() throws SQLException {
        return Long.parseLong(text("SELECT (CASE WHEN pg_is_in_recovery() THEN pg_last_wal_replay_lsn()"
                + " ELSE pg_current_wal_lsn() END - '0/0')::bigint::text"));
    }

    /** Writes a small message into the log, which changes no table; the byte after it. */
    long mark() throws SQLException {
        return Long.parseLong(text("SELECT (pg_logical_emit_message(true, 'tatara', 'mark') - '0/0')::bigint::text"));
    }

    private String text(String sql) throws SQLException {
        try (Statement statement = connection().createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            return row.next() ? row.getString(1) : "";
        }
    }

    private List<String> list(String sql) throws SQLException {
        List<String> values = new ArrayList<>();
        try (Statement statement = connection().createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            while (row.next()) {
                values.add(row.getString(1));
            }
        }
        return values;
    }

    private void execute(String sql) throws SQLException {
        try (Statement statement = connection().createStatement()) {
            statement.execute(sql);
        }
    }

    private Connection connection() throws SQLException {
        if (connection == null || !connection.isValid(5)) {
            close();
            Properties properties = new Properties();
            properties.setProperty("user", location.user());
            properties.setProperty("password", password);
            properties.setProperty("connectTimeout", "10");
            properties.setProperty("socketTimeout", "120");
            properties.setProperty("ApplicationName", "tatara");
            location.sslmode().ifPresent(mode -> properties.setProperty("sslmode", mode));
            Connection opened = new Driver().connect(location.jdbcUrl(), properties);
            if (opened == null) {
                throw new SQLException("the driver does not take the location", "08001");
            }
            connection = opened;
        }
        return connection;
    }

    @Override
    public void close() {
        if (connection != null) {
            try {
                connection.close();
            } catch (SQLException alreadyGone) {
                // nothing is lost with it
            }
            connection = null;
        }
    }

    private TataraException missing(String what) {
        return new TataraException(
                FeedErrorCode.TABLE_MISSING,
                Fault.of(what)
                        .at(location.place())
                        .expecting("a table that this user may read")
                        .todo("Check its name, schema and the user's rights"));
    }

    TataraException notPrepared(String what, String expected, String todo) {
        return new TataraException(
                FeedErrorCode.NOT_PREPARED,
                Fault.of(what).at(location.place()).expecting(expected).todo(todo));
    }

    private static String quote(String name) {
        return '"' + name.replace("\"", "\"\"") + '"';
    }

    private static String literal(String text) {
        return "'" + text.replace("'", "''") + "'";
    }
}
