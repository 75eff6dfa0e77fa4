package tatara.data.lake;

import java.util.Arrays;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.iceberg.StructLike;
import org.jspecify.annotations.Nullable;

/** The values of one partition as Iceberg reads them. */
final class PartitionValues implements StructLike {
    private final @Nullable Object[] values;

    PartitionValues(@Nullable Object[] values) {
        this.values = Arrays.copyOf(values, values.length);
    }

    /** SQL for the rows of this partition, whose values stand in the columns {@code p0, p1, …}. */
    String condition() {
        return IntStream.range(0, values.length)
                .mapToObj(i -> "p" + i + " IS NOT DISTINCT FROM " + sql(values[i]))
                .collect(Collectors.joining(" AND "));
    }

    private static String sql(@Nullable Object value) {
        return value == null ? "NULL" : value instanceof String text ? Engine.literal(text) : value.toString();
    }

    @Override
    public int size() {
        return values.length;
    }

    @Override
    public <T> @Nullable T get(int position, Class<T> type) {
        return type.cast(values[position]);
    }

    @Override
    public <T> void set(int position, T value) {
        values[position] = value;
    }
}
