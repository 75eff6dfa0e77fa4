package tatara.data.source.jdbc;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;

/** What differs between database products. */
enum SqlDialect {
    POSTGRESQL(
            Map.of(
                    "connectTimeout", "15",
                    "loginTimeout", "20",
                    "socketTimeout", "900",
                    "tcpKeepAlive", "true",
                    "ApplicationName", "tatara",
                    "adaptiveFetch", "true",
                    "adaptiveFetchMinimum", "1",
                    "adaptiveFetchMaximum", "20000",
                    "maxResultBuffer", "64M"),
            List.of(
                    "SET TIME ZONE 'UTC'",
                    "SET synchronize_seqscans = off",
                    "SET lock_timeout = '60s'",
                    "SET idle_in_transaction_session_timeout = 0"),
            64),
    MARIADB(
            Map.of(
                    "connectTimeout", "15000",
                    "socketTimeout", "900000",
                    "tinyInt1isBit", "false",
                    "yearIsDateType", "false",
                    "allowLocalInfile", "false"),
            List.of("SET time_zone = '+00:00'", "SET SESSION net_write_timeout = 900"),
            1_000),
    SQLITE(Map.of("open_mode", "1", "busy_timeout", "60000"), List.of(), 1_000),
    OTHER(Map.of(), List.of(), 1_000);

    private final Map<String, String> properties;
    private final List<String> statements;
    private final int fetchSize;

    SqlDialect(Map<String, String> properties, List<String> statements, int fetchSize) {
        this.properties = properties;
        this.statements = statements;
        this.fetchSize = fetchSize;
    }

    /** @param url a driver's URL in lower case */
    static SqlDialect ofUrl(String url) {
        if (url.startsWith("jdbc:postgresql:")) {
            return POSTGRESQL;
        }
        if (url.startsWith("jdbc:mariadb:")) {
            return MARIADB;
        }
        return url.startsWith("jdbc:sqlite:") ? SQLITE : OTHER;
    }

    /** Properties of the connection: bounded waiting, bounded memory, nothing lost in translation. */
    Map<String, String> properties() {
        return properties;
    }

    /** Rows fetched at a time; PostgreSQL's driver starts with these and adapts to the rows' size. */
    int fetchSize() {
        return fetchSize;
    }

    /** Makes a fresh connection read-only, in one transaction that sees one state, with times in UTC. */
    void prepare(Connection connection) throws SQLException {
        if (this == OTHER) {
            preparePossible(connection);
            return;
        }
        if (this != SQLITE) {
            connection.setReadOnly(true);
            connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
        }
        connection.setAutoCommit(false);
        try (Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        }
    }

    /** An unknown product may know none of these. */
    private static void preparePossible(Connection connection) throws SQLException {
        if (connection.getMetaData().supportsTransactions()) {
            connection.setAutoCommit(false);
        }
        if (connection.getMetaData().supportsTransactionIsolationLevel(Connection.TRANSACTION_REPEATABLE_READ)) {
            connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
        }
    }
}
