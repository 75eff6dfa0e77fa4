package tatara.data.lake;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.apache.iceberg.AppendFiles;
import org.apache.iceberg.BaseTable;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.DataFiles;
import org.apache.iceberg.FileFormat;
import org.apache.iceberg.FileScanTask;
import org.apache.iceberg.Metrics;
import org.apache.iceberg.OverwriteFiles;
import org.apache.iceberg.PartitionSpec;
import org.apache.iceberg.Schema;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.Table;
import org.apache.iceberg.Transaction;
import org.apache.iceberg.catalog.Namespace;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.exceptions.NoSuchTableException;
import org.apache.iceberg.exceptions.NotFoundException;
import org.apache.iceberg.expressions.Expressions;
import org.apache.iceberg.io.CloseableIterable;
import org.apache.iceberg.jdbc.JdbcCatalog;
import org.apache.iceberg.jdbc.UncheckedSQLException;
import org.apache.iceberg.types.Type;
import org.apache.iceberg.types.Types;
import tatara.core.error.Fault;
import tatara.core.error.TataraException;

/** The Iceberg side of the lake: schemas, snapshots, commits. The only class beside {@link LocalFileIO} that loads Iceberg. */
final class IcebergTables implements AutoCloseable {
    private static final Object OPENING = new Object();

    private static final String STEP = "tatara.step";
    private static final String ROWS = "tatara.rows";

    private final Engine engine;
    private final JdbcCatalog catalog;

    IcebergTables(Path lake, Engine engine) {
        this.engine = engine;
        this.catalog = new JdbcCatalog();
        try {
            openAlone(lake);
        } catch (UncheckedSQLException e) {
            Path file = lake.resolve("catalog.db");
            throw new TataraException(
                    DataErrorCode.STORAGE_FAILED,
                    Fault.of("the lake's catalog cannot be opened: "
                                    + (e.getCause() == null ? e : e.getCause()).getMessage())
                            .at(file.toString())
                            .expecting("an SQLite database that this program wrote")
                            .todo("Put back a copy of the folder " + lake
                                    + ", or move it away: the next run reads the data anew"),
                    e);
        }
    }

    /** Iceberg makes the catalog's tables in several statements, which two that open a new lake at once must not mix. */
    private void openAlone(Path lake) {
        Path file = lake.resolve(".catalog.lock");
        synchronized (OPENING) {
            try (FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                    FileLock alone = channel.lock()) {
                if (alone.isValid()) {
                    open(lake);
                }
            } catch (IOException e) {
                throw StorageFailure.of(e, file);
            }
        }
    }

    private void open(Path lake) {
        catalog.initialize(
                LakeTable.CATALOG,
                Map.of(
                        "uri",
                        "jdbc:sqlite:" + lake.resolve("catalog.db"),
                        "warehouse",
                        lake.toString(),
                        "io-impl",
                        LocalFileIO.class.getName(),
                        "clients",
                        "1",
                        "jdbc.schema-version",
                        "V1"));
    }

    SnapshotContent replace(LakeTable place, List<TableColumn> columns, String stepKey, SnapshotStore.Writer writer) {
        return withMetadata(place, () -> replaced(place, columns, stepKey, writer));
    }

    private SnapshotContent replaced(
            LakeTable place, List<TableColumn> columns, String stepKey, SnapshotStore.Writer writer) {
        TableIdentifier id = identifier(place);
        Optional<Table> existing = load(id);
        deleteOrphans(place, existing);
        Schema wanted = schema(columns);
        boolean sameSchema = existing.isPresent() && sameColumns(existing.get().schema(), wanted);
        Transaction transaction = sameSchema
                ? existing.get().newTransaction()
                : catalog.buildTable(id, wanted)
                        .withLocation(place.location().toString())
                        .withProperties(properties(place))
                        .createOrReplaceTransaction();
        Schema schema = transaction.table().schema();
        Path file = place.data().resolve(fileName(existing));
        List<Integer> fieldIds =
                schema.columns().stream().map(Types.NestedField::fieldId).toList();
        writer.write(file, fieldIds);
        DataFile data = dataFile(file, schema);
        commit(transaction, data, stepKey, sameSchema);
        Table committed = catalog.loadTable(id);
        return new SnapshotContent(
                committed.currentSnapshot().snapshotId(), data.recordCount(), List.of(file.toString()), columns);
    }

    Optional<SnapshotContent> find(LakeTable place, String stepKey) {
        return withMetadata(place, () -> load(identifier(place))
                .flatMap(table -> StreamSupport.stream(table.snapshots().spliterator(), false)
                        .filter(snapshot -> stepKey.equals(snapshot.summary().get(STEP)))
                        .max(Comparator.comparingLong(Snapshot::sequenceNumber))
                        .map(snapshot -> content(table, snapshot))));
    }

    SnapshotContent content(LakeTable place, long snapshotId) {
        return withMetadata(place, () -> load(identifier(place))
                        .flatMap(table -> Optional.ofNullable(table.snapshot(snapshotId))
                                .map(snapshot -> content(table, snapshot))))
                .orElseThrow(() -> new TataraException(
                        DataErrorCode.TABLE_NOT_FOUND,
                        Fault.of("no snapshot " + snapshotId)
                                .at(place.layer() + " table " + place.name())
                                .todo("Run the pipeline again")));
    }

    @Override
    public void close() {
        catalog.close();
    }

