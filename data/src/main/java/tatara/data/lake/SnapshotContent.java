package tatara.data.lake;

import java.util.List;

/**
 * What reading a snapshot needs to know of it.
 *
 * @param files its Parquet files, in row order
 * @param columns in order, {@code _row} among them
 */
record SnapshotContent(long snapshot, long rows, List<String> files, List<TableColumn> columns) {
    SnapshotContent {
        files = List.copyOf(files);
        columns = List.copyOf(columns);
    }
}
