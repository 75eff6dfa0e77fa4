package tatara.data.quality.cells;

/**
 * How much of a column is suspected.
 *
 * @param column its name
 * @param suspected cells that are probably wrong
 * @param share of all its cells, in [0, 1]
 */
public record ColumnErrors(String column, long suspected, double share) {}
