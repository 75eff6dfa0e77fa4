package tatara.data.quality.cells;

import java.util.Optional;

/**
 * A cell that is probably wrong.
 *
 * @param row 0-based position in the table
 * @param column name of its column
 * @param value its text; empty for a missing value
 * @param probability that it is wrong, in [0.5, 1]
 * @param why the strongest evidence, for people
 * @param repair the right text, where the evidence names one
 */
public record Finding(long row, String column, String value, double probability, String why, Optional<Repair> repair) {}
