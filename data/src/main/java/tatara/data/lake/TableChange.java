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
import org.apache.iceberg.DataFiles;
import org.apache.iceberg.FileFormat;
import org.apache.iceberg.HasTableOperations;
import org.apache.iceberg.OverwriteFiles;
import org.apache.iceberg.PartitionSpec;
import org.apache.iceberg.Schema;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.TableMetadata;
import org.apache.iceberg.TableOperations;
import org.apache.iceberg.Transaction;
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
    private @Nullable Schema schema;
    private @Nullable Transaction creation;

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
        schema = Schemas.evolve(
                known, columns, table == null ? 0 : table.operations().current().lastColumnId());
        return Schemas.fieldIds(schema);
    }

    /** Takes the columns of an older snapshot, and their field ids. */
    void columns(Schema older) {
        schema = older;
    }

    /**
     * Writes files.
     *
     * @param copy gets a directory to fill with them
     * @param keepEmpty whether a file without rows is kept
     */
    void write(Consumer<String> copy, boolean keepEmpty) {
        Path directory = place.data().resolve(String.format(".%08d-%04d.partial", sequence, writes));
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
                DataFile data = dataFile(named);
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

    private DataFile dataFile(Path file) throws IOException {
        return DataFiles.builder(PartitionSpec.unpartitioned())
                .withPath(file.toString())
                .withFormat(FileFormat.PARQUET)
                .withFileSizeInBytes(Files.size(file))
                .withMetrics(ParquetMetrics.read(engine, file, Objects.requireNonNull(schema)))
                .build();
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
        Schema written = Objects.requireNonNull(schema);
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
        long snapshot = publish(written, all);
        try {
            Files.deleteIfExists(place.writing());
        } catch (IOException e) {
            throw StorageFailure.of(e, place.writing());
        }
        return Contents.of(snapshot, written, after, content.nextRow(), plain);
    }

    private long publish(Schema written, Map<String, String> summary) {
        StagedOperations staged = table == null ? null : new StagedOperations(table.operations());
        TableOperations operations = staged == null ? created(written) : staged;
        TableMetadata start = operations.current();
        boolean own = target.branch().equals(Target.MAIN) || start.currentSnapshot() == null;
        if (staged != null) {
            staged.commit(start, withSchema(start, written));
        }
        OverwriteFiles overwrite = new BaseTable(operations, place.name()).newOverwrite();
        before.stream().filter(file -> removed.contains(file.location())).forEach(overwrite::deleteFile);
        added.forEach(overwrite::addFile);
        summary.forEach(overwrite::set);
        overwrite.toBranch(target.branch()).commit();
        TableMetadata committed = operations.current();
        long snapshot = committed.ref(target.branch()).snapshotId();
        if (staged == null) {
            Objects.requireNonNull(creation).commitTransaction();
        } else {
            if (!own) {
                staged.commit(
                        committed,
                        TableMetadata.buildFrom(committed)
                                .setCurrentSchema(start.currentSchemaId())
                                .build());
            }
            staged.publish();
        }
        return snapshot;
    }

    private static TableMetadata withSchema(TableMetadata start, Schema written) {
        if (start.schema().sameSchema(written)) {
            return start;
        }
        int last = Math.max(start.lastColumnId(), written.highestFieldId());
        return TableMetadata.buildFrom(start).setCurrentSchema(written, last).build();
    }

    private TableOperations created(Schema written) {
        creation = catalog.create(place, written);
        return ((HasTableOperations) creation.table()).operations();
    }
}
