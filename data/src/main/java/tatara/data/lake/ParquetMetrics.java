package tatara.data.lake;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.iceberg.Metrics;
import org.apache.iceberg.Schema;
import org.apache.iceberg.types.Comparators;
import org.apache.iceberg.types.Conversions;
import org.apache.iceberg.types.Type;
import org.apache.iceberg.types.Types;
import org.jspecify.annotations.Nullable;

/**
 * What Iceberg wants to know of a data file, from the footer that the SQL engine reads: rows, and per column size, nulls and, for
 * numbers, times and short texts, bounds. A column of which one row group has values but no bound has none at all.
 */
final class ParquetMetrics {
    private static final DateTimeFormatter TIMESTAMP = new DateTimeFormatterBuilder()
            .append(DateTimeFormatter.ISO_LOCAL_DATE)
            .appendLiteral(' ')
            .append(DateTimeFormatter.ISO_LOCAL_TIME)
            .toFormatter(java.util.Locale.ROOT);

    private ParquetMetrics() {}

    /** One column of the file, over its row groups. */
    private record ColumnStatistics(
            int column,
            long bytes,
            long values,
            @Nullable Long nulls,
            @Nullable String least,
            @Nullable String greatest) {}

    static Metrics read(Engine engine, Path file, Schema schema) {
        String literal = Engine.literal(file.toString());
        long rows = engine.first("SELECT num_rows FROM parquet_file_metadata(" + literal + ")", row -> row.getLong(1))
                .orElse(0L);
        Map<Integer, Long> sizes = new HashMap<>();
        Map<Integer, Long> values = new HashMap<>();
        Map<Integer, Long> nulls = new HashMap<>();
        Map<Integer, ByteBuffer> lower = new HashMap<>();
        Map<Integer, ByteBuffer> upper = new HashMap<>();
        Set<Integer> unbounded = new HashSet<>();
        for (ColumnStatistics group : statistics(engine, literal)) {
            Types.NestedField field = schema.columns().get(group.column());
            sizes.merge(field.fieldId(), group.bytes(), Long::sum);
            values.merge(field.fieldId(), group.values(), Long::sum);
            if (group.nulls() != null) {
                nulls.merge(field.fieldId(), group.nulls(), Long::sum);
            }
            if (group.nulls() == null || group.nulls() < group.values()) {
                bound(lower, unbounded, field, group.least(), -1);
                bound(upper, unbounded, field, group.greatest(), 1);
            }
        }
        lower.keySet().removeAll(unbounded);
        upper.keySet().removeAll(unbounded);
        return new Metrics(rows, sizes, values, nulls, null, lower, upper);
    }

    private static List<ColumnStatistics> statistics(Engine engine, String literal) {
        return engine.query(
                "SELECT column_id, total_compressed_size, num_values, stats_null_count, stats_min_value, stats_max_value"
                        + " FROM parquet_metadata(" + literal + ")",
                row -> {
                    long nulls = row.getLong(4);
                    Long known = row.wasNull() ? null : nulls;
                    return new ColumnStatistics(
                            row.getInt(1), row.getLong(2), row.getLong(3), known, row.getString(5), row.getString(6));
                });
    }

    private static void bound(
            Map<Integer, ByteBuffer> bounds,
            Set<Integer> unbounded,
            Types.NestedField field,
            @Nullable String text,
            int sign) {
        Object value = text == null ? null : parse(field.type(), text);
        if (value == null) {
            unbounded.add(field.fieldId());
            return;
        }
        Type.PrimitiveType type = field.type().asPrimitiveType();
        ByteBuffer known = bounds.get(field.fieldId());
        if (known == null
                || Comparators.forType(type).compare(value, Conversions.fromByteBuffer(type, known)) * sign > 0) {
            bounds.put(field.fieldId(), Conversions.toByteBuffer(type, value));
        }
    }

    /** Long texts, and those that the engine would show escaped, give no bound. */
    private static boolean isPlain(String text) {
        return text.length() <= 64
                && text.chars().allMatch(c -> c >= ' ' && c != 0x7f && c != '\\' && !Character.isSurrogate((char) c));
    }

    private static @Nullable Object parse(Type type, String text) {
        try {
            return switch (type.typeId()) {
                case LONG -> Long.valueOf(text);
                case DOUBLE -> Double.valueOf(text);
                case TIMESTAMP ->
                    ChronoUnit.MICROS.between(
                            LocalDateTime.ofEpochSecond(0, 0, ZoneOffset.UTC), LocalDateTime.parse(text, TIMESTAMP));
                case STRING -> isPlain(text) ? text : null;
                default -> null;
            };
        } catch (NumberFormatException | DateTimeParseException noBound) {
            return null;
        }
    }
}
