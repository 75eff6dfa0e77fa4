package tatara.data.quality.cells;

import java.util.List;

/**
 * A row whose right content a person has told.
 *
 * @param row 0-based position in the table
 * @param values the right text of every cell, in the order of the table's columns; empty for a cell that is rightly without a value
 */
public record LabelledRow(long row, List<String> values) {
    public LabelledRow {
        values = List.copyOf(values);
        if (row < 0) {
            throw new IllegalArgumentException("row: " + row + " (expected: >= 0)");
        }
    }
}
