package tatara.data.lake;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.Schema;
import org.apache.iceberg.types.Conversions;
import org.apache.iceberg.types.Types;
import org.jspecify.annotations.Nullable;

/**
 * Numbers for rows without a {@code _row}: other programs, such as Spark, write rows and know nothing of it. Reading gives them the numbers
 * after all others, file by file in the order of their commits; the next change of the table stores these numbers.
 */
final class Numbering {
    private Numbering() {}

    /**
     * The files of a snapshot, each with its rows' numbers.
     *
     * @param nextRow negative if it follows from the files
     */
    static List<SnapshotContent.StoredFile> number(List<DataFile> data, Schema schema, long nextRow) {
        Types.NestedField row = schema.findField(Lake.ROW);
        List<DataFile> without = data.stream()
                .filter(file -> row != null && !isNumbered(file, row))
                .sorted(Comparator.comparingLong(Numbering::commit).thenComparing(DataFile::location))
                .toList();
        long next = Math.max(0, nextRow);
        if (!without.isEmpty()) {
            for (DataFile file : data) {
                next = Math.max(next, bound(file.upperBounds(), row, -1) + 1);
            }
        }
        Map<String, Long> from = new HashMap<>();
        for (DataFile file : without) {
            from.put(file.location(), next);
            next += file.recordCount();
        }
        List<SnapshotContent.StoredFile> files = new ArrayList<>(data.size());
        for (DataFile file : data) {
            files.add(stored(file, row, from.getOrDefault(file.location(), -1L)));
        }
        return files;
    }

    /** Stores the numbers of rows that have none: writes their files anew. */
    static SnapshotContent store(TableChange change, Engine engine) {
        SnapshotContent before = Objects.requireNonNull(change.content().orElse(null));
        Set<String> paths = before.unnumbered().stream()
                .map(SnapshotContent.StoredFile::path)
                .collect(Collectors.toSet());
        change.columns(before.columns());
        change.remove(paths);
        change.write(
                engine,
                "SELECT * FROM " + FileSql.source(before, List.copyOf(paths)) + " ORDER BY " + Engine.quote(Lake.ROW),
                false);
        return change.commit(
                "number", Map.of(TableChange.ADDED, "0", TableChange.DELETED, "0"), before.nextRow(), before.plain());
    }

    private static SnapshotContent.StoredFile stored(DataFile file, Types.@Nullable NestedField row, long from) {
        long least = bound(file.lowerBounds(), row, from < 0 ? 0 : from);
        long greatest = bound(file.upperBounds(), row, file.recordCount() == 0 ? -1 : Long.MAX_VALUE);
        return new SnapshotContent.StoredFile(
                file.location(),
                file.recordCount(),
                file.fileSizeInBytes(),
                from < 0 ? least : Math.min(least, from),
                from < 0 ? greatest : from + file.recordCount() - 1,
                from);
    }

    private static boolean isNumbered(DataFile file, Types.NestedField row) {
        Map<Integer, Long> nulls = file.nullValueCounts();
        Long missing = nulls == null ? null : nulls.get(row.fieldId());
        boolean bounded = file.upperBounds() != null && file.upperBounds().containsKey(row.fieldId());
        return file.recordCount() == 0 || (missing == null ? bounded : missing == 0);
    }

    private static long commit(DataFile file) {
        Long sequence = file.dataSequenceNumber();
        return sequence == null ? Long.MAX_VALUE : sequence;
    }

    private static long bound(
            @Nullable Map<Integer, ByteBuffer> bounds, Types.@Nullable NestedField field, long unknown) {
        ByteBuffer bound = bounds == null || field == null ? null : bounds.get(field.fieldId());
        return bound == null || field == null ? unknown : Conversions.<Long>fromByteBuffer(field.type(), bound);
    }
}
