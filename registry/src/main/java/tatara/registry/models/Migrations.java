package tatara.registry.models;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import tatara.core.error.Fault;
import tatara.core.error.TataraException;

/** The registry's tables, in the steps in which they came to be. A step that was released is never edited: add another. */
final class Migrations {
    private static final List<List<String>> STEPS = List.of(List.of(
            """
            CREATE TABLE registry_version (
              model TEXT NOT NULL, version INTEGER NOT NULL, bundle TEXT NOT NULL, stage TEXT NOT NULL, content_key TEXT NOT NULL,
              created_micros INTEGER NOT NULL, tags TEXT NOT NULL, PRIMARY KEY (model, version), UNIQUE (model, content_key)
            ) STRICT, WITHOUT ROWID""",
            "CREATE UNIQUE INDEX registry_one_in_production ON registry_version (model) WHERE stage = 'production'",
            """
            CREATE TABLE registry_history (
              sequence INTEGER PRIMARY KEY AUTOINCREMENT, model TEXT NOT NULL, version INTEGER NOT NULL, from_stage TEXT NOT NULL,
              to_stage TEXT NOT NULL, actor TEXT NOT NULL, at_micros INTEGER NOT NULL, reason TEXT NOT NULL
            ) STRICT""",
            """
            CREATE TRIGGER registry_history_keeps BEFORE UPDATE ON registry_history
            BEGIN SELECT RAISE(ABORT, 'registry_history is append-only'); END""",
            """
            CREATE TRIGGER registry_history_stays BEFORE DELETE ON registry_history
            BEGIN SELECT RAISE(ABORT, 'registry_history is append-only'); END"""));

    private Migrations() {}

    /** Brings the tables to the newest step; cheap if they are there. Safe against others who do the same. */
    static void apply(Connection connection) throws SQLException {
        if (installed(connection) == STEPS.size()) {
            return;
        }
        try (Statement statement = connection.createStatement()) {
            statement.execute("BEGIN IMMEDIATE");
            try {
                statement.execute("CREATE TABLE IF NOT EXISTS registry_migration (step INTEGER PRIMARY KEY) STRICT");
                int first = installed(connection);
                for (int step = first; step < STEPS.size(); step++) {
                    for (String sql : STEPS.get(step)) {
                        statement.execute(sql);
                    }
                    statement.execute("INSERT INTO registry_migration (step) VALUES (" + (step + 1) + ")");
                }
                statement.execute("COMMIT");
            } catch (SQLException | RuntimeException e) {
                statement.execute("ROLLBACK");
                throw e;
            }
        }
    }

    private static int installed(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            try (ResultSet table = statement.executeQuery(
                    "SELECT 1 FROM sqlite_schema WHERE type = 'table' AND name = 'registry_migration'")) {
                if (!table.next()) {
                    return 0;
                }
            }
            try (ResultSet newest = statement.executeQuery("SELECT coalesce(max(step), 0) FROM registry_migration")) {
                newest.next();
                int step = newest.getInt(1);
                if (step > STEPS.size()) {
                    throw new TataraException(
                            RegistryErrorCode.DATABASE_TOO_NEW,
                            Fault.of("the registry's tables are at step " + step)
                                    .expecting("at most " + STEPS.size())
                                    .todo("Use the version of Tatara that wrote this home, or a newer one"));
                }
                return step;
            }
        }
    }
}
