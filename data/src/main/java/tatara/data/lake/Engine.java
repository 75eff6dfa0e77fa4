package tatara.data.lake;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.duckdb.DuckDBChunkedResult;
import org.duckdb.DuckDBColumnType;
import org.duckdb.DuckDBConnection;
import org.duckdb.DuckDBFunctions;
import org.duckdb.DuckDBPreparedStatement;
import org.duckdb.DuckDBTableFunctionBuilder;
import org.jspecify.annotations.Nullable;
import tatara.core.error.CoreErrorCode;
import tatara.core.error.Fault;
import tatara.core.error.TataraException;
import tatara.core.frame.Frame;
import tatara.core.frame.Kind;
import tatara.core.frame.Schema;

/**
 * SQL in this process (DuckDB), with bounded memory: what does not fit is spilled to a directory. Reads and writes files only below
 * the directories it was opened with, loads no extension, opens no connection to anywhere. Connects on the first query.
 *
 * <p>Tables and views made by {@link #execute} are seen by all queries of this engine until it is closed; temporary ones only by
 * their own statement. Time zone is UTC. Row order of files is kept. Thread-safe: each query has its own connection.
 */
public final class Engine implements AutoCloseable {
    private final Settings settings;
    private final FrameFeed.Function frames = new FrameFeed.Function();
    private final AtomicLong feeds = new AtomicLong();
    private final Map<Statement, Boolean> running = new ConcurrentHashMap<>();
    private @Nullable DuckDBConnection root;
    private boolean closed;

    /**
     * @param spill directory for what does not fit in memory; made when needed
     * @param memoryMegabytes most memory that queries may hold
     * @param threads most threads that a query uses
     * @param directories where files may be read and written
     */
    public record Settings(Path spill, int memoryMegabytes, int threads, List<Path> directories) {
        public Settings {
            directories = List.copyOf(directories);
            if (memoryMegabytes < 1 || threads < 1) {
                throw new IllegalArgumentException("memoryMegabytes: " + memoryMegabytes + ", threads: " + threads
                        + " (expected: at least 1 of each)");
            }
        }

        Settings over(List<Path> others) {
            return new Settings(spill, memoryMegabytes, threads, others);
        }
    }

    public Engine(Settings settings) {
        this.settings = settings;
    }

    /** A quoted SQL identifier; any text is safe. */
    public static String quote(String identifier) {
        return '"' + identifier.replace("\"", "\"\"") + '"';
    }

    /** A quoted SQL string; any text is safe. */
    public static String literal(String text) {
        return '\'' + text.replace("'", "''") + '\'';
    }

    /** All rows of a query, for results that fit in memory. */
    public <T> List<T> query(String sql, RowReader<T> reader) {
        return run(sql, connection -> {
            try (Statement statement = connection.createStatement()) {
                List<T> rows = new ArrayList<>();
                tracked(statement, () -> {
                    try (ResultSet result = statement.executeQuery(sql)) {
                        while (result.next()) {
                            rows.add(reader.read(result));
                        }
                    }
                });
                return rows;
            }
        });
    }

    /** The first row of a query, if it has one. */
    public <T> Optional<T> first(String sql, RowReader<T> reader) {
        return query(sql, reader).stream().findFirst();
    }

    /** Runs a statement that gives no rows. */
    public void execute(String sql) {
        run(sql, connection -> {
            try (Statement statement = connection.createStatement()) {
                tracked(statement, () -> statement.execute(sql));
                return true;
            }
        });
    }

    /**
     * Streams the rows of a query, in order, in batches of at most {@link Frame#BATCH_ROWS} rows (fewer for very wide tables), holding
     * one batch at a time.
     *
     * @param sql gives the columns of {@code schema} in that order; numbers, booleans (1 and 0) and decimals become numbers, dates
     *     and timestamps become times, anything becomes text
     * @param consumer called on this thread
     */
    public void stream(String sql, Schema schema, Consumer<Frame> consumer) {
        run(sql, connection -> {
            String typed = ChunkFrames.direct(connection, sql, schema) ? sql : ChunkFrames.typed(sql, schema);
            try (DuckDBPreparedStatement statement = connection.prepare(typed)) {
                tracked(statement, () -> {
                    try (DuckDBChunkedResult result = statement.query()) {
                        new ChunkFrames(schema, consumer).read(result);
                    }
                });
                return true;
            }
        });
    }

