package tatara.core.evidence;

import java.util.List;
import java.util.Optional;

/**
 * What the rows of a table have in common, as rules and comparisons of batches need it (D2): distributions, forms of texts, and how
 * columns hang together. Measured on at most some ten thousand rows chosen by a hash of their position; counts of broken rows are of
 * the rows measured. The same rows give the same shape.
 *
 * @param rows rows of the table
 * @param measured rows that were measured
 * @param columns in the order of the table
 * @param relations what columns keep together, best first within each kind
 * @param pairings columns that tell something of each other
 */
public record TableShape(
        String table,
        long rows,
        long measured,
        List<ColumnShape> columns,
        List<Relation> relations,
        List<Pairing> pairings) {
    public Optional<ColumnShape> find(String column) {
        return columns.stream().filter(shape -> shape.column().equals(column)).findFirst();
    }

    /**
     * One column.
     *
     * @param present measured rows with a value
     * @param missing measured rows without
     * @param distinct distinct values among the measured rows
     * @param singletons values that one measured row has
     * @param shortest code points of the shortest text, 0 for numbers and times
     * @param longest code points of the longest text
     * @param pattern a regular expression that the texts match, made from them; empty if they have no form
     * @param misfits measured rows that do not match it
     * @param forms different forms among the texts
     * @param extremes numbers and times: the two least and the two greatest values, rising; empty for texts
     * @param values texts with how often each occurs, most frequent first, if there are at most 200; else empty
     * @param distributions of the value (numbers, times in seconds since 1970) or of measures of the text
     */
    public record ColumnShape(
            String column,
            ColumnType type,
            long present,
            long missing,
            long distinct,
            long singletons,
            long shortest,
            long longest,
            String pattern,
            long misfits,
            long forms,
            double[] extremes,
            List<ValueCount> values,
            List<Distribution> distributions) {}

    /**
     * A cumulative distribution at some of the values that occur.
     *
     * @param measure {@code value}; for texts {@code length}, {@code capitals}, {@code digits}, {@code foreign}
     * @param points rising values, at most 101
     * @param below share of the present rows whose value is at most the point, in [0, 1]
     */
    public record Distribution(String measure, double[] points, double[] below) {}

    /**
     * What rows keep across columns.
     *
     * @param columns as the rule of this kind lists them
     * @param rows rows that speak for or against it
     * @param broken rows that break it
     * @param slack for sums: the greatest difference allowed
     */
    public record Relation(Kind kind, List<String> columns, long rows, long broken, double slack) {
        /** Kinds of relations, named as the rules that come from them. */
        public enum Kind {
            ORDER,
            SUM,
            DETERMINES,
            KEY
        }
    }

    /**
     * How well one column tells another: {@code to}'s expected rank by the group of {@code from}.
     *
     * @param bounds numbers and times: upper bounds of all groups but the last, rising; empty for texts
     * @param groups texts: the value of each group; the last group is of all others. Empty for numbers
     * @param expected expected score of {@code to}, in [0, 1], by group; the last one is for missing values
     * @param correlation between expected and true scores on rows that took no part in the expectation
     * @param rows those rows
     */
    public record Pairing(
            String from,
            String to,
            double[] bounds,
            List<String> groups,
            double[] expected,
            double correlation,
            long rows) {}
}
