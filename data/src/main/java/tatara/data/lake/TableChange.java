package tatara.data.lake;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.apache.iceberg.BaseTable;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.Schema;
import org.apache.iceberg.Snapshot;
import org.jspecify.annotations.Nullable;
import tatara.core.error.Fault;
import tatara.core.error.TataraException;

/**
 * One change of a table: files are written, others left out, and {@link #commit} makes it all visible as one new snapshot. Made while
 * the table's lock is held; not thread-safe.
 */
final class TableChange {
    static final String PREFIX = "tatara.";
    static final String STEP = PREFIX + "step";
    static final String ROWS = PREFIX + "rows";
    static final String OPERATION = PREFIX + "operation";
    static final String BRANCH = PREFIX + "branch";
    static final String ADDED = PREFIX + "rows-added";
    static final String DELETED = PREFIX + "rows-deleted";

    /** Summary entries that are the lake's own. */
    static final Set<String> RESERVED = Set.of(ROWS, OPERATION, BRANCH, ADDED, DELETED, Contents.NEXT_ROW);

    private final IcebergCatalog catalog;
    private final Engine engine;
    private final LakeTable place;
    private final Target target;
    private final @Nullable BaseTable table;
    private final @Nullable Snapshot head;
    private final List<DataFile> before;
    private final List<DataFile> added = new ArrayList<>();
    private final Set<String> removed = new HashSet<>();
    private final long sequence;
    private int writes;
    private @Nullable TableStage stage;

    TableChange(IcebergCatalog catalog, Engine engine, LakeTable place, Target target) {
        this.catalog = catalog;
        this.engine = engine;
        this.place = place;
        this.target = target;
        this.table = catalog.load(place).orElse(null);
        this.head = table == null ? null : head(table, target.branch());
        this.before = table == null || head == null ? List.of() : Contents.files(table, head);
        this.sequence = table == null ? 1 : table.operations().current().lastSequenceNumber() + 1;
        check();
        Leftovers.delete(place, table);
    }

    private @Nullable Snapshot head(BaseTable existing, String branch) {
        Snapshot snapshot = existing.snapshot(branch);
        if (snapshot == null && !branch.equals(Target.MAIN)) {
            throw References.unknown(place, branch);
        }
        return snapshot;
    }

    private void check() {
        if (table == null && !target.branch().equals(Target.MAIN)) {
            throw References.unknown(place, target.branch());
        }
        if (target.expected().isPresent()
                && (head == null || head.snapshotId() != target.expected().getAsLong())) {
            throw new TataraException(
                    DataErrorCode.CONCURRENT_WRITE,
                    Fault.of("the table was changed meanwhile: it is at snapshot "
                                    + (head == null ? "none" : head.snapshotId()))
                            .at(place.place())
                            .expecting("snapshot " + target.expected().getAsLong())
                            .todo("Do it again"));
        }
        long latest = table == null ? 0 : table.operations().current().lastUpdatedMillis();
        if (latest - System.currentTimeMillis() > 60_000) {
            throw new TataraException(
                    DataErrorCode.STORAGE_FAILED,
                    Fault.of("the clock was moved back: the table was changed at " + Instant.ofEpochMilli(latest)
                                    + ", which is still to come")
                            .at(place.place())
                            .todo("Set the clock right; nothing was written"));
        }
        target.properties().keySet().stream()
                .filter(name -> RESERVED.contains(PREFIX + name))
                .findFirst()
                .ifPresent(name -> {
                    throw new IllegalArgumentException("property " + name + ": the lake's own");
                });
    }

    /** What the branch holds before the change; nothing if there is no such table. */
    Optional<SnapshotContent> content() {
        return table == null || head == null ? Optional.empty() : Optional.of(Contents.of(table, head));
    }

    Optional<BaseTable> table() {
        return Optional.ofNullable(table);
    }

    /**
     * The files that may hold one of the changed keys, by the bounds that Iceberg keeps of the key's first column.
     *
     * @param changed SQL of the column in the changes
     */
    List<String> candidates(
            Engine reader, SnapshotContent content, TableColumn column, String changed, String changes) {
        Schema known = table == null || head == null ? null : Contents.schema(table, head);
        return known == null
                ? List.of()
                : Pruning.candidates(reader, before, known, content.paths(), column, changed, changes);
    }

    /** Says which columns the table has after the change; returns their field ids. */
    List<Integer> columns(List<TableColumn> columns) {
        Schema known = table == null || head == null ? null : Contents.schema(table, head);
        Schema wanted = Schemas.evolve(
                known, columns, table == null ? 0 : table.operations().current().lastColumnId());
        columns(wanted);
        return Schemas.fieldIds(wanted);
    }

