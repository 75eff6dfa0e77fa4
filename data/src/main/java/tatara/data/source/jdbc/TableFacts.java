package tatara.data.source.jdbc;

import java.io.File;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.Calendar;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TimeZone;

/** What a product's own catalog tells of tables; read once for all of them. */
final class TableFacts {
    private static final String POSTGRESQL = "SELECT n.nspname, c.relname, c.reltuples::bigint,"
            + " pg_catalog.pg_total_relation_size(c.oid), s.n_tup_ins, s.n_tup_upd, s.n_tup_del, d.stats_reset"
            + " FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace"
            + " LEFT JOIN pg_catalog.pg_stat_user_tables s ON s.relid = c.oid"
            + " LEFT JOIN pg_catalog.pg_stat_database d ON d.datname = pg_catalog.current_database()"
            + " WHERE c.relkind IN ('r', 'p', 'm')";
    private static final String MARIADB = "SELECT NULL, TABLE_NAME, TABLE_ROWS, DATA_LENGTH + INDEX_LENGTH, UPDATE_TIME"
            + " FROM information_schema.TABLES WHERE TABLE_SCHEMA = DATABASE()";

    private static final TimeZone UTC = TimeZone.getTimeZone("UTC");

    private final JdbcSession session;
    private final Map<TableName, Counted> counted = new HashMap<>();

    /** What a catalog counts. */
    private record Counted(
            long rows, long bytes, Optional<Instant> modified, Optional<DatabaseTable.Changes> changes) {}

    TableFacts(JdbcSession session) {
        this.session = session;
        switch (session.location().dialect()) {
            case POSTGRESQL ->
                session.query("asking for sizes", POSTGRESQL, row -> counted.put(name(row), ofPostgres(row)));
            case MARIADB -> session.query("asking for sizes", MARIADB, row -> counted.put(name(row), ofMaria(row)));
            case SQLITE, OTHER -> {}
        }
    }

    private static TableName name(ResultSet row) throws SQLException {
        return new TableName(Optional.ofNullable(row.getString(1)), row.getString(2));
    }

    private static Counted ofPostgres(ResultSet row) throws SQLException {
        long inserted = row.getLong(5);
        Optional<DatabaseTable.Changes> changes = row.wasNull()
                ? Optional.empty()
                : Optional.of(new DatabaseTable.Changes(inserted, row.getLong(6), row.getLong(7), instant(row, 8)));
        return new Counted(row.getLong(3), row.getLong(4), Optional.empty(), changes);
    }

    private static Counted ofMaria(ResultSet row) throws SQLException {
        long rows = row.getLong(3);
        boolean unknown = row.wasNull();
        return new Counted(unknown ? -1 : rows, row.getLong(4), instant(row, 5), Optional.empty());
    }

    private static Optional<Instant> instant(ResultSet row, int column) throws SQLException {
        return Optional.ofNullable(row.getTimestamp(column, Calendar.getInstance(UTC)))
                .map(Timestamp::toInstant);
    }

    DatabaseTable of(TableName table) {
        TableName known = session.location().dialect() == SqlDialect.MARIADB
                ? new TableName(Optional.empty(), table.table())
                : table;
        Counted counts = Optional.ofNullable(counted.get(known)).orElseGet(this::fromOutside);
        List<String> leftOut = JdbcCopy.columns(session, Optional.of(table)).stream()
                .filter(column -> column.reading() == CellReading.NOT_COPIED)
                .map(SourceColumn::name)
                .toList();
        return new DatabaseTable(
                session.location().uri(Optional.of(table)),
                table.schema().orElse(""),
                table.table(),
                counts.rows,
                counts.bytes,
                counts.modified,
                JdbcCatalog.primaryKey(session, table),
                JdbcCatalog.foreignKeys(session, table),
                counts.changes,
                leftOut);
    }

    private Counted fromOutside() {
        if (session.location().dialect() != SqlDialect.SQLITE) {
            return new Counted(-1, -1, Optional.empty(), Optional.empty());
        }
        File file = new File(session.location().url().substring("jdbc:sqlite:".length()));
        return new Counted(-1, -1, Optional.of(Instant.ofEpochMilli(file.lastModified())), Optional.empty());
    }
}