    /**
     * Writes frames to a Parquet file below one of the engine's directories.
     *
     * @param producer called on this thread with what takes the frames
     */
    public void copy(Path file, Schema schema, Consumer<Consumer<Frame>> producer) {
        List<TableColumn> columns = schema.fields().stream()
                .map(field -> new TableColumn(field.name(), TableColumn.Type.of(field.kind())))
                .toList();
        copy(literal(file.toString()) + " (FORMAT parquet, COMPRESSION zstd)", columns, schema, producer);
    }

    /**
     * Writes frames to a Parquet file below one of the engine's directories, with stored types of their own: texts are cast to them,
     * so that whole numbers keep all digits.
     *
     * @param columns one for each field of the schema
     * @param producer called on this thread with what takes the frames
     */
    public void copy(Path file, List<TableColumn> columns, Schema schema, Consumer<Consumer<Frame>> producer) {
        copy(literal(file.toString()) + " (FORMAT parquet, COMPRESSION zstd)", columns, schema, producer);
    }

    /**
     * Runs COPY over frames as they are produced. What is stored as it comes goes straight to the writer; else a projection casts.
     *
     * @param target the rest of the COPY statement
     * @param columns stored columns: one for each field of the schema, and perhaps one more for the row's number
     */
    void copy(String target, List<TableColumn> columns, Schema schema, Consumer<Consumer<Frame>> producer) {
        boolean straight = true;
        List<FrameFeed.Output> outputs = new ArrayList<>(columns.size());
        List<String> casts = new ArrayList<>(columns.size());
        for (int i = 0; i < columns.size(); i++) {
            TableColumn column = columns.get(i);
            Kind kind = i < schema.size() ? schema.field(i).kind() : Kind.NUMBER;
            boolean whole = kind == Kind.TIME || (kind == Kind.NUMBER && column.type() == TableColumn.Type.BIGINT);
            DuckDBColumnType given = kind == Kind.TEXT
                    ? DuckDBColumnType.VARCHAR
                    : whole ? DuckDBColumnType.BIGINT : DuckDBColumnType.DOUBLE;
            outputs.add(new FrameFeed.Output(column.name(), given));
            straight &= given.name().equals(column.type().name());
            String name = quote(column.name());
            casts.add(
                    (kind == Kind.TIME ? "make_timestamp(" + name + ")" : "CAST(" + name + " AS " + column.type() + ")")
                            + " AS " + name);
        }
        String select = straight ? "*" : String.join(", ", casts);
        feed(
                new FrameFeed(schema, outputs),
                producer,
                table -> "COPY (SELECT " + select + " FROM " + table + ") TO " + target);
    }

    /**
     * Runs a statement that reads frames as they are produced.
     *
     * @param producer called on this thread with what takes the frames
     * @param sql makes the statement from the SQL table that stands for the frames
     */
    private void feed(FrameFeed feed, Consumer<Consumer<Frame>> producer, UnaryOperator<String> sql) {
        String key = "feed-" + feeds.incrementAndGet();
        frames.add(key, feed);
        CompletableFuture<Void> writer = new CompletableFuture<>();
        Thread thread =
                new Thread(() -> write(feed, sql.apply(FrameFeed.FUNCTION + "(" + literal(key) + ")"), writer), key);
        thread.setDaemon(true);
        thread.start();
        try {
            producer.accept(frame -> {
                if (!feed.put(frame)) {
                    writer.join();
                    throw new IllegalStateException("the writer ended early");
                }
            });
            feed.end();
            writer.join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof TataraException cause ? cause : e;
        } finally {
            feed.stop();
            frames.remove(key);
            await(thread);
        }
    }

    private void write(FrameFeed feed, String sql, CompletableFuture<Void> writer) {
        try {
            execute(sql);
            writer.complete(null);
        } catch (RuntimeException | Error e) {
            writer.completeExceptionally(e);
        } finally {
            feed.stop();
        }
    }

