package tatara.data.source.jdbc;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What a database says of one of its tables.
 *
 * @param location where it is copied from, see {@link tatara.core.port.RemoteObject#uri}
 * @param schema its schema, empty if the database has none
 * @param name its name
 * @param rows the database's own estimate of the rows, -1 if it has none
 * @param bytes size in the database with its indexes, -1 if it does not say
 * @param modified when it last changed, if the database says
 * @param primaryKey columns of the declared primary key, in its order; empty if there is none
 * @param foreignKeys declared foreign keys
 * @param changes what the database counted since {@link Changes#since}, if it counts
 * @param leftOut columns that are not copied (binary content)
 */
public record DatabaseTable(
        String location,
        String schema,
        String name,
        long rows,
        long bytes,
        Optional<Instant> modified,
        List<String> primaryKey,
        List<ForeignKey> foreignKeys,
        Optional<Changes> changes,
        List<String> leftOut) {
    /**
     * A declared foreign key.
     *
     * @param columns of this table, in the key's order
     * @param toSchema schema of the table referred to, empty if the database has none
     * @param toTable table referred to
     * @param toColumns its columns, in the same order
     */
    public record ForeignKey(List<String> columns, String toSchema, String toTable, List<String> toColumns) {}

    /** Rows inserted, updated and deleted; {@code since} is empty if the database does not say when it began to count. */
    public record Changes(long inserted, long updated, long deleted, Optional<Instant> since) {}
}
