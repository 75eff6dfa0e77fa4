package tatara.core.design;

import java.util.List;
import java.util.Optional;

/**
 * The contract of one table (D2): rules that its rows keep, inferred from evidence, editable, exported to other tools. All rules but
 * those about missing values let a missing value pass.
 *
 * @param version 1 for the first, one more with every recorded change
 */
public record TableContract(String table, int version, List<Rule> rules) {
    /** @param kind rules of this kind, in order */
    public List<Rule> of(Kind kind) {
        return rules.stream().filter(rule -> rule.kind() == kind).toList();
    }

    /**
     * One rule.
     *
     * @param id unique in the contract, such as {@code age.range}
     * @param columns what it reads: one column, or as many as the kind says
     * @param min least value, inclusive: a number in decimal, a time in ISO-8601, or a count of characters
     * @param max greatest value, inclusive
     * @param values what the kind says
     * @param tolerance share of rows in [0, 1] that may break it before it has failed
     * @param severity what happens when it has failed; {@code QUARANTINE} sets the rows aside that break it
     * @param why the evidence for it
     */
    public record Rule(
            String id,
            Kind kind,
            List<String> columns,
            Optional<String> min,
            Optional<String> max,
            List<String> values,
            double tolerance,
            DataDesign.Severity severity,
            String why) {}

    /** What a rule demands of a row. */
    public enum Kind {
        /** The column is there. */
        PRESENT,
        /** The cell can be read as the type in {@code values}, a {@link tatara.core.evidence.ColumnType} in lower case. */
        TYPE,
        /** There is a value. */
        NOT_NULL,
        /** A number or time from {@code min} to {@code max}. */
        RANGE,
        /** A text of {@code min} to {@code max} characters (code points). */
        LENGTH,
        /** The whole text matches the regular expression in {@code values}, in the syntax that RE2, Java and Python share. */
        PATTERN,
        /** One of {@code values}. */
        VALUES,
        /** No other row has the same values in the columns. */
        UNIQUE,
        /** The value is found in a column of another table: {@code values} are that table and column. */
        REFERENCE,
        /** The first column's value is not greater than the second's. */
        ORDER,
        /** The last column is the sum of the others, up to {@code max} of difference. */
        SUM,
        /** Rows alike in all columns but the last are alike in the last: a functional dependency. */
        DETERMINES
    }
}
