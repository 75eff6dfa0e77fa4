package tatara.core.evidence;

/**
 * Numbers far from the others of their column.
 *
 * @param method how the limits were found
 * @param low numbers below it are outliers
 * @param high numbers above it are outliers
 * @param rows rows with an outlier, of all rows of the table
 * @param share of the column's numbers, in [0, 1]
 * @param examples the most extreme, at most 5, in rising order
 */
public record Outliers(Method method, double low, double high, long rows, double share, double[] examples) {
    /** How limits are found. */
    public enum Method {
        /** Further from the median than 3.5 times the scaled median absolute deviation (Iglewicz and Hoaglin 1993). */
        ROBUST_Z,
        /** Outside the whiskers of the box plot adjusted for skewness by the medcouple (Hubert and Vandervieren 2008). */
        ADJUSTED_BOXPLOT
    }
}
