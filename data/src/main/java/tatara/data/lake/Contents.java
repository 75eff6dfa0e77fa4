package tatara.data.lake;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.FileScanTask;
import org.apache.iceberg.Schema;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.Table;
import org.apache.iceberg.io.CloseableIterable;
import tatara.core.error.Fault;
import tatara.core.error.TataraException;

/** Reads from Iceberg's metadata what a snapshot holds. */
final class Contents {
    static final String NEXT_ROW = "tatara.next-row";

    private Contents() {}

    static SnapshotContent of(Table table, Snapshot snapshot) {
        Schema schema = schema(table, snapshot);
        return of(
                snapshot.snapshotId(),
                schema,
                files(table, snapshot),
                nextRow(table, snapshot),
                table.schemas().size() == 1);
    }

    /** As the snapshot says, or the last one before it that another program did not write; negative if none does. */
    private static long nextRow(Table table, Snapshot snapshot) {
        for (Snapshot one = snapshot;
                one != null;
                one = one.parentId() == null ? null : table.snapshot(one.parentId())) {
            String next = one.summary().get(NEXT_ROW);
            if (next != null) {
                return Long.parseLong(next);
            }
        }
        return -1;
    }

    /** @param nextRow least {@code _row} that a new row may get; negative if it follows from the files */
    static SnapshotContent of(long snapshot, Schema schema, List<DataFile> data, long nextRow, boolean plain) {
        List<SnapshotContent.StoredFile> files = Numbering.number(data, schema, nextRow).stream()
                .sorted(Comparator.comparingLong(SnapshotContent.StoredFile::firstRow)
                        .thenComparing(SnapshotContent.StoredFile::path))
                .toList();
        boolean ordered = data.stream().noneMatch(Contents::isSorted);
        long rows = 0;
        long following = 0;
        for (SnapshotContent.StoredFile file : files) {
            ordered &= file.isNumbered() && (rows == 0 || file.firstRow() >= following);
            rows += file.rows();
            following = file.lastRow() == Long.MAX_VALUE ? Long.MAX_VALUE : Math.max(following, file.lastRow() + 1);
        }
        long known = following == Long.MAX_VALUE ? rows : following;
        return new SnapshotContent(
                snapshot,
                rows,
                nextRow >= 0 && files.stream().allMatch(SnapshotContent.StoredFile::isNumbered) ? nextRow : known,
                plain,
                ordered,
                files,
                Schemas.columns(schema),
                Schemas.fieldIds(schema));
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
                            DataErrorCode.DELETE_FILES,
                            Fault.of("a version has delete files, which this program does not read")
                                    .at(table.location() + ", version " + snapshot.snapshotId())
                                    .expecting("copy-on-write, as the table's properties say")
                                    .todo("Rewrite the table with the program that wrote it; in Spark: CALL"
                                            + " tatara.system.rewrite_data_files(table => '...', options =>"
                                            + " map('rewrite-all', 'true'))"));
                }
                files.add(task.file());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        files.sort(Comparator.comparing(DataFile::location));
        return files;
    }

    private static boolean isSorted(DataFile file) {
        Integer order = file.sortOrderId();
        return order != null && order != 0;
    }
}
