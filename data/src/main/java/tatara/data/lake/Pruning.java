package tatara.data.lake;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.Schema;
import org.apache.iceberg.types.Conversions;
import org.apache.iceberg.types.Type;
import org.apache.iceberg.types.Types;
import org.jspecify.annotations.Nullable;

/** Leaves out files that cannot hold what is looked for, by the bounds of their columns. */
final class Pruning {
    private Pruning() {}

    /**
     * @param changed SQL of the key column in the changes
     * @param changes SQL table of the changes, alias {@code c} in {@code changed}
     * @return of the paths those that may hold a key, in their order
     */
    static List<String> candidates(
            Engine engine,
            List<DataFile> files,
            Schema schema,
            List<String> paths,
            TableColumn column,
            String changed,
            String changes) {
        Types.NestedField field = schema.findField(column.name());
        if (field == null || paths.size() < 2) {
            return paths;
        }
        List<String> bounded = new ArrayList<>();
        Set<String> kept = new HashSet<>();
        for (DataFile file : files) {
            String low = bound(file.lowerBounds(), field);
            String high = bound(file.upperBounds(), field);
            if (low == null || high == null) {
                kept.add(file.location());
            } else {
                boolean nulls =
                        file.nullValueCounts() == null || file.nullValueCounts().getOrDefault(field.fieldId(), 1L) > 0;
                bounded.add("(" + Engine.literal(file.location()) + ", " + low + ", " + high + ", " + nulls + ")");
            }
        }
        if (!bounded.isEmpty()) {
            kept.addAll(engine.query(
                    "SELECT path FROM (VALUES " + String.join(", ", bounded) + ") AS f(path, low, high, nulls)"
                            + " WHERE EXISTS (SELECT 1 FROM (SELECT " + changed + " AS k FROM " + changes
                            + " AS c) WHERE (k IS NULL AND nulls) OR k BETWEEN low AND high)",
                    row -> row.getString(1)));
        }
        return paths.stream().filter(kept::contains).toList();
    }

    /** A bound as SQL; null if there is none that holds for all values (NaN has no place in an order). */
    private static @Nullable String bound(@Nullable Map<Integer, ByteBuffer> bounds, Types.NestedField field) {
        ByteBuffer bound = bounds == null ? null : bounds.get(field.fieldId());
        if (bound == null) {
            return null;
        }
        Type type = field.type();
        Object value = Conversions.fromByteBuffer(type, bound);
        return switch (type.typeId()) {
            case LONG -> "CAST(" + value + " AS BIGINT)";
            case TIMESTAMP -> "make_timestamp(CAST(" + value + " AS BIGINT))";
            default -> null;
        };
    }
}
