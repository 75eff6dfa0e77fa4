package tatara.data.lake;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Changes to a table by key.
 *
 * @param selectSql one row per key that changes; columns that it lacks keep their values, new ones are added to the table
 * @param key its columns that identify a row, at least one; missing values equal each other
 * @param deletedFlag its BOOLEAN column that is true where the row is to be deleted; not stored
 * @param properties kept with the snapshot, such as the position in the feed that the changes come from
 */
public record Upsert(String selectSql, List<String> key, Optional<String> deletedFlag, Map<String, String> properties) {
    public Upsert {
        key = List.copyOf(key);
        properties = Map.copyOf(properties);
        if (key.isEmpty()) {
            throw new IllegalArgumentException("key: no column");
        }
    }
}