    private static <T> T withMetadata(LakeTable place, Supplier<T> work) {
        try {
            return work.get();
        } catch (UncheckedIOException | NotFoundException e) {
            if (e.getCause() instanceof IOException cause
                    && StorageFailure.of(cause, place.location()).code() != DataErrorCode.STORAGE_FAILED) {
                throw StorageFailure.of(cause, place.location());
            }
            throw new TataraException(
                    DataErrorCode.STORAGE_FAILED,
                    Fault.of("the metadata of a table in the lake is damaged: " + e.getMessage())
                            .at(place.location().toString())
                            .expecting("files that this program wrote")
                            .todo(
                                    "Put back a copy of the folder lake, or move it away: the next run reads the data anew"),
                    e);
        }
    }

    private static Map<String, String> properties(LakeTable place) {
        return Map.of(
                "format-version", "2",
                "tatara.name", place.name(),
                "write.delete.mode", "copy-on-write",
                "write.update.mode", "copy-on-write",
                "write.merge.mode", "copy-on-write");
    }

    private static void commit(Transaction transaction, DataFile data, String stepKey, boolean sameSchema) {
        if (sameSchema) {
            OverwriteFiles overwrite = transaction
                    .newOverwrite()
                    .overwriteByRowFilter(Expressions.alwaysTrue())
                    .addFile(data)
                    .set(ROWS, Long.toString(data.recordCount()));
            (stepKey.isEmpty() ? overwrite : overwrite.set(STEP, stepKey)).commit();
        } else {
            AppendFiles append = transaction.newAppend().appendFile(data).set(ROWS, Long.toString(data.recordCount()));
            (stepKey.isEmpty() ? append : append.set(STEP, stepKey)).commit();
        }
        transaction.commitTransaction();
    }

    private static String fileName(Optional<Table> existing) {
        long sequence = existing.map(
                        table -> ((BaseTable) table).operations().current().lastSequenceNumber())
                .orElse(0L);
        return String.format("%08d.parquet", sequence + 1);
    }

    private DataFile dataFile(Path file, Schema schema) {
        Metrics metrics = ParquetMetrics.read(engine, file, schema);
        try {
            return DataFiles.builder(PartitionSpec.unpartitioned())
                    .withPath(file.toString())
                    .withFormat(FileFormat.PARQUET)
                    .withFileSizeInBytes(Files.size(file))
                    .withMetrics(metrics)
                    .build();
        } catch (IOException e) {
            throw StorageFailure.of(e, file);
        }
    }

    private static SnapshotContent content(Table table, Snapshot snapshot) {
        List<DataFile> files = new ArrayList<>();
        try (CloseableIterable<FileScanTask> tasks =
                table.newScan().useSnapshot(snapshot.snapshotId()).planFiles()) {
            tasks.forEach(task -> files.add(task.file()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        files.sort(Comparator.comparing(DataFile::location));
        Schema schema = Objects.requireNonNull(table.schemas().get(snapshot.schemaId()));
        List<TableColumn> columns = schema.columns().stream()
                .map(field -> new TableColumn(field.name(), columnType(field.type())))
                .toList();
        long rows = files.stream().mapToLong(DataFile::recordCount).sum();
        return new SnapshotContent(
                snapshot.snapshotId(),
                rows,
                files.stream().map(DataFile::location).toList(),
                columns);
    }

    private Optional<Table> load(TableIdentifier id) {
        try {
            return Optional.of(catalog.loadTable(id));
        } catch (NoSuchTableException e) {
            return Optional.empty();
        }
    }

    /** Files that a crash left between writing and commit. */
    private static void deleteOrphans(LakeTable place, Optional<Table> existing) {
        Set<String> referenced = new HashSet<>();
        existing.ifPresent(table -> table.snapshots()
                .forEach(snapshot -> referenced.addAll(content(table, snapshot).files())));
        try (Stream<Path> files = Files.list(place.data())) {
            for (Path file : files.toList()) {
                if (!referenced.contains(file.toString())) {
                    Files.deleteIfExists(file);
                }
            }
        } catch (IOException e) {
            throw StorageFailure.of(e, place.data());
        }
    }

    private static TableIdentifier identifier(LakeTable place) {
        return TableIdentifier.of(Namespace.of(place.layer(), place.pipelineDirectory()), place.tableDirectory());
    }

    private static boolean sameColumns(Schema left, Schema right) {
        return describe(left).equals(describe(right));
    }

    private static List<String> describe(Schema schema) {
        return schema.columns().stream()
                .map(field -> field.type() + " " + field.name())
                .collect(Collectors.toList());
    }

    private static Schema schema(List<TableColumn> columns) {
        List<Types.NestedField> fields = new ArrayList<>(columns.size());
        for (TableColumn column : columns) {
            fields.add(Types.NestedField.optional(fields.size() + 1, column.name(), icebergType(column.type())));
        }
        return new Schema(fields);
    }

    private static Type icebergType(TableColumn.Type type) {
        return switch (type) {
            case BIGINT -> Types.LongType.get();
            case DOUBLE -> Types.DoubleType.get();
            case BOOLEAN -> Types.BooleanType.get();
            case VARCHAR -> Types.StringType.get();
            case TIMESTAMP -> Types.TimestampType.withoutZone();
        };
    }

    private static TableColumn.Type columnType(Type type) {
        return switch (type.typeId()) {
            case INTEGER, LONG -> TableColumn.Type.BIGINT;
            case FLOAT, DOUBLE, DECIMAL -> TableColumn.Type.DOUBLE;
            case BOOLEAN -> TableColumn.Type.BOOLEAN;
            case DATE, TIMESTAMP, TIMESTAMP_NANO -> TableColumn.Type.TIMESTAMP;
            default -> TableColumn.Type.VARCHAR;
        };
    }
}
