package tatara.data.lake;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What reading a snapshot needs to know of it.
 *
 * @param nextRow the {@code _row} that the next new row gets
 * @param plain whether all files have just these columns, so that they need no mapping by field id
 * @param ordered whether the files, one after the other, give the rows in the order of {@code _row}
 * @param files its Parquet files, by their first {@code _row}
 * @param columns in order, {@code _row} among them
 * @param fieldIds Iceberg's id of each column
 */
record SnapshotContent(
        long snapshot,
        long rows,
        long nextRow,
        boolean plain,
        boolean ordered,
        List<StoredFile> files,
        List<TableColumn> columns,
        List<Integer> fieldIds) {
    SnapshotContent {
        files = List.copyOf(files);
        columns = List.copyOf(columns);
        fieldIds = List.copyOf(fieldIds);
    }

    /**
     * A Parquet file of a snapshot.
     *
     * @param bytes its size on disk
     * @param firstRow least {@code _row} in it; 0 if that is not known
     * @param lastRow greatest {@code _row} in it; the greatest long if that is not known
     * @param numbersFrom the {@code _row} of its first row, if another program wrote rows without one: the row at position n has that
     *     plus n; negative if all rows have one
     */
    record StoredFile(String path, long rows, long bytes, long firstRow, long lastRow, long numbersFrom) {
        boolean isNumbered() {
            return numbersFrom < 0;
        }
    }

    /** Files with rows that have no {@code _row} of their own. */
    List<StoredFile> unnumbered() {
        return files.stream().filter(file -> !file.isNumbered()).toList();
    }

    List<String> paths() {
        return files.stream().map(StoredFile::path).toList();
    }

    /** Whether a file means the same in both: columns of the same name are the same column, ignoring case. */
    boolean sameMeaning(SnapshotContent other) {
        Map<String, Integer> ids = new HashMap<>();
        for (int i = 0; i < columns.size(); i++) {
            ids.put(Schemas.key(columns.get(i)), fieldIds.get(i));
        }
        for (int i = 0; i < other.columns.size(); i++) {
            Integer id = ids.get(Schemas.key(other.columns.get(i)));
            if (id != null && !id.equals(other.fieldIds.get(i))) {
                return false;
            }
        }
        return true;
    }

    /** A table expression that gives all rows in the order of {@code _row}. */
    String from() {
        String source = FileSql.source(this, paths());
        return ordered ? source : "(SELECT * FROM " + source + " ORDER BY " + Engine.quote(Lake.ROW) + ")";
    }
}
