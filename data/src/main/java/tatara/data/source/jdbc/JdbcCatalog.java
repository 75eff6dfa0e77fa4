package tatara.data.source.jdbc;

import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import tatara.core.error.Fault;
import tatara.core.error.TataraException;
import tatara.core.port.Secrets;

/** What a database holds: its tables with declared keys, sizes and counted changes. Thread-safe. */
public final class JdbcCatalog {
    private static final Set<String> SYSTEM_SCHEMAS =
            Set.of("information_schema", "pg_catalog", "pg_toast", "sys", "mysql", "performance_schema");
    private static final int MOST_NAMED = 10;

    /**
     * The wanted tables of a location: those it names, those of its schema, or all; in the order of their names. A query is none.
     *
     * @param location see {@link JdbcConnector}
     * @throws TataraException if the database does not answer or refuses, or has no such table
     */
    public List<DatabaseTable> tables(String location, Secrets secrets) {
        JdbcLocation parsed = JdbcLocation.of(location);
        if (parsed.query().isPresent()) {
            return List.of();
        }
        try (JdbcSession session = JdbcSession.open(parsed, secrets)) {
            TableFacts facts = new TableFacts(session);
            return names(session).stream().map(facts::of).toList();
        }
    }

    /** Names of the wanted tables. */
    static List<TableName> names(JdbcSession session) {
        JdbcLocation location = session.location();
        List<Listed> all = session.run("listing its tables", connection -> listed(session, connection));
        if (location.tables().isEmpty()) {
            List<TableName> tables = all.stream()
                    .filter(listed -> listed.isTable)
                    .map(Listed::name)
                    .filter(name -> location.schema()
                            .map(wanted -> name.schema().equals(Optional.of(wanted)))
                            .orElse(true))
                    .toList();
            if (tables.isEmpty()) {
                throw unclear(
                        location,
                        "no table that this user can see"
                                + location.schema()
                                        .map(name -> " in the schema " + name)
                                        .orElse(""),
                        all);
            }
            return tables;
        }
        return location.tables().stream()
                .map(text -> named(location, text, all))
                .toList();
    }

    private static TableName named(JdbcLocation location, String text, List<Listed> all) {
        List<TableName> meant = all.stream()
                .map(Listed::name)
                .filter(name -> name.isMeantBy(text))
                .filter(name -> location.schema().isEmpty() || name.schema().equals(location.schema()))
                .toList();
        List<TableName> usual = meant.size() < 2
                ? meant
                : meant.stream()
                        .filter(name -> name.schema().equals(Optional.of("public")))
                        .toList();
        if (usual.size() == 1) {
            return usual.get(0);
        }
        throw meant.isEmpty()
                ? unclear(location, "no such table: " + text, all)
                : unclear(
                        location,
                        meant.size() + " tables are called " + text + ": "
                                + meant.stream().map(TableName::text).collect(Collectors.joining(", ")),
                        List.of());
    }

    private static TataraException unclear(JdbcLocation location, String what, List<Listed> all) {
        List<String> names = all.stream().map(listed -> listed.name.text()).toList();
        String shown = names.stream().limit(MOST_NAMED).collect(Collectors.joining(", "))
                + (names.size() > MOST_NAMED ? " and " + (names.size() - MOST_NAMED) + " more" : "");
        return new TataraException(
                JdbcErrorCode.TABLE_UNCLEAR,
                Fault.of(what)
                        .at(location.place())
                        .expecting(names.isEmpty() ? "table=SCHEMA.TABLE" : "one of " + shown)
                        .todo("Check the name, its upper and lower case, and that the user may see the table"));
    }

    /** A table or view. */
    private record Listed(TableName name, boolean isTable) {}

