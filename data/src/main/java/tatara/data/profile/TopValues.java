package tatara.data.profile;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import tatara.core.evidence.ValueCount;

/** Keys of values as people write them: numbers in shortest decimals, times in ISO 8601. */
final class TopValues {
    private static final double GREATEST_PLAIN = 1e15;

    private TopValues() {}

    static List<ValueCount> of(Reading.Kind kind, List<ValueCount> keys) {
        return keys.stream()
                .map(key -> new ValueCount(text(kind, key.value()), key.count()))
                .toList();
    }

    private static String text(Reading.Kind kind, String key) {
        return switch (kind) {
            case NUMBER -> number(Double.parseDouble(key));
            case TIME -> Instant.EPOCH.plus(Long.parseLong(key), ChronoUnit.MICROS).toString();
            case BOOLEAN, TEXT, EMPTY -> key;
        };
    }

    static String number(double value) {
        if (value == Math.rint(value) && Math.abs(value) < GREATEST_PLAIN) {
            return Long.toString((long) value);
        }
        double size = Math.abs(value);
        if (size < 1e-9 || size > 1e21) {
            return Double.toString(value);
        }
        return new BigDecimal(Double.toString(value)).stripTrailingZeros().toPlainString();
    }
}
