package tatara.data.profile;

import java.util.List;
import tatara.core.evidence.ValueCount;

/**
 * Distinct trimmed texts of a column in a sample of rows.
 *
 * @param values most frequent first, blank cells left out, long texts cut
 * @param whole whether the sample is the whole table
 */
record ColumnSample(RawColumn column, List<ValueCount> values, boolean whole) {
    /** Rows with one of the values. */
    long rows() {
        return values.stream().mapToLong(ValueCount::count).sum();
    }

    ColumnSample without(List<String> tokens) {
        return new ColumnSample(
                column,
                values.stream().filter(value -> !tokens.contains(value.value())).toList(),
                whole);
    }
}
