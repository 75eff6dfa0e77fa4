package tatara.data.quality.cells;

import java.util.List;

/**
 * The wrong cells of a table.
 *
 * @param rows rows of the table
 * @param columns how much of each column is suspected, in table order
 * @param cells the suspected cells by row, then by column
 * @param unlisted suspected cells that are counted but not listed, beyond the most that a list may hold
 */
public record Findings(long rows, List<ColumnErrors> columns, List<Finding> cells, long unlisted) {
    public Findings {
        columns = List.copyOf(columns);
        cells = List.copyOf(cells);
    }
}
