package tatara.data.lake;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import tatara.core.error.Fault;
import tatara.core.error.TataraException;
import tatara.core.json.Json;
import tatara.core.json.JsonText;

/**
 * Follows Iceberg's catalog to a table's current snapshot without loading Iceberg, which takes about a second: the row of
 * {@code iceberg_tables} names the metadata file (JDBC catalog, schema V1), and that names the snapshot (table spec, version 2).
 */
final class CatalogPointer {
    private CatalogPointer() {}

    static Optional<Long> currentSnapshot(Path catalog, LakeTable table) {
        if (!Files.isRegularFile(catalog)) {
            return Optional.empty();
        }
        return metadataFile(catalog, table).flatMap(CatalogPointer::snapshot);
    }

    /** A table of the catalog. */
    record Pointer(String layer, String name) {}

    /** All tables, by layer and name. */
    static List<Pointer> tables(Path catalog) {
        if (!Files.isRegularFile(catalog)) {
            return List.of();
        }
        String sql = "SELECT table_namespace, metadata_location FROM iceberg_tables WHERE catalog_name = ?"
                + " AND (iceberg_type IS NULL OR iceberg_type = 'TABLE')";
        List<Pointer> tables = new ArrayList<>();
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + catalog);
                PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setString(1, LakeTable.CATALOG);
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    String namespace = rows.getString(1);
                    name(Path.of(rows.getString(2)))
                            .ifPresent(name -> tables.add(new Pointer(namespace.split("\\.", 2)[0], name)));
                }
            }
        } catch (SQLException e) {
            throw unreadable(catalog, e);
        }
        tables.sort(Comparator.comparing(Pointer::layer).thenComparing(Pointer::name));
        return tables;
    }

    private static Optional<String> name(Path metadata) {
        return document(metadata) instanceof Json.Obj object
                        && object.find("properties").orElse(Json.NULL) instanceof Json.Obj properties
                        && properties.find("tatara.name").orElse(Json.NULL) instanceof Json.Str name
                ? Optional.of(name.value())
                : Optional.empty();
    }

    private static Optional<Path> metadataFile(Path catalog, LakeTable table) {
        String sql = "SELECT metadata_location FROM iceberg_tables"
                + " WHERE catalog_name = ? AND table_namespace = ? AND table_name = ?";
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + catalog);
                PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setString(1, LakeTable.CATALOG);
            statement.setString(2, table.layer() + "." + table.pipelineDirectory());
            statement.setString(3, table.tableDirectory());
            try (ResultSet rows = statement.executeQuery()) {
                return rows.next() ? Optional.of(Path.of(rows.getString(1))) : Optional.empty();
            }
        } catch (SQLException e) {
            throw unreadable(catalog, e);
        }
    }

    private static TataraException unreadable(Path catalog, SQLException e) {
        return new TataraException(
                DataErrorCode.STORAGE_FAILED,
                Fault.of("the lake's catalog cannot be read: " + e.getMessage()).at(catalog.toString()),
                e);
    }

    private static Optional<Long> snapshot(Path metadata) {
        return document(metadata) instanceof Json.Obj object
                        && object.find("current-snapshot-id").orElse(Json.NULL) instanceof Json.Num id
                        && id.value() instanceof Long number
                        && number >= 0
                ? Optional.of(number)
                : Optional.empty();
    }

    private static Json document(Path metadata) {
        try {
            return JsonText.read(metadata.toString(), Files.readString(metadata));
        } catch (IOException e) {
            throw StorageFailure.of(e, metadata);
        }
    }
}
