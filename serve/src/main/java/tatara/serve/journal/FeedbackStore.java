package tatara.serve.journal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;
import tatara.core.error.Fault;
import tatara.core.error.TataraException;
import tatara.core.json.Json;
import tatara.core.json.JsonText;

/**
 * True outcomes by prediction id, in a SQLite file. A batch is one transaction, on disk when {@link #store} returns; the same label
 * twice is stored once. Any number of processes may use the file at once. Thread-safe.
 */
public final class FeedbackStore implements AutoCloseable {
    private static final int BUSY_MILLIS = 5_000;
    private static final int WAL_ATTEMPTS = 50;
    private static final int LONGEST_ID = 200;

    private final Path file;
    private final Clock clock;
    private @Nullable Connection connection;

    /** @param file usually {@code HOME/feedback.db}; made with the first label */
    public FeedbackStore(Path file, Clock clock) {
        this.file = file;
        this.clock = clock;
    }

    /** @throws TataraException {@code INVALID_LABEL} (nothing is stored then) or {@code JOURNAL_UNAVAILABLE} */
    public synchronized FeedbackReceipt store(String model, List<Label> labels) {
        for (int i = 0; i < labels.size(); i++) {
            check(labels.get(i), i);
        }
        try (Statement transaction = connection().createStatement()) {
            transaction.execute("BEGIN IMMEDIATE");
            try {
                FeedbackReceipt receipt = store(transaction.getConnection(), model, labels);
                transaction.execute("COMMIT");
                return receipt;
            } catch (SQLException | RuntimeException e) {
                transaction.execute("ROLLBACK");
                throw e;
            }
        } catch (SQLException e) {
            throw unavailable(e);
        }
    }

    /** Delivers the labels of a model in the order of their ids. */
    public synchronized void forEach(String model, Consumer<Label> consumer) {
        try (PreparedStatement statement =
                connection().prepareStatement("SELECT id, label FROM feedback WHERE model = ? ORDER BY id")) {
            statement.setString(1, model);
            ResultSet row = statement.executeQuery();
            while (row.next()) {
                consumer.accept(new Label(row.getString(1), JsonText.read("label", row.getString(2))));
            }
        } catch (SQLException e) {
            throw unavailable(e);
        }
    }

    @Override
    public synchronized void close() {
        if (connection != null) {
            try {
                connection.close();
            } catch (SQLException e) {
                throw unavailable(e);
            }
            connection = null;
        }
    }

    private FeedbackReceipt store(Connection open, String model, List<Label> labels) throws SQLException {
        int stored = 0;
        int changed = 0;
        int unchanged = 0;
        int unknown = 0;
        for (Label label : labels) {
            unknown += PredictionIds.isOf(model, label.id()) ? 0 : 1;
            String text = JsonText.write(label.value());
            Optional<String> before = find(open, model, label.id());
            if (before.isPresent() && before.get().equals(text)) {
                unchanged++;
                continue;
            }
            stored += before.isEmpty() ? 1 : 0;
            changed += before.isEmpty() ? 0 : 1;
            try (PreparedStatement statement = open.prepareStatement(
                    "INSERT INTO feedback (model, id, label, at_micros) VALUES (?, ?, ?, ?)"
                            + " ON CONFLICT (model, id) DO UPDATE SET label = excluded.label, at_micros = excluded.at_micros")) {
                statement.setString(1, model);
                statement.setString(2, label.id());
                statement.setString(3, text);
                statement.setLong(4, ChronoUnit.MICROS.between(Instant.EPOCH, clock.instant()));
                statement.executeUpdate();
            }
        }
        return new FeedbackReceipt(stored, changed, unchanged, unknown);
    }

    private static Optional<String> find(Connection open, String model, String id) throws SQLException {
        try (PreparedStatement statement =
                open.prepareStatement("SELECT label FROM feedback WHERE model = ? AND id = ?")) {
            statement.setString(1, model);
            statement.setString(2, id);
            ResultSet row = statement.executeQuery();
            return row.next() ? Optional.of(row.getString(1)) : Optional.empty();
        }
    }

    private static void check(Label label, int position) {
        String place = "labels[" + position + "]";
        if (label.id().isBlank() || label.id().length() > LONGEST_ID) {
            throw new TataraException(
                    JournalErrorCode.INVALID_LABEL,
                    Fault.of("id: "
                                    + (label.id().isBlank()
                                            ? "blank"
                                            : label.id().length() + " characters"))
                            .at(place)
                            .expecting("the id of a prediction, 1 to " + LONGEST_ID + " characters"));
        }
        Json value = label.value();
        if (!(value instanceof Json.Str || value instanceof Json.Num || value instanceof Json.Bool)) {
            throw new TataraException(
                    JournalErrorCode.INVALID_LABEL,
                    Fault.of("label of " + label.id()).at(place).expecting("a string, a number, true or false"));
        }
    }

    private Connection connection() throws SQLException {
        if (connection == null) {
            connection = open();
        }
        return connection;
    }

    private Connection open() throws SQLException {
        try {
            Path folder = file.toAbsolutePath().getParent();
            if (folder != null) {
                Files.createDirectories(folder);
            }
        } catch (IOException e) {
            throw unavailable(e);
        }
        SQLiteConfig config = new SQLiteConfig();
        config.setBusyTimeout(BUSY_MILLIS);
        config.setSynchronous(SQLiteConfig.SynchronousMode.FULL);
        Connection opened = config.createConnection("jdbc:sqlite:" + file.toAbsolutePath());
        try (Statement statement = opened.createStatement()) {
            writeAhead(statement);
            statement.execute(
                    "CREATE TABLE IF NOT EXISTS feedback (model TEXT NOT NULL, id TEXT NOT NULL, label TEXT NOT NULL,"
                            + " at_micros INTEGER NOT NULL, PRIMARY KEY (model, id)) STRICT, WITHOUT ROWID");
        } catch (SQLException e) {
            opened.close();
            throw e;
        }
        return opened;
    }

    /** Two processes that turn it on at the same moment get BUSY at once, without the timeout. */
    private static void writeAhead(Statement statement) throws SQLException {
        for (int attempt = 1; ; attempt++) {
            try {
                statement.execute("PRAGMA journal_mode = WAL");
                return;
            } catch (SQLiteException e) {
                boolean busy = (e.getResultCode().code & 0xff) == SQLiteErrorCode.SQLITE_BUSY.code;
                if (!busy || attempt == WAL_ATTEMPTS) {
                    throw e;
                }
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
            }
        }
    }

    private TataraException unavailable(Exception cause) {
        return new TataraException(
                JournalErrorCode.JOURNAL_UNAVAILABLE,
                Fault.of("labels can't be stored: " + cause.getMessage())
                        .at(file.toAbsolutePath().toString())
                        .expecting("a SQLite file that this user may write, on a disk with space")
                        .todo("Send the same labels again when it is; a label that was stored stays as it is"),
                cause);
    }
}
