package tatara.data.lake;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.FileScanTask;
import org.apache.iceberg.Schema;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.Table;
import org.apache.iceberg.io.CloseableIterable;
import org.apache.iceberg.types.Conversions;
import org.apache.iceberg.types.Types;
import org.jspecify.annotations.Nullable;
import tatara.core.error.Fault;
import tatara.core.error.TataraException;

/** Reads from Iceberg's metadata what a snapshot holds. */
final class Contents {
    static final String NEXT_ROW = "tatara.next-row";

    private Contents() {}

    static SnapshotContent of(Table table, Snapshot snapshot) {
        Schema schema = schema(table, snapshot);
        String next = snapshot.summary().get(NEXT_ROW);
        return of(
                snapshot.snapshotId(),
                schema,
                files(table, snapshot),
                next == null ? -1 : Long.parseLong(next),
                table.schemas().size() == 1);
    }

    /** @param nextRow negative if it follows from the files */
    static SnapshotContent of(long snapshot, Schema schema, List<DataFile> data, long nextRow, boolean plain) {
        List<SnapshotContent.StoredFile> files = data.stream()
                .map(file -> stored(file, schema))
                .sorted(Comparator.comparingLong(SnapshotContent.StoredFile::firstRow)
                        .thenComparing(SnapshotContent.StoredFile::path))
                .toList();
        boolean ordered = data.stream().noneMatch(Contents::isSorted);
        long rows = 0;
        long following = 0;
        for (SnapshotContent.StoredFile file : files) {
            ordered &= rows == 0 || file.firstRow() >= following;
            rows += file.rows();
            following = file.lastRow() == Long.MAX_VALUE ? Long.MAX_VALUE : Math.max(following, file.lastRow() + 1);
        }
        long next = nextRow >= 0 ? nextRow : following == Long.MAX_VALUE ? rows : following;
        return new SnapshotContent(
                snapshot, rows, next, plain, ordered, files, Schemas.columns(schema), Schemas.fieldIds(schema));
    }

    static Schema schema(Table table, Snapshot snapshot) {
        Integer id = snapshot.schemaId();
        return id == null
                ? table.schema()
                : Objects.requireNonNull(table.schemas().get(id));
    }

    /** @throws TataraException if another program left deletes that have to be applied while reading */
    static List<DataFile> files(Table table, Snapshot snapshot) {
        List<DataFile> files = new ArrayList<>();
        try (CloseableIterable<FileScanTask> tasks = table.newScan()
                .useSnapshot(snapshot.snapshotId())
                .includeColumnStats()
                .planFiles()) {
            for (FileScanTask task : tasks) {
                if (!task.deletes().isEmpty()) {
                    throw new TataraException(
                            DataErrorCode.STORAGE_FAILED,
                            Fault.of("a snapshot has delete files, which this program does not read")
                                    .at(table.location())
                                    .expecting("copy-on-write")
                                    .todo("Rewrite the table with the program that wrote it"));
                }
                files.add(task.file());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        files.sort(Comparator.comparing(DataFile::location));
        return files;
    }

    private static SnapshotContent.StoredFile stored(DataFile file, Schema schema) {
        Types.NestedField row = schema.findField(Lake.ROW);
        return new SnapshotContent.StoredFile(
                file.location(),
                file.recordCount(),
                file.fileSizeInBytes(),
                bound(file.lowerBounds(), row, 0),
                bound(file.upperBounds(), row, file.recordCount() == 0 ? -1 : Long.MAX_VALUE));
    }

    private static long bound(
            @Nullable Map<Integer, ByteBuffer> bounds, Types.@Nullable NestedField field, long unknown) {
        ByteBuffer bound = bounds == null || field == null ? null : bounds.get(field.fieldId());
        return bound == null || field == null ? unknown : Conversions.<Long>fromByteBuffer(field.type(), bound);
    }

    private static boolean isSorted(DataFile file) {
        Integer order = file.sortOrderId();
        return order != null && order != 0;
    }
}
