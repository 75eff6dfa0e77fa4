package tatara.data.lake;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import tatara.core.evidence.TableRef;

/**
 * One snapshot in the history of a table.
 *
 * @param at when it was committed
 * @param operation {@code replace}, {@code append}, {@code upsert}, {@code restore}, {@code merge}, {@code compact}; for those of other programs
 *     Iceberg's word
 * @param rowsAdded rows that are new, and changed rows in their new state
 * @param rowsDeleted rows that are gone, and changed rows in their old state
 * @param bytes size of its data files
 * @param properties what the writer said of it; names without the prefix {@code tatara.}
 * @param refs branches whose newest version it is, and tags
 * @param parent the snapshot it was made from
 */
public record Version(
        TableRef table,
        Instant at,
        String operation,
        long rowsAdded,
        long rowsDeleted,
        long bytes,
        Map<String, String> properties,
        List<String> refs,
        OptionalLong parent) {
    public Version {
        properties = Map.copyOf(properties);
        refs = List.copyOf(refs);
    }
}
