package tatara.core.evidence;

/**
 * A column whose values are values of another column of the same table.
 *
 * @param column the included one
 * @param in the other one
 * @param coverage share of its distinct values that are found there, in [0, 1]
 * @param values its distinct values
 * @param exact whether all rows were looked at
 */
public record Inclusion(String column, String in, double coverage, long values, boolean exact) {}
