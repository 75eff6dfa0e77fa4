package tatara.data.quality.cells;

/**
 * What a wrong cell should probably hold.
 *
 * @param value the text
 * @param confidence in [0, 1]: that this is the right text, given that the cell is wrong
 */
public record Repair(String value, double confidence) {}
