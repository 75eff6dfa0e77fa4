package tatara.core.evidence;

import java.util.List;
import java.util.Optional;

/**
 * What one column holds.
 *
 * @param name as in the source (made distinct if the source repeats it)
 * @param type inferred meaning
 * @param why the evidence for the type, for people
 * @param format how its cells are read
 * @param rows rows of the table
 * @param missing rows without a value, by the format's tokens
 * @param invalid rows whose text does not fit the type (they become missing)
 * @param distinct distinct values
 * @param top most frequent values, at most 50, most frequent first
 * @param numbers for numbers
 * @param times for times
 * @param meanLength mean length of the text, in characters
 * @param meanWords mean number of words of the text
 */
public record ColumnProfile(
        String name,
        ColumnType type,
        String why,
        CellFormat format,
        long rows,
        long missing,
        long invalid,
        long distinct,
        List<ValueCount> top,
        Optional<NumberSummary> numbers,
        Optional<TimeSummary> times,
        double meanLength,
        double meanWords) {
    public double missingShare() {
        return rows == 0 ? 0 : (double) missing / rows;
    }

    /** Distinct values per non-missing row, in [0, 1]. */
    public double distinctShare() {
        return rows == missing ? 0 : Math.min(1, (double) distinct / (rows - missing));
    }
}