    private static void await(Thread thread) {
        boolean interrupted = false;
        while (thread.isAlive()) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** Stops all running queries; they end with {@code CANCELLED}. May be called from any thread. */
    public void cancel() {
        for (Statement statement : List.copyOf(running.keySet())) {
            running.replace(statement, true);
            try {
                statement.cancel();
            } catch (SQLException alreadyOver) {
                running.remove(statement);
            }
        }
    }

    @Override
    public synchronized void close() {
        closed = true;
        if (root != null) {
            try {
                root.close();
            } catch (SQLException e) {
                throw failure(e, "closing the engine");
            } finally {
                root = null;
            }
        }
    }

    /** Something done on a connection of its own. */
    interface Work<T> {
        T on(DuckDBConnection connection) throws SQLException;
    }

    /** A step of such work. */
    interface Action {
        void run() throws SQLException;
    }

    <T> T run(String sql, Work<T> work) {
        try (DuckDBConnection connection = connect().duplicate()) {
            return work.on(connection);
        } catch (SQLException e) {
            throw failure(e, sql);
        }
    }

    /** Runs an action that {@link #cancel} can stop; a failure after that is a cancellation, whatever the engine calls it. */
    void tracked(Statement statement, Action action) throws SQLException {
        running.put(statement, false);
        try {
            action.run();
        } catch (SQLException e) {
            if (running.getOrDefault(statement, false)) {
                throw new SQLException("interrupted", e);
            }
            throw e;
        } finally {
            running.remove(statement);
        }
    }

    private synchronized DuckDBConnection connect() throws SQLException {
        if (closed) {
            throw new IllegalStateException("the engine is closed");
        }
        if (root == null) {
            root = open();
        }
        return root;
    }

    private DuckDBConnection open() throws SQLException {
        Properties properties = new Properties();
        properties.setProperty("jdbc_stream_results", "true");
        properties.setProperty("autoinstall_known_extensions", "false");
        properties.setProperty("autoload_known_extensions", "false");
        properties.setProperty("memory_limit", settings.memoryMegabytes() + "MiB");
        properties.setProperty("threads", Integer.toString(settings.threads()));
        try {
            Files.createDirectories(settings.spill());
        } catch (IOException e) {
            throw StorageFailure.of(e, settings.spill());
        }
        properties.setProperty(
                "temp_directory", settings.spill().toAbsolutePath().toString());
        DuckDBConnection connection = (DuckDBConnection) DriverManager.getConnection("jdbc:duckdb:", properties);
        try (Statement statement = connection.createStatement()) {
            statement.execute("SET GLOBAL TimeZone = 'UTC'");
            statement.execute("SET GLOBAL preserve_insertion_order = true");
            statement.execute("SET GLOBAL allowed_directories = ["
                    + settings.directories().stream()
                            .map(directory -> literal(directory.toAbsolutePath().normalize() + "/"))
                            .collect(Collectors.joining(", "))
                    + "]");
            statement.execute("SET GLOBAL enable_external_access = false");
            statement.execute("SET GLOBAL lock_configuration = true");
        }
        try (DuckDBTableFunctionBuilder function = DuckDBFunctions.tableFunction()) {
            function.withName(FrameFeed.FUNCTION)
                    .withParameter(String.class)
                    .withFunction(frames)
                    .register(connection);
        }
        return connection;
    }

    static TataraException failure(SQLException e, String sql) {
        String message = String.valueOf(e.getMessage());
        String lower = message.toLowerCase(Locale.ROOT);
        if (e.getCause() instanceof TataraException cause) {
            return cause;
        }
        if (lower.contains("interrupt")) {
            return new TataraException(CoreErrorCode.CANCELLED, Fault.of("the query was cancelled"), e);
        }
        if (lower.contains("no space left") || lower.contains("max_temp_directory_size")) {
            return StorageFailure.diskFull(message, e);
        }
        if (lower.contains("cannot open file")
                && (lower.contains("denied") || lower.contains("read-only file system"))) {
            return StorageFailure.of(new IOException(firstLine(message), e), Path.of(""));
        }
        if (lower.contains("out of memory")) {
            return new TataraException(
                    DataErrorCode.OUT_OF_MEMORY,
                    Fault.of("the query needs more memory than it may use: " + firstLine(message))
                            .todo("Give it more memory, or fewer columns"),
                    e);
        }
        if (lower.startsWith("io error") || lower.contains("no magic bytes")) {
            return new TataraException(
                    DataErrorCode.STORAGE_FAILED,
                    Fault.of("a file cannot be read or written: " + firstLine(message))
                            .todo("Check the disk, and run again: what is missing is made anew"),
                    e);
        }
        String shown = sql.length() > 2_000 ? sql.substring(0, 2_000) + "…" : sql;
        return new TataraException(DataErrorCode.QUERY_FAILED, Fault.of(message).at("SQL: " + shown), e);
    }

    private static String firstLine(String message) {
        return message.lines().findFirst().orElse("");
    }
}
