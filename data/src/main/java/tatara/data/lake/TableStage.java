package tatara.data.lake;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.iceberg.BaseTable;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.DataFiles;
import org.apache.iceberg.FileFormat;
import org.apache.iceberg.HasTableOperations;
import org.apache.iceberg.OverwriteFiles;
import org.apache.iceberg.PartitionSpec;
import org.apache.iceberg.Schema;
import org.apache.iceberg.SortOrder;
import org.apache.iceberg.TableMetadata;
import org.apache.iceberg.TableOperations;
import org.apache.iceberg.Transaction;
import org.jspecify.annotations.Nullable;

/** A table's metadata with the schema and the layout of a change, which nobody sees before {@link #publish}. Not thread-safe. */
final class TableStage {
    private final TableOperations operations;
    private final Runnable commit;
    private final Target target;
    private final boolean restoresSchema;
    private final int startSchema;
    private final Schema schema;
    private final BaseTable staged;

    private TableStage(
            TableOperations operations, Runnable commit, Target target, Schema wanted, @Nullable BaseTable before) {
        this.operations = operations;
        this.commit = commit;
        this.target = target;
        this.schema = wanted;
        this.staged = new BaseTable(operations, "staged");
        TableMetadata start = operations.current();
        this.startSchema = start.currentSchemaId();
        this.restoresSchema = before != null
                && before.currentSnapshot() != null
                && !target.branch().equals(Target.MAIN);
        stage(start);
    }

    static TableStage of(
            IcebergCatalog catalog, LakeTable place, @Nullable BaseTable table, Schema wanted, Target target) {
        if (table != null) {
            StagedOperations operations = new StagedOperations(table.operations());
            return new TableStage(operations, operations::publish, target, wanted, table);
        }
        Transaction creation = catalog.create(place, wanted);
        return new TableStage(
                ((HasTableOperations) creation.table()).operations(),
                creation::commitTransaction,
                target,
                wanted,
                null);
    }

    private void stage(TableMetadata start) {
        Layout current = Layouts.of(start);
        target.layout().ifPresent(layout -> Layouts.check(layout, schema));
        Layout wanted = target.layout().orElseGet(() -> Layouts.within(current, schema));
        boolean moved = !sameColumns(current, start.schema(), wanted);
        if (moved) {
            Layouts.clear(staged);
        }
        TableMetadata cleared = operations.current();
        if (!cleared.schema().sameSchema(schema)) {
            int last = Math.max(cleared.lastColumnId(), schema.highestFieldId());
            operations.commit(
                    cleared,
                    TableMetadata.buildFrom(cleared)
                            .setCurrentSchema(schema, last)
                            .build());
        }
        if (moved) {
            Layouts.set(staged, wanted);
        }
    }

    /** Whether the layout is the one that is there, over columns that are still the same. */
    private boolean sameColumns(Layout current, Schema before, Layout wanted) {
        return current.equals(wanted)
                && before.columns().stream()
                        .filter(field -> current.sortBy().contains(field.name())
                                || current.partitionBy().stream()
                                        .anyMatch(text ->
                                                text.equals(field.name()) || text.endsWith("(" + field.name() + ")")))
                        .allMatch(field -> schema.findField(field.fieldId()) != null);
    }

    Schema schema() {
        return schema;
    }

    PartitionSpec spec() {
        return staged.spec();
    }

    SortOrder sortOrder() {
        return staged.sortOrder();
    }

    boolean isLaidOut() {
        return spec().isPartitioned() || sortOrder().isSorted();
    }

    DataFile dataFile(Engine engine, Path file, @Nullable PartitionValues partition) throws IOException {
        DataFiles.Builder builder = DataFiles.builder(partition == null ? PartitionSpec.unpartitioned() : spec())
                .withPath(file.toString())
                .withFormat(FileFormat.PARQUET)
                .withFileSizeInBytes(Files.size(file))
                .withMetrics(ParquetMetrics.read(engine, file, schema));
        if (partition != null) {
            builder.withPartition(partition).withSortOrder(sortOrder());
        }
        return builder.build();
    }

    /** Makes one new snapshot of the target's branch. @return its id */
    long publish(List<DataFile> added, List<DataFile> gone, Map<String, String> summary) {
        OverwriteFiles overwrite = staged.newOverwrite();
        gone.forEach(overwrite::deleteFile);
        added.forEach(overwrite::addFile);
        summary.forEach(overwrite::set);
        overwrite.toBranch(target.branch()).commit();
        TableMetadata committed = operations.current();
        long snapshot = Objects.requireNonNull(committed.ref(target.branch())).snapshotId();
        if (restoresSchema) {
            operations.commit(
                    committed,
                    TableMetadata.buildFrom(committed)
                            .setCurrentSchema(startSchema)
                            .build());
        }
        commit.run();
        return snapshot;
    }
}
