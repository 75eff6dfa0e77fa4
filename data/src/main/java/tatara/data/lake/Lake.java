package tatara.data.lake;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import tatara.core.error.Fault;
import tatara.core.error.TataraException;
import tatara.core.evidence.TableRef;
import tatara.core.frame.Field;
import tatara.core.frame.Frame;
import tatara.core.frame.FrameSource;
import tatara.core.frame.Schema;

/**
 * The tables of a home: Parquet files under Iceberg metadata (D3, D9) in {@code lake/LAYER/PIPELINE/TABLE}, the catalog in
 * {@code lake/catalog.db}. Writing a table replaces its content in one atomic commit; what was there stays as an older snapshot,
 * and a crash before the commit leaves it current. Every table has a column {@code _row} (0-based position, the row's identity), which
 * is added in the order of writing if what is written has none.
 *
 * <p>Nothing is opened before it is needed. Thread-safe; writers of the same table wait for each other. One process per home.
 */
public final class Lake implements AutoCloseable {
    /** The column that identifies a row. */
    public static final String ROW = "_row";

    private final Path home;
    private final Engine.Settings settings;
    private final Engine engine;
    private final SnapshotStore snapshots;
    private final Map<String, Object> locks = new ConcurrentHashMap<>();

    private Lake(Path home, Engine.Settings settings) {
        this.home = home;
        this.settings = settings;
        this.engine = new Engine(settings);
        this.snapshots = new SnapshotStore(home.resolve("lake"), engine);
    }

    /**
     * @param home directory of everything; made when the first table is written
     * @param memoryMegabytes most memory that queries may hold
     * @param threads most threads that a query uses
     */
    public static Lake open(Path home, int memoryMegabytes, int threads) {
        Path absolute = home.toAbsolutePath().normalize();
        Path spill = absolute.resolve("cache").resolve("spill");
        return new Lake(absolute, new Engine.Settings(spill, memoryMegabytes, threads, List.of(absolute)));
    }

    /** The SQL engine that reads and writes the tables. */
    public Engine engine() {
        return engine;
    }

    public Path home() {
        return home;
    }

    /** Replaces a table by the rows of a query. */
    public TableRef replace(String layer, String name, String selectSql) {
        return replace(layer, name, selectSql, "");
    }

    /**
     * Replaces a table by the rows of a query, in its order.
     *
     * @param name {@code PIPELINE.TABLE}; the part after the first dot may hold anything
     * @param selectSql types without a like in {@link TableColumn.Type} are stored as text
     * @param stepKey key of the step that writes, kept in the snapshot for {@link #find}; empty for none
     */
    public TableRef replace(String layer, String name, String selectSql, String stepKey) {
        return replace(engine, layer, name, selectSql, stepKey);
    }

    /**
     * Like {@link #replace(String, String, String, String)}, with another engine to run the query.
     *
     * @param reader from {@link #importing}
     */
    public TableRef replace(Engine reader, String layer, String name, String selectSql, String stepKey) {
        List<TableColumn> columns = reader.query(
                "DESCRIBE " + selectSql,
                row -> new TableColumn(row.getString(1), TableColumn.Type.of(row.getString(2))));
        return write(
                layer,
                name,
                columns,
                stepKey,
                (all, target) -> reader.execute("COPY (SELECT " + casts(all, columns) + " FROM (" + selectSql
                        + "\n) AS written(" + names(columns.size()) + ")) TO " + target));
    }

    /** An engine that may also read files below other directories; to be closed. */
    public Engine importing(List<Path> directories) {
        List<Path> all = new ArrayList<>(directories);
        all.add(home);
        return new Engine(settings.over(all));
    }

    /** Replaces a table by streamed frames; one and a half frames at a time are in memory. */
    public TableRef replace(String layer, String name, Schema schema, Consumer<Consumer<Frame>> producer) {
        List<TableColumn> columns = schema.fields().stream()
                .map(field -> new TableColumn(
                        field.name(),
                        field.name().equals(ROW) ? TableColumn.Type.BIGINT : TableColumn.Type.of(field.kind())))
                .toList();
        return replace(layer, name, columns, schema, producer, "");
    }

    /**
     * Replaces a table by streamed frames.
     *
     * @param columns stored columns; texts are cast to the stored type
     * @param schema schema of the frames, as many fields as columns
     * @param producer called on this thread with what takes the frames
     * @param stepKey key of the step that writes; empty for none
     */
    public TableRef replace(
            String layer,
            String name,
            List<TableColumn> columns,
            Schema schema,
            Consumer<Consumer<Frame>> producer,
            String stepKey) {
        return write(layer, name, columns, stepKey, (all, target) -> engine.copy(target, all, schema, producer));
    }

    /** The current snapshot of a table, if there is such a table. */
    public Optional<TableRef> current(String layer, String name) {
        return snapshots.current(table(layer, name));
    }

    /** The newest snapshot of a table that a step with this key wrote. */
    public Optional<TableRef> find(String layer, String name, String stepKey) {
        return snapshots.find(table(layer, name), stepKey);
    }

