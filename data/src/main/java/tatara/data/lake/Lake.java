package tatara.data.lake;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import tatara.core.error.Fault;
import tatara.core.error.TataraException;
import tatara.core.evidence.TableRef;
import tatara.core.frame.Field;
import tatara.core.frame.Frame;
import tatara.core.frame.FrameSource;
import tatara.core.frame.Schema;

/**
 * The tables of a home: Parquet files under Iceberg metadata (D3, D9) in {@code lake/LAYER/PIPELINE/TABLE}, the catalog in
 * {@code lake/catalog.db}. Every write is one atomic commit, which makes a new snapshot; what was there stays as an older one, and a crash
 * before the commit leaves it current. Every table has a column {@code _row} (0-based position, the row's identity), which
 * is added in the order of writing if what is written has none.
 *
 * <p>Nothing is opened before it is needed. Thread-safe; writers of the same table wait for each other, also those in other
 * processes.
 */
public final class Lake implements AutoCloseable {
    /** The column that identifies a row. */
    public static final String ROW = "_row";

    /** Property of a version: the versions it was made from, by {@link #input}, with commas between them. */
    public static final String INPUTS = "inputs";

    private final Path home;
    private final Engine.Settings settings;
    private final Engine engine;
    private final SnapshotStore snapshots;

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
        return replace(reader, layer, name, selectSql, stepKey, Target.main(Map.of()));
    }

    /** Replaces what a branch of a table holds. */
    public TableRef replace(Engine reader, String layer, String name, String selectSql, String stepKey, Target target) {
        RowWriter writer = new RowWriter(reader);
        List<TableColumn> columns = writer.columns(selectSql);
        String rows = suppressed(name).without(selectSql, columns);
        return snapshots.change(table(layer, name), target, change -> {
            writer.replace(change, rows, columns);
            return replaced(change, stepKey);
        });
    }

    private static SnapshotContent replaced(TableChange change, String stepKey) {
        Map<String, String> summary = new HashMap<>();
        if (!stepKey.isEmpty()) {
            summary.put(TableChange.STEP, stepKey);
        }
        long before = change.content().map(SnapshotContent::rows).orElse(0L);
        summary.put(TableChange.DELETED, Long.toString(before));
        summary.put(TableChange.ADDED, Long.toString(change.addedRows()));
        return change.commit("replace", summary, -1, true);
    }

    /** Like {@link #append(Engine, String, String, String, Target)} on the branch {@code main}, with the lake's engine. */
    public TableRef append(String layer, String name, String selectSql, Map<String, String> properties) {
        return append(engine, layer, name, selectSql, Target.main(properties));
    }

    /**
     * Appends the rows of a query, in its order; {@code _row} continues. Columns are matched by name, ignoring case: the table gets
     * those it lacks, its others are missing in the new rows, and a column whose values do not fit its type is widened (numbers to
     * DOUBLE, all else to text).
     *
     * @param reader the lake's engine, or one from {@link #importing}
     * @return the new snapshot, also if there was no row
     */
    public TableRef append(Engine reader, String layer, String name, String selectSql, Target target) {
        RowWriter writer = new RowWriter(reader);
        Suppressed suppressed = suppressed(name);
        String rows = suppressed.isEmpty() ? selectSql : suppressed.without(selectSql, writer.columns(selectSql));
        return snapshots.change(table(layer, name), target, change -> writer.append(change, rows, Map.of()));
    }

    /** Like {@link #apply(Engine, String, String, Upsert, Target)} on the branch {@code main}, with the lake's engine. */
    public TableRef apply(String layer, String name, Upsert changes) {
        return apply(engine, layer, name, changes, Target.main(changes.properties()));
    }

    /**
     * Changes, inserts and deletes rows by key in one commit. Only files that hold a changed row are written anew; a row keeps its
     * {@code _row}, new ones continue. Makes the table if there is none.
     *
     * @param reader the lake's engine, or one from {@link #importing}
     * @param target its properties are kept instead of those of the changes
     * @throws TataraException {@code KEY_NOT_UNIQUE} if the changes, or the table among the changed keys, have a key twice
     */
    public TableRef apply(Engine reader, String layer, String name, Upsert changes, Target target) {
        LakeTable place = table(layer, name);
        Suppressed suppressed = suppressed(name);
        Upsert allowed = suppressed.isEmpty()
                ? changes
                : new Upsert(
                        suppressed.without(changes.selectSql(), new RowWriter(reader).columns(changes.selectSql())),
                        changes.key(),
                        changes.deletedFlag(),
                        changes.properties());
        return snapshots.change(place, target, change -> new Upserting(reader, place, change, allowed).apply(Map.of()));
    }

    /** Versions, tags, branches and what else concerns the past of the tables. */
    public History history() {
        return new History(home.resolve("lake"), snapshots, engine);
    }

    /** Makes tables anew from some of their rows, so that nothing is left of the others. */
    public Rebuilding rebuilding() {
        return new Rebuilding(this, home.resolve("lake"), snapshots);
    }

    /** The current snapshot of every table, by layer and name. */
    public List<TableRef> tables() {
        return snapshots.tables();
    }

    /** An engine that may also read files below other directories; to be closed. */
    public Engine importing(List<Path> directories) {
        List<Path> all = new ArrayList<>(directories);
        all.add(home);
        return new Engine(settings.over(all));
    }

    /** Replaces a table by streamed frames; one and a half frames at a time are in memory. */
    public TableRef replace(String layer, String name, Schema schema, Consumer<Consumer<Frame>> producer) {
        return replace(layer, name, schema, producer, Target.main(Map.of()));
    }

    /** Replaces what a branch of a table holds by streamed frames. */
    public TableRef replace(
            String layer, String name, Schema schema, Consumer<Consumer<Frame>> producer, Target target) {
        List<TableColumn> columns = schema.fields().stream()
                .map(field -> new TableColumn(
                        field.name(),
                        field.name().equals(ROW) ? TableColumn.Type.BIGINT : TableColumn.Type.of(field.kind())))
                .toList();
        return replace(layer, name, columns, schema, producer, "", target);
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
        return replace(layer, name, columns, schema, producer, stepKey, Target.main(Map.of()));
    }

    /** Replaces what a branch of a table holds by streamed frames. */
    public TableRef replace(
            String layer,
            String name,
            List<TableColumn> columns,
            Schema schema,
            Consumer<Consumer<Frame>> producer,
            String stepKey,
            Target target) {
        List<TableColumn> all = RowWriter.numbered(columns);
        return snapshots.change(table(layer, name), target, change -> {
            List<Integer> fieldIds = change.columns(all);
            change.removeAll();
            Suppressed suppressed = suppressed(name);
            if (change.isLaidOut() || suppressed.concerns(all)) {
                staged(change, all, schema, producer, suppressed);
            } else {
                change.write(
                        directory -> engine.copy(FileSql.target(directory, all, fieldIds), all, schema, producer),
                        true);
            }
            return replaced(change, stepKey);
        });
    }

    /** A version as {@link #INPUTS} names it: {@code LAYER/NAME@SNAPSHOT}. */
    public static String input(TableRef ref) {
        return ref.layer() + "/" + ref.name() + "@" + ref.snapshot();
    }

    /** Writes frames to a file first, because they have to be divided and sorted. */
    private void staged(
            TableChange change,
            List<TableColumn> all,
            Schema schema,
            Consumer<Consumer<Frame>> producer,
            Suppressed suppressed) {
        Path file = home.resolve("cache").resolve("frames-" + UUID.randomUUID() + ".parquet");
        try {
            Files.createDirectories(home.resolve("cache"));
            engine.copy(Engine.literal(file.toString()) + " (FORMAT parquet)", all, schema, producer);
            String rows = "SELECT * FROM read_parquet(" + Engine.literal(file.toString()) + ")";
            change.write(engine, suppressed.without(rows, all), true);
        } catch (IOException e) {
            throw StorageFailure.of(e, file);
        } finally {
            discard(file);
        }
    }

    private Suppressed suppressed(String name) {
        return Suppressed.of(home, name);
    }

    private static void discard(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw StorageFailure.of(e, file);
        }
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
        return content(ref).from();
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

    private SnapshotContent content(TableRef ref) {
        return snapshots.content(table(ref.layer(), ref.name()), ref);
    }

    private LakeTable table(String layer, String name) {
        return LakeTable.of(home.resolve("lake"), layer, name);
    }
}
