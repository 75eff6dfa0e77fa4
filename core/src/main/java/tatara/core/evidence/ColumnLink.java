package tatara.core.evidence;

/**
 * A foreign key found by evidence: values of {@code column} in {@code table} are found in the key {@code toColumn} of {@code toTable}.
 *
 * @param coverage share of the column's distinct values found there, in [0, 1]
 */
public record ColumnLink(String table, String column, String toTable, String toColumn, double coverage) {}
