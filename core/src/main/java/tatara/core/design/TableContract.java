package tatara.core.design;

import java.util.List;
import java.util.Optional;

/**
 * The contract of one table (D2): rules that its rows keep, inferred from evidence, editable, exported to other tools.
 *
 * <p>How a rule sees a cell: white space around it is dropped; an empty cell, {@code null}, NaN and the missing tokens of the column's
 * format are <em>missing</em>. Any other cell is a text, and by the column's type and format a number, a time or a truth value; if it
 * cannot be read as that it is <em>invalid</em>. All rules but {@link Kind#NOT_NULL} let a missing cell pass; an invalid cell
 * breaks {@link Kind#TYPE}, and passes where a number, a time or a truth value is compared. {@link Kind#LENGTH} and {@link Kind#PATTERN}
 * look at the text. Two cells are the same if their numbers, times or truth values are, or, where the column is none of these, their
 * texts, case and accents told apart.
 *
 * <p>A rule has failed when the share of rows that break it, among all rows of the table, is above its tolerance.
 *
 * @param version 1 for the first, one more with every recorded change
 */
public record TableContract(String table, int version, List<Rule> rules) {
    /** @param kind rules of this kind, in order */
    public List<Rule> of(Kind kind) {
        return rules.stream().filter(rule -> rule.kind() == kind).toList();
    }

    /** The rule with this id. */
    public Optional<Rule> find(String id) {
        return rules.stream().filter(rule -> rule.id().equals(id)).findFirst();
    }

    public TableContract withVersion(int number) {
        return new TableContract(table, number, rules);
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
            String why) {
        public Rule withTolerance(double share) {
            return new Rule(id, kind, columns, min, max, values, share, severity, why);
        }
    }

    /** What a rule demands of a row. */
    public enum Kind {
        /** The columns are there, all of them; each that is not breaks it for every row. */
        PRESENT,
        /** The cell can be read as the type in {@code values}, a {@link tatara.core.evidence.ColumnType} in lower case; whole numbers for {@code integer}. */
        TYPE,
        /** There is a value. An invalid cell is one. */
        NOT_NULL,
        /** A number or time from {@code min} to {@code max}; either may be left out. */
        RANGE,
        /** A text of {@code min} to {@code max} characters (code points). */
        LENGTH,
        /** The whole text matches the regular expression in {@code values}, in the syntax that RE2, Java and Python share. */
        PATTERN,
        /** One of {@code values}: numbers compared as numbers, truth values as {@code true} and {@code false}, texts exactly. */
        VALUES,
        /** No other row has the same values in the columns. All rows of a group that are alike break it; a row with a missing or invalid cell in one of the columns passes, if the rule is about fewer columns than the table has. */
        UNIQUE,
        /** The value is found in a column of another table: {@code values} are that table and column. */
        REFERENCE,
        /** The first column's value is not greater than the second's. */
        ORDER,
        /** The last column is the sum of the others, up to {@code max} of difference. */
        SUM,
        /** Rows alike in all columns but the last are alike in the last: a functional dependency. All rows of a group that are not alike break it; rows with a missing or invalid cell take no part. */
        DETERMINES
    }
}
