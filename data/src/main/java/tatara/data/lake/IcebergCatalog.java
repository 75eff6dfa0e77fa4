package tatara.data.lake;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.apache.iceberg.BaseTable;
import org.apache.iceberg.Schema;
import org.apache.iceberg.Transaction;
import org.apache.iceberg.catalog.Namespace;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.exceptions.NoSuchTableException;
import org.apache.iceberg.exceptions.NotFoundException;
import org.apache.iceberg.jdbc.JdbcCatalog;
import org.apache.iceberg.jdbc.UncheckedSQLException;
import tatara.core.error.Fault;
import tatara.core.error.TataraException;

/** The tables of a lake as Iceberg knows them: a JDBC catalog in SQLite. Thread-safe. */
final class IcebergCatalog implements AutoCloseable {
    private static final Object OPENING = new Object();

    private final JdbcCatalog catalog = new JdbcCatalog();

    IcebergCatalog(Path lake) {
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

    /** The table as it is now, read anew. */
    Optional<BaseTable> load(LakeTable place) {
        try {
            return Optional.of((BaseTable) catalog.loadTable(identifier(place)));
        } catch (NoSuchTableException e) {
            return Optional.empty();
        }
    }

    /** The beginning of a table that there is not yet. */
    Transaction create(LakeTable place, Schema schema) {
        return catalog.buildTable(identifier(place), schema)
                .withLocation(place.location().toString())
                .withProperties(Map.of(
                        "format-version", "2",
                        "tatara.name", place.name(),
                        "write.delete.mode", "copy-on-write",
                        "write.update.mode", "copy-on-write",
                        "write.merge.mode", "copy-on-write"))
                .createTransaction();
    }

    /** Takes a table out of the catalog; its files stay. Nothing happens if there is no such table. */
    void drop(LakeTable place) {
        catalog.dropTable(identifier(place), false);
    }

    /** Does something with a table's metadata; what is wrong with them is said as a person can use it. */
    static <T> T withMetadata(LakeTable place, Supplier<T> work) {
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

    @Override
    public void close() {
        catalog.close();
    }

    private static TableIdentifier identifier(LakeTable place) {
        return TableIdentifier.of(Namespace.of(place.layer(), place.pipelineDirectory()), place.tableDirectory());
    }
}
