package tatara.data.profile;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** Values as people write them. */
final class ValueText {
    private static final double GREATEST_PLAIN = 1e15;
    private static final double LEAST_DECIMAL = 1e-9;
    private static final double GREATEST_DECIMAL = 1e21;

    private ValueText() {}

    /** A number in the shortest decimals, or a time (microseconds since 1970) in ISO 8601. */
    static String of(double value, boolean time) {
        return time ? instant(value).toString() : number(value);
    }

    static Instant instant(double micros) {
        return Instant.EPOCH.plus((long) micros, ChronoUnit.MICROS);
    }

    private static String number(double value) {
        if (value == Math.rint(value) && Math.abs(value) < GREATEST_PLAIN) {
            return Long.toString((long) value);
        }
        double size = Math.abs(value);
        if (size < LEAST_DECIMAL || size > GREATEST_DECIMAL) {
            return Double.toString(value);
        }
        return new BigDecimal(Double.toString(value)).stripTrailingZeros().toPlainString();
    }
}
