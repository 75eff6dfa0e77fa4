package tatara.model.forecast;

import java.time.ZoneOffset;
import tatara.core.frame.Column;
import tatara.core.frame.NumberColumn;
import tatara.core.frame.TextColumn;
import tatara.core.frame.TimeColumn;

/** Names of series read from a column of any kind. */
public final class SeriesNames {
    private static final double EXACT = 1L << 53;

    private SeriesNames() {}

    /** The cell as text: whole numbers without decimals, times in ISO form; empty if missing. */
    public static String text(Column cells, int row) {
        if (cells.isMissing(row)) {
            return "";
        }
        if (cells instanceof TextColumn texts) {
            return String.valueOf(texts.value(row));
        }
        if (cells instanceof TimeColumn times) {
            return TimeGrid.dateTime(times.micros()[row])
                    .toInstant(ZoneOffset.UTC)
                    .toString();
        }
        double value = ((NumberColumn) cells).values()[row];
        boolean whole = value == Math.rint(value) && Math.abs(value) < EXACT;
        return whole ? Long.toString((long) value) : Double.toString(value);
    }
}
