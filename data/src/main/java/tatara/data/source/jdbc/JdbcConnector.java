package tatara.data.source.jdbc;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongConsumer;
import tatara.core.port.Connector;
import tatara.core.port.RemoteObject;
import tatara.core.port.Secrets;

/**
 * Relational databases as a place that data is copied from (D1): PostgreSQL, MySQL, MariaDB, SQLite, and whatever has a JDBC driver on
 * the class path. Each table, or one query, becomes a Parquet file with its types; rows come in the order of the primary key, read with a
 * cursor in one read-only transaction, so that memory is bounded and the rows of a table are of one moment. Binary columns are left out.
 *
 * <p>Locations: {@code postgresql://USER@HOST:PORT/DATABASE?table=SCHEMA.TABLE&password=env:NAME}, likewise {@code mysql},
 * {@code mariadb}; {@code sqlite:///PATH}; {@code jdbc:…?user=…&password=…}. Without {@code table} and {@code query} all tables of the
 * database, or of {@code schema}. Thread-safe: each call has its own connection.
 */
public final class JdbcConnector implements Connector {
    @Override
    public Set<String> schemes() {
        return Set.of("jdbc", "postgresql", "postgres", "mysql", "mariadb", "sqlite");
    }

    /** Several tables are named {@code TABLE/TABLE.parquet}: files in one folder that are alike would count as one table. */
    @Override
    public List<RemoteObject> list(String location, Secrets secrets) {
        JdbcLocation parsed = JdbcLocation.of(location);
        if (parsed.query().isPresent()) {
            return List.of(object(parsed.uri(Optional.empty()), "query"));
        }
        try (JdbcSession session = JdbcSession.open(parsed, secrets)) {
            List<TableName> tables = JdbcCatalog.names(session);
            Map<String, Integer> taken = new HashMap<>();
            tables.forEach(table -> taken.merge(folded(table.table()), 1, Integer::sum));
            List<RemoteObject> objects = new ArrayList<>(tables.size());
            for (TableName table : tables) {
                boolean unique = taken.getOrDefault(folded(table.table()), 0) == 1;
                String name = unique ? table.table() : table.schema().orElse("") + "_" + table.table();
                String file = fileName(name);
                objects.add(object(parsed.uri(Optional.of(table)), tables.size() > 1 ? file + "/" + file : file));
            }
            return List.copyOf(objects);
        }
    }

    @Override
    public void fetch(RemoteObject object, Path target, Secrets secrets, LongConsumer progress) {
        JdbcLocation location = JdbcLocation.of(object.uri());
        try (JdbcSession session = JdbcSession.open(location, secrets)) {
            Optional<TableName> table = location.query().isPresent()
                    ? Optional.empty()
                    : Optional.of(JdbcCatalog.names(session).get(0));
            new JdbcCopy(session, table).to(target, progress);
        }
    }

    @Override
    public Optional<String> since(String location, String column, String value) {
        return NewerRows.of(JdbcLocation.of(location), column, value).map(newer -> newer.uri(Optional.empty()));
    }

    private static RemoteObject object(String uri, String name) {
        return new RemoteObject(uri, name + ".parquet", -1, Optional.empty(), "");
    }

    private static String folded(String name) {
        return fileName(name).toLowerCase(Locale.ROOT);
    }

    /** The table's name as far as file systems bear it; files that begin with a dot or an underline count as hidden. */
    private static String fileName(String table) {
        String safe = table.replaceAll("[\\p{Cntrl}/\\\\:*?\"<>|]+", "_").strip();
        String shown = safe.isEmpty() || safe.startsWith(".") || safe.startsWith("_") ? "table" + safe : safe;
        return shown.substring(0, Math.min(shown.length(), 100));
    }
}