    /** Whether the snapshot's files lie there whole, as far as their names and ends tell; reads no table. */
    public boolean holds(TableRef ref) {
        return snapshots.holds(table(ref.layer(), ref.name()), ref);
    }

    /** A table expression for a FROM clause that gives the rows of the snapshot, in order. */
    public String from(TableRef ref) {
        SnapshotContent content = content(ref);
        String files = content.files().stream().map(Engine::literal).collect(Collectors.joining(", "));
        return "read_parquet([" + files + "], hive_partitioning = false)";
    }

    /** Names of the user's columns, in order, without {@code _row}. */
    public List<String> columns(TableRef ref) {
        return types(ref).stream().map(TableColumn::name).toList();
    }

    /** The user's columns with their stored types, in order, without {@code _row}. */
    public List<TableColumn> types(TableRef ref) {
        return content(ref).columns().stream()
                .filter(column -> !column.name().equals(ROW))
                .toList();
    }

    /** All columns of the user as frames. */
    public FrameSource frames(TableRef ref) {
        return frames(ref, columns(ref));
    }

    /**
     * Columns of a snapshot as frames, in the order of writing. Integers are numbers, booleans the texts {@code true} and
     * {@code false}.
     *
     * @param columns names, {@code _row} if it is wanted
     * @throws TataraException {@code TABLE_NOT_FOUND} if the snapshot or a column is not there
     */
    public FrameSource frames(TableRef ref, List<String> columns) {
        Map<String, TableColumn> known =
                content(ref).columns().stream().collect(Collectors.toMap(TableColumn::name, column -> column));
        List<Field> fields = new ArrayList<>(columns.size());
        for (String column : columns) {
            TableColumn stored = known.get(column);
            if (stored == null) {
                throw new TataraException(
                        DataErrorCode.TABLE_NOT_FOUND,
                        Fault.of("no column " + column).at(ref.layer() + " table " + ref.name()));
            }
            fields.add(new Field(column, stored.type().kind()));
        }
        Schema schema = new Schema(fields);
        String select = columns.stream().map(Engine::quote).collect(Collectors.joining(", "));
        String sql = "SELECT " + (select.isEmpty() ? "1" : select) + " FROM " + from(ref);
        return new QueryFrames(engine, sql, schema, ref.rows());
    }

    @Override
    public void close() {
        try {
            snapshots.close();
        } finally {
            engine.close();
        }
    }

    /** Writes rows to a file; the target is the rest of a COPY statement. */
    private interface Copy {
        void run(List<TableColumn> columns, String target);
    }

    private TableRef write(String layer, String name, List<TableColumn> columns, String stepKey, Copy copy) {
        LakeTable table = table(layer, name);
        boolean hasRow = columns.stream().anyMatch(column -> column.name().equals(ROW));
        List<TableColumn> all = new ArrayList<>(columns);
        if (!hasRow) {
            all.add(new TableColumn(ROW, TableColumn.Type.BIGINT));
        }
        synchronized (locks.computeIfAbsent(layer + "/" + name, key -> new Object())) {
            try {
                Files.createDirectories(table.data());
            } catch (IOException e) {
                throw StorageFailure.of(e, table.data());
            }
            return snapshots.replace(
                    table, all, stepKey, (file, fieldIds) -> copy.run(all, target(file, all, fieldIds)));
        }
    }

    private static String target(Path file, List<TableColumn> columns, List<Integer> fieldIds) {
        String ids = IntStream.range(0, columns.size())
                .mapToObj(i -> Engine.quote(columns.get(i).name()) + ": " + fieldIds.get(i))
                .collect(Collectors.joining(", "));
        int groupRows = Math.max(2_048, Math.min(122_880, 4_915_200 / columns.size() / 2_048 * 2_048));
        return Engine.literal(file.toString()) + " (FORMAT parquet, COMPRESSION zstd, ROW_GROUP_SIZE " + groupRows
                + ", FIELD_IDS {" + ids + "})";
    }

    private static String casts(List<TableColumn> all, List<TableColumn> given) {
        return IntStream.range(0, all.size())
                .mapToObj(i ->
                        (i < given.size() ? "CAST(c" + i + " AS " + all.get(i).type() + ")" : numbered()) + " AS "
                                + Engine.quote(all.get(i).name()))
                .collect(Collectors.joining(", "));
    }

    private static String numbered() {
        return "CAST(row_number() OVER () - 1 AS BIGINT)";
    }

    private static String names(int count) {
        return IntStream.range(0, count).mapToObj(i -> "c" + i).collect(Collectors.joining(", "));
    }

    private SnapshotContent content(TableRef ref) {
        return snapshots.content(table(ref.layer(), ref.name()), ref);
    }

    private LakeTable table(String layer, String name) {
        if (!layer.matches("[a-z][a-z0-9_]*")) {
            throw new IllegalArgumentException("layer: " + layer + " (expected: lower-case letters)");
        }
        int dot = name.indexOf('.');
        String pipeline = dot < 0 ? "default" : name.substring(0, dot);
        return new LakeTable(
                layer.toLowerCase(Locale.ROOT),
                name,
                SafeName.of(pipeline),
                SafeName.of(name.substring(dot + 1)),
                home.resolve("lake"));
    }
}
