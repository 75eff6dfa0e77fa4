package tatara.data.lake;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.apache.iceberg.BaseTable;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.exceptions.CommitFailedException;
import org.apache.iceberg.exceptions.ValidationException;
import org.jspecify.annotations.Nullable;
import tatara.core.error.Fault;
import tatara.core.error.TataraException;
import tatara.core.evidence.TableRef;
import tatara.core.json.JsonText;
import tatara.core.json.RecordCodec;

/**
 * Which snapshots there are and what they hold. Iceberg is the truth; what a snapshot holds never changes, so it is remembered in
 * a small file beside the table, and reading a known snapshot loads no Iceberg class.
 */
final class SnapshotStore implements AutoCloseable {
    private final Path lake;
    private final Engine engine;
    private final Map<Long, SnapshotContent> known = new ConcurrentHashMap<>();
    private @Nullable IcebergCatalog tables;

    SnapshotStore(Path lake, Engine engine) {
        this.lake = lake;
        this.engine = engine;
    }

    /**
     * Changes a table while no other writes it.
     *
     * @param work ends with {@link TableChange#commit}
     */
    TableRef change(LakeTable table, Target target, Function<TableChange, SnapshotContent> work) {
        SnapshotContent content = TableLock.holding(
                table,
                () -> guarded(table, () -> IcebergCatalog.withMetadata(table, () -> work.apply(begin(table, target)))));
        remember(table, content);
        return new TableRef(table.layer(), table.name(), content.snapshot(), content.rows());
    }

    /** The beginning of a change; rows that another program wrote without a {@code _row} have one then. */
    private TableChange begin(LakeTable table, Target target) {
        TableChange change = new TableChange(iceberg(), engine, table, target);
        boolean numbered = change.content().stream()
                .allMatch(content -> content.unnumbered().isEmpty());
        if (numbered) {
            return change;
        }
        Target branch = Target.branch(target.branch(), Map.of());
        SnapshotContent stored = Numbering.store(new TableChange(iceberg(), engine, table, branch), engine);
        remember(table, stored);
        return new TableChange(
                iceberg(), engine, table, target.expected().isPresent() ? target.expecting(stored.snapshot()) : target);
    }

    /** Does something with the metadata of a table that there is, while no other writes it. */
    <T> T alone(LakeTable table, Function<BaseTable, T> work) {
        return TableLock.holding(table, () -> look(table, work).orElseThrow(() -> unknown(table)));
    }

    /** Reads something from the metadata of a table; empty if there is no such table. */
    <T> Optional<T> look(LakeTable table, Function<BaseTable, T> work) {
        if (!Files.isDirectory(table.location())) {
            return Optional.empty();
        }
        return guarded(
                table,
                () -> IcebergCatalog.withMetadata(
                        table, () -> iceberg().load(table).map(work)));
    }

