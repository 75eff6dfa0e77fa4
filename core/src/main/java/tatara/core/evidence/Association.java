package tatara.core.evidence;

/**
 * A pair of columns that say something of each other.
 *
 * @param measure what was measured
 * @param value in [-1, 1] for two numbers, else in [0, 1]
 * @param linear Pearson's correlation for two numbers, NaN otherwise
 * @param chance probability of one as strong where there is none, corrected for the number of pairs looked at
 *     (Benjamini and Hochberg 1995)
 * @param rows with a value in both
 */
public record Association(
        String first, String second, Measure measure, double value, double linear, double chance, long rows) {
    /** Measures of association. */
    public enum Measure {
        /** Rank correlation of two numbers. */
        SPEARMAN,
        /** Share of a number's variance that a category explains, corrected for the number of levels, as a root. */
        CORRELATION_RATIO,
        /** Cramér's V of two categories, bias-corrected (Bergsma 2013). */
        CRAMERS_V
    }
}
