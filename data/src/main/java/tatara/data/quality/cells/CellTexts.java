package tatara.data.quality.cells;

import java.time.Instant;
import java.util.Locale;
import java.util.Set;
import tatara.core.frame.Column;
import tatara.core.frame.NumberColumn;
import tatara.core.frame.TextColumn;
import tatara.core.frame.TimeColumn;

/** Cells as texts; a missing cell is the empty text. */
final class CellTexts {
    private static final double EXACT = 1e15;
    private static final Set<String> MISSING = Set.of(
            "",
            "?",
            "-",
            "--",
            "n/a",
            "na",
            "#n/a",
            "null",
            "nan",
            "none",
            "nil",
            "<na>",
            "not available",
            "unknown",
            "missing");

    private CellTexts() {}

    static String of(Column column, int row) {
        if (column.isMissing(row)) {
            return "";
        }
        if (column instanceof NumberColumn numbers) {
            double value = numbers.values()[row];
            return value == Math.rint(value) && Math.abs(value) < EXACT
                    ? Long.toString((long) value)
                    : Double.toString(value);
        }
        if (column instanceof TimeColumn times) {
            long micros = times.micros()[row];
            return Instant.ofEpochSecond(Math.floorDiv(micros, 1_000_000L), Math.floorMod(micros, 1_000_000L) * 1_000L)
                    .toString();
        }
        String text = ((TextColumn) column).value(row);
        return text == null ? "" : text;
    }

    /** Whether the text stands for no value. */
    static boolean isMissing(String text) {
        return text.isBlank()
                || (text.length() <= 13 && MISSING.contains(text.strip().toLowerCase(Locale.ROOT)));
    }
}
