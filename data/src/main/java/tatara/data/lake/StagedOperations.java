package tatara.data.lake;

import org.apache.iceberg.TableMetadata;
import org.apache.iceberg.TableOperations;
import org.apache.iceberg.io.FileIO;
import org.apache.iceberg.io.LocationProvider;

/**
 * Gathers several changes of a table's metadata (schema, snapshot, references), which {@link #publish} makes visible as one. Nothing is
 * retried: who comes too late is told. Not thread-safe.
 */
final class StagedOperations implements TableOperations {
    private final TableOperations table;
    private final TableMetadata base;
    private TableMetadata staged;

    StagedOperations(TableOperations table) {
        this.table = table;
        this.base = table.current();
        this.staged = base;
    }

    /** @throws org.apache.iceberg.exceptions.CommitFailedException if the table was changed since */
    void publish() {
        table.commit(base, staged);
    }

    @Override
    public TableMetadata current() {
        return staged;
    }

    @Override
    public TableMetadata refresh() {
        return staged;
    }

    @Override
    public void commit(TableMetadata from, TableMetadata to) {
        staged = to;
    }

    @Override
    public FileIO io() {
        return table.io();
    }

    @Override
    public String metadataFileLocation(String fileName) {
        return table.metadataFileLocation(fileName);
    }

    @Override
    public LocationProvider locationProvider() {
        return table.locationProvider();
    }
}
