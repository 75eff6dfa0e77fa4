package tatara.data.quality.cells;

import java.util.List;

/**
 * A row that is worth labelling.
 *
 * @param row 0-based position in the table
 * @param values its texts as they stand, in the order of the table's columns
 */
public record SuggestedRow(long row, List<String> values) {
    public SuggestedRow {
        values = List.copyOf(values);
    }
}
