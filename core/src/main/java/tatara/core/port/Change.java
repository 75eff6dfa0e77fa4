package tatara.core.port;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import tatara.core.json.Json;

/**
 * One change of one row.
 *
 * @param kind what happened
 * @param table name of the source's table or topic
 * @param key columns that tell rows apart, with the row's values; empty if the source has no key
 * @param row the row after the change; the key alone, or all that is known, for a delete. A column that is missing from an update keeps
 *     its value
 * @param at when it happened at the source, if the source says
 * @param order position within the source, growing; the later of two changes of a key is the one that holds
 * @param formerKey of an insert: the key that the row had until the delete just before, if this is a change of key; columns that are
 *     missing from the row keep their values from there. Else empty
 */
public record Change(
        Kind kind,
        String table,
        Map<String, Json> key,
        Map<String, Json> row,
        Optional<Instant> at,
        long order,
        Map<String, Json> formerKey) {
    /** A change that leaves the key as it was. */
    public Change(
            Kind kind, String table, Map<String, Json> key, Map<String, Json> row, Optional<Instant> at, long order) {
        this(kind, table, key, row, at, order, Map.of());
    }

    /** What happened to the row. */
    public enum Kind {
        /** Was there when the first copy was made. */
        READ,
        INSERT,
        UPDATE,
        DELETE,
        /** All rows of the table went. */
        TRUNCATE
    }
}