    private static List<Listed> listed(JdbcSession session, Connection connection) throws SQLException {
        SqlDialect dialect = session.location().dialect();
        Set<String> partitions = dialect == SqlDialect.POSTGRESQL ? partitions(session) : Set.of();
        DatabaseMetaData metadata = connection.getMetaData();
        List<Listed> all = JdbcSession.rows(metadata.getTables(connection.getCatalog(), null, "%", null), row -> {
                    String type = Optional.ofNullable(row.getString("TABLE_TYPE"))
                            .orElse("")
                            .toUpperCase(Locale.ROOT);
                    Optional<String> schema =
                            Optional.ofNullable(row.getString("TABLE_SCHEM")).filter(text -> !text.isEmpty());
                    TableName name = new TableName(schema, Objects.requireNonNull(row.getString("TABLE_NAME")));
                    boolean table = type.endsWith("TABLE") && !type.contains("SYSTEM") && !type.contains("TEMPORARY");
                    boolean view = type.endsWith("VIEW") && !type.contains("SYSTEM");
                    return table || view ? Optional.of(new Listed(name, table)) : Optional.<Listed>empty();
                })
                .stream()
                .flatMap(Optional::stream)
                .toList();
        return all.stream()
                .filter(listed -> !isSystem(listed.name, dialect) && !partitions.contains(listed.name.text()))
                .sorted(Comparator.comparing(
                                (Listed listed) -> listed.name.schema().orElse(""))
                        .thenComparing(listed -> listed.name.table()))
                .distinct()
                .toList();
    }

    private static boolean isSystem(TableName name, SqlDialect dialect) {
        String schema = name.schema().orElse("").toLowerCase(Locale.ROOT);
        return SYSTEM_SCHEMAS.contains(schema)
                || schema.startsWith("pg_toast")
                || schema.startsWith("pg_temp")
                || (dialect == SqlDialect.SQLITE && name.table().startsWith("sqlite_"));
    }

    /** Parts of partitioned tables: their rows come with the whole. */
    private static Set<String> partitions(JdbcSession session) {
        return session
                .query(
                        "listing partitions",
                        "SELECT n.nspname, c.relname FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n"
                                + " ON n.oid = c.relnamespace WHERE c.relispartition",
                        row -> new TableName(Optional.of(row.getString(1)), row.getString(2)).text())
                .stream()
                .collect(Collectors.toSet());
    }

    /** Columns of the primary key in its order. */
    static List<String> primaryKey(JdbcSession session, TableName table) {
        return session.run("reading keys of " + table.text(), connection -> {
            Map<Short, String> columns = new TreeMap<>();
            ResultSet keys = connection
                    .getMetaData()
                    .getPrimaryKeys(connection.getCatalog(), table.schema().orElse(null), table.table());
            JdbcSession.rows(keys, row -> columns.put(row.getShort("KEY_SEQ"), row.getString("COLUMN_NAME")));
            return List.copyOf(columns.values());
        });
    }

    static List<DatabaseTable.ForeignKey> foreignKeys(JdbcSession session, TableName table) {
        return session.run("reading keys of " + table.text(), connection -> {
            Map<String, List<KeyPart>> parts = new LinkedHashMap<>();
            ResultSet keys = connection
                    .getMetaData()
                    .getImportedKeys(connection.getCatalog(), table.schema().orElse(null), table.table());
            int[] unnamed = {0};
            JdbcSession.rows(keys, row -> {
                short position = row.getShort("KEY_SEQ");
                unnamed[0] += position <= 1 ? 1 : 0;
                String name = Optional.ofNullable(row.getString("FK_NAME")).orElse("") + "#" + unnamed[0];
                return parts.computeIfAbsent(name, absent -> new ArrayList<>())
                        .add(new KeyPart(
                                position,
                                row.getString("FKCOLUMN_NAME"),
                                Optional.ofNullable(row.getString("PKTABLE_SCHEM"))
                                        .orElse(""),
                                row.getString("PKTABLE_NAME"),
                                row.getString("PKCOLUMN_NAME")));
            });
            return parts.values().stream().map(KeyPart::joined).toList();
        });
    }

    /** One column of a foreign key. */
    private record KeyPart(short position, String column, String toSchema, String toTable, String toColumn) {
        static DatabaseTable.ForeignKey joined(List<KeyPart> parts) {
            List<KeyPart> ordered = parts.stream()
                    .sorted(Comparator.comparing(KeyPart::position))
                    .toList();
            KeyPart first = ordered.get(0);
            return new DatabaseTable.ForeignKey(
                    ordered.stream().map(KeyPart::column).toList(),
                    first.toSchema,
                    first.toTable,
                    ordered.stream().map(KeyPart::toColumn).toList());
        }
    }
}
