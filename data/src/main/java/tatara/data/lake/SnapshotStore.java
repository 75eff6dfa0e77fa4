package tatara.data.lake;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
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
    private @Nullable IcebergTables tables;

    SnapshotStore(Path lake, Engine engine) {
        this.lake = lake;
        this.engine = engine;
    }

    /** Writes the rows of a new snapshot. */
    interface Writer {
        /** @param fieldIds Iceberg's ids of the columns, in order */
        void write(Path file, List<Integer> fieldIds);
    }

    TableRef replace(LakeTable table, List<TableColumn> columns, String stepKey, Writer writer) {
        SnapshotContent content = guarded(table, () -> iceberg().replace(table, columns, stepKey, writer));
        remember(table, content);
        return new TableRef(table.layer(), table.name(), content.snapshot(), content.rows());
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
        if (!Files.isDirectory(table.location())) {
            return Optional.empty();
        }
        return guarded(table, () -> iceberg().find(table, stepKey)).map(content -> remembered(table, content));
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
        SnapshotContent content = guarded(table, () -> iceberg().content(table, ref.snapshot()));
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
            throw StorageFailure.of(new IOException(causes(e), e), table.location());
        }
    }

    private static String causes(Throwable e) {
        Throwable cause = e.getCause();
        return e.getMessage() + (cause == null ? "" : ": " + causes(cause));
    }

    boolean holds(LakeTable table, TableRef ref) {
        Optional<SnapshotContent> content = read(table.remembered(ref.snapshot()));
        return content.isPresent()
                && content.get().files().stream().map(Path::of).allMatch(SnapshotStore::isWhole);
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

    private synchronized IcebergTables iceberg() {
        if (tables == null) {
            try {
                Files.createDirectories(lake);
            } catch (IOException e) {
                throw StorageFailure.of(e, lake);
            }
            tables = new IcebergTables(lake, engine);
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