    /** Takes columns with their field ids. */
    void columns(Schema wanted) {
        stage = TableStage.of(catalog, place, table, wanted, target);
    }

    private TableStage stage() {
        return Objects.requireNonNull(stage, "columns first");
    }

    /**
     * Writes the rows of a query, in the table's layout.
     *
     * @param reader runs the query
     * @param select gives the table's columns, in the order of the rows
     * @param keepEmpty whether a table without rows gets a file
     */
    void write(Engine reader, String select, boolean keepEmpty) {
        List<TableColumn> columns = Schemas.columns(stage().schema());
        List<Integer> fieldIds = Schemas.fieldIds(stage().schema());
        if (!stage().isLaidOut()) {
            write(directory -> reader.execute(FileSql.copy(select, directory, columns, fieldIds)), keepEmpty);
            return;
        }
        PartitionedRows.write(
                reader,
                stage(),
                select,
                (partition, rows) -> fill(
                        directory -> reader.execute(FileSql.copy(rows, directory, columns, fieldIds)),
                        false,
                        partition));
    }

    /**
     * Writes files of a table without a layout.
     *
     * @param copy gets a directory to fill with them
     * @param keepEmpty whether a file without rows is kept
     */
    void write(Consumer<String> copy, boolean keepEmpty) {
        fill(copy, keepEmpty, null);
    }

    boolean isLaidOut() {
        return stage().isLaidOut();
    }

    private void fill(Consumer<String> copy, boolean keepEmpty, @Nullable PartitionValues partition) {
        Path directory = partial();
        try {
            Files.createDirectories(place.data());
            AtomicFile.write(place.writing(), Long.toString(sequence));
            copy.accept(directory.toString());
            for (Path file : Leftovers.numbered(directory)) {
                String name = String.format("%08d", sequence) + (writes == 0 ? "" : String.format("-%04d", writes))
                        + ".parquet";
                Path named = place.data().resolve(name);
                AtomicFile.move(file, named);
                writes++;
                DataFile data = stage().dataFile(engine, named, partition);
                if (data.recordCount() > 0 || keepEmpty) {
                    added.add(data);
                } else {
                    Files.delete(named);
                }
            }
            Leftovers.deleteAll(directory);
        } catch (IOException e) {
            throw StorageFailure.of(e, place.data());
        }
    }

    private Path partial() {
        return place.data().resolve(String.format(".%08d-%04d.partial", sequence, writes));
    }

    /** Files of the branch that the new snapshot has no longer. */
    void remove(Collection<String> paths) {
        removed.addAll(paths);
    }

    void removeAll() {
        before.forEach(file -> removed.add(file.location()));
    }

    /** Takes files of another snapshot as they are; those that the branch has are kept. */
    void take(List<DataFile> files) {
        Set<String> wanted = new HashSet<>();
        files.forEach(file -> wanted.add(file.location()));
        Set<String> present = new HashSet<>();
        before.forEach(file -> present.add(file.location()));
        present.stream().filter(path -> !wanted.contains(path)).forEach(removed::add);
        files.stream().filter(file -> !present.contains(file.location())).forEach(added::add);
    }

    long addedRows() {
        return added.stream().mapToLong(DataFile::recordCount).sum();
    }

    /**
     * Makes the change visible.
     *
     * @param summary entries of the snapshot's summary, with prefix
     * @param nextRow negative if it follows from the files
     * @param plain whether all files have just the table's columns
     */
    SnapshotContent commit(String operation, Map<String, String> summary, long nextRow, boolean plain) {
        Schema written = stage().schema();
        List<DataFile> after = new ArrayList<>(added);
        before.stream().filter(file -> !removed.contains(file.location())).forEach(after::add);
        SnapshotContent content = Contents.of(0, written, after, nextRow, plain);
        Map<String, String> all = new LinkedHashMap<>();
        target.properties().forEach((name, value) -> all.put(PREFIX + name, value));
        all.putAll(summary);
        all.put(OPERATION, operation);
        all.put(BRANCH, target.branch());
        all.put(ROWS, Long.toString(content.rows()));
        all.put(Contents.NEXT_ROW, Long.toString(content.nextRow()));
        List<DataFile> gone = before.stream()
                .filter(file -> removed.contains(file.location()))
                .toList();
        long snapshot = stage().publish(added, gone, all);
        try {
            Files.deleteIfExists(place.writing());
        } catch (IOException e) {
            throw StorageFailure.of(e, place.writing());
        }
        return Contents.of(snapshot, written, after, content.nextRow(), plain);
    }
}
