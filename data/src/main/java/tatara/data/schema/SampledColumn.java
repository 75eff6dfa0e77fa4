package tatara.data.schema;

import java.util.Arrays;
import tatara.core.evidence.ColumnType;

/**
 * Cells of one column of a {@link RowSample}, read.
 *
 * @param numbers for numbers and times (microseconds since 1970): NaN where missing or invalid; empty for texts
 * @param codes for texts and truth values: position in the dictionary, -1 where missing or invalid; empty for numbers
 * @param dictionary distinct texts
 * @param missing rows without a value
 * @param invalid rows whose text is none of the type
 */
record SampledColumn(
        String name, ColumnType type, double[] numbers, int[] codes, String[] dictionary, long missing, long invalid) {
    boolean is(SampledColumn other) {
        return name.equals(other.name);
    }

    boolean isNumeric() {
        return type == ColumnType.NUMBER || type == ColumnType.INTEGER || type == ColumnType.TIME;
    }

    int size() {
        return isNumeric() ? numbers.length : codes.length;
    }

    boolean isKnown(int row) {
        return isNumeric() ? !Double.isNaN(numbers[row]) : codes[row] >= 0;
    }

    /** What tells two cells apart, as a number; NaN if missing or invalid. */
    double identity(int row) {
        return isNumeric() ? numbers[row] : codes[row] < 0 ? Double.NaN : codes[row];
    }

    /** Known numbers, rising. */
    double[] sorted() {
        double[] known =
                Arrays.stream(numbers).filter(value -> !Double.isNaN(value)).toArray();
        Arrays.sort(known);
        return known;
    }

    /** How often each text of the dictionary occurs. */
    long[] counts() {
        long[] counts = new long[dictionary.length];
        for (int code : codes) {
            if (code >= 0) {
                counts[code]++;
            }
        }
        return counts;
    }
}
