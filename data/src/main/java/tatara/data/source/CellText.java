package tatara.data.source;

import java.time.Instant;
import tatara.core.frame.Column;
import tatara.core.frame.NumberColumn;
import tatara.core.frame.TextColumn;
import tatara.core.frame.TimeColumn;

/** The text of a cell that is not missing: whole numbers without a fraction, times in ISO-8601 with Z. */
final class CellText {
    private static final double EXACT = 1L << 53;

    private CellText() {}

    static String of(Column column, int row) {
        if (column instanceof NumberColumn numbers) {
            return number(numbers.values()[row]);
        }
        if (column instanceof TimeColumn times) {
            return time(times.micros()[row]);
        }
        return String.valueOf(((TextColumn) column).value(row));
    }

    private static String number(double value) {
        if (value == Math.rint(value) && Math.abs(value) < EXACT) {
            return Long.toString((long) value);
        }
        return Double.toString(value);
    }

    private static String time(long micros) {
        return Instant.ofEpochSecond(Math.floorDiv(micros, 1_000_000), Math.floorMod(micros, 1_000_000) * 1_000L)
                .toString();
    }
}