    /** Takes a table and all its files away; to be called while its lock is held. */
    void drop(LakeTable table) {
        guarded(table, () -> {
            iceberg().drop(table);
            return true;
        });
        known.clear();
        try (Stream<Path> files = Files.walk(table.location())) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                if (!file.equals(table.lock()) && !file.equals(table.location())) {
                    Files.delete(file);
                }
            }
        } catch (IOException e) {
            throw StorageFailure.of(e, table.location());
        }
    }

    static TataraException unknown(LakeTable table) {
        return new TataraException(
                DataErrorCode.TABLE_NOT_FOUND,
                Fault.of("no such table").at(table.place()).todo("tatara data tables lists what there is"));
    }

    Optional<TableRef> current(LakeTable table) {
        if (!Files.isDirectory(table.location())) {
            return Optional.empty();
        }
        return CatalogPointer.currentSnapshot(lake.resolve("catalog.db"), table)
                .map(snapshot -> new TableRef(table.layer(), table.name(), snapshot, 0))
                .map(ref -> remembered(table, content(table, ref)));
    }

    Optional<TableRef> find(LakeTable table, String stepKey) {
        return look(table, iceberg -> StreamSupport.stream(iceberg.snapshots().spliterator(), false)
                        .filter(snapshot -> stepKey.equals(snapshot.summary().get(TableChange.STEP)))
                        .max(Comparator.comparingLong(Snapshot::sequenceNumber))
                        .map(snapshot -> ref(table, iceberg, snapshot)))
                .flatMap(Function.identity());
    }

    /** Reads what a snapshot holds, and remembers it. */
    TableRef ref(LakeTable table, BaseTable iceberg, Snapshot snapshot) {
        SnapshotContent held = known.get(snapshot.snapshotId());
        if (held == null) {
            held = read(table.remembered(snapshot.snapshotId())).orElse(null);
        }
        return remembered(table, held == null ? Contents.of(iceberg, snapshot) : held);
    }

    /** All tables that have a current snapshot. */
    List<TableRef> tables() {
        return CatalogPointer.tables(lake.resolve("catalog.db")).stream()
                .map(pointer -> LakeTable.of(lake, pointer.layer(), pointer.name()))
                .flatMap(table -> listed(table).stream())
                .toList();
    }

    /** The current version; one that cannot be read is listed all the same, so that the others can. */
    private Optional<TableRef> listed(LakeTable table) {
        try {
            return current(table);
        } catch (TataraException e) {
            if (e.code() != DataErrorCode.DELETE_FILES) {
                throw e;
            }
            return look(table, iceberg -> iceberg.currentSnapshot())
                    .map(snapshot -> new TableRef(
                            table.layer(),
                            table.name(),
                            snapshot.snapshotId(),
                            Long.parseLong(snapshot.summary().getOrDefault("total-records", "0"))));
        }
    }

    /** Forgets snapshots that there are no longer. */
    void forget(LakeTable table, Collection<Long> snapshots) {
        for (long snapshot : snapshots) {
            known.remove(snapshot);
            try {
                Files.deleteIfExists(table.remembered(snapshot));
            } catch (IOException e) {
                throw StorageFailure.of(e, table.remembered(snapshot));
            }
        }
    }

    private TableRef remembered(LakeTable table, SnapshotContent content) {
        known.put(content.snapshot(), content);
        return new TableRef(table.layer(), table.name(), content.snapshot(), content.rows());
    }

    SnapshotContent content(LakeTable table, TableRef ref) {
        SnapshotContent held = known.get(ref.snapshot());
        if (held != null) {
            return held;
        }
        Path file = table.remembered(ref.snapshot());
        Optional<SnapshotContent> read = read(file);
        if (read.isPresent()) {
            known.put(ref.snapshot(), read.get());
            return read.get();
        }
        SnapshotContent content = look(table, iceberg -> Optional.ofNullable(iceberg.snapshot(ref.snapshot()))
                        .map(snapshot -> Contents.of(iceberg, snapshot)))
                .flatMap(Function.identity())
                .orElseThrow(() -> new TataraException(
                        DataErrorCode.TABLE_NOT_FOUND,
                        Fault.of("no snapshot " + ref.snapshot())
                                .at(table.place())
                                .todo("Run the pipeline again")));
        remember(table, content);
        return content;
    }

    /** Iceberg has exceptions of its own for what the disk or the catalog refuse. */
    private static <T> T guarded(LakeTable table, Supplier<T> work) {
        try {
            return work.get();
        } catch (UncheckedIOException e) {
            throw StorageFailure.of(Objects.requireNonNull(e.getCause()), table.location());
        } catch (RuntimeException e) {
            if (!e.getClass().getName().startsWith("org.apache.iceberg.")) {
                throw e;
            }
            if (e instanceof CommitFailedException || e instanceof ValidationException) {
                throw new TataraException(
                        DataErrorCode.CONCURRENT_WRITE,
                        Fault.of("another program changed the table at the same time: " + e.getMessage())
                                .at(table.place())
                                .todo("Do it again; nothing was written"),
                        e);
            }
            throw StorageFailure.of(new IOException(causes(e), e), table.location());
        }
    }

    private static String causes(Throwable e) {
        Throwable cause = e.getCause();
        return e.getMessage() + (cause == null ? "" : ": " + causes(cause));
    }

    boolean holds(LakeTable table, TableRef ref) {
        Path file = table.remembered(ref.snapshot());
        Optional<SnapshotContent> content = read(file);
        if (content.isEmpty() && Files.exists(file)) {
            content = look(table, iceberg -> Optional.ofNullable(iceberg.snapshot(ref.snapshot()))
                            .map(snapshot -> Contents.of(iceberg, snapshot)))
                    .flatMap(Function.identity());
            content.ifPresent(found -> remember(table, found));
        }
        return content.isPresent()
                && content.get().paths().stream().map(Path::of).allMatch(SnapshotStore::isWhole);
    }

    /** A Parquet file ends with its magic, which one that was cut off does not. */
    private static boolean isWhole(Path file) {
        try (FileChannel channel = FileChannel.open(file)) {
            ByteBuffer end = ByteBuffer.allocate(4);
            long size = channel.size();
            return size >= 12
                    && channel.read(end, size - 4) == 4
                    && new String(end.array(), StandardCharsets.US_ASCII).equals("PAR1");
        } catch (IOException e) {
            return false;
        }
    }

    private static Optional<SnapshotContent> read(Path file) {
        if (!Files.isRegularFile(file)) {
            return Optional.empty();
        }
        try {
            String name = file.toString();
            return Optional.of(
                    RecordCodec.read(SnapshotContent.class, name, JsonText.read(name, Files.readString(file))));
        } catch (IOException | TataraException damaged) {
            return Optional.empty();
        }
    }

    private void remember(LakeTable table, SnapshotContent content) {
        known.put(content.snapshot(), content);
        Path file = table.remembered(content.snapshot());
        try {
            AtomicFile.write(file, JsonText.write(RecordCodec.write(content)));
        } catch (IOException e) {
            throw StorageFailure.of(e, file);
        }
    }

    private synchronized IcebergCatalog iceberg() {
        if (tables == null) {
            try {
                Files.createDirectories(lake);
            } catch (IOException e) {
                throw StorageFailure.of(e, lake);
            }
            tables = new IcebergCatalog(lake);
        }
        return tables;
    }

    @Override
    public synchronized void close() {
        if (tables != null) {
            tables.close();
            tables = null;
        }
    }
}
