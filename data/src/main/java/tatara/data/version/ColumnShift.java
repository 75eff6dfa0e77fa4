package tatara.data.version;

import java.util.List;
import java.util.Optional;

/**
 * How the distribution of a column differs between two versions.
 *
 * @param before missing values and more, of the older version
 * @param psi population stability index over the bins; below 0.1 is commonly taken for small, above 0.25 for large
 * @param chiSquare Pearson's statistic of the two-sample table over bins that expect at least five rows
 * @param degrees of freedom, 0 if there is only one bin
 * @param p chance of a difference as large if both were samples of one population; rows that both versions share make it too large, never
 *     too small
 * @param adjusted p over all columns (Benjamini and Hochberg 1995)
 */
public record ColumnShift(
        String column, Side before, Side after, double psi, double chiSquare, int degrees, double p, double adjusted) {

    ColumnShift adjustedTo(double value) {
        return new ColumnShift(column, before, after, psi, chiSquare, degrees, p, value);
    }

    /**
     * @param missing share of rows in [0, 1]
     * @param distinct distinct values; an estimate within a few percent
     * @param numbers of numbers and times
     */
    public record Side(long rows, double missing, long distinct, Optional<Numbers> numbers) {}

    /**
     * @param mean of times in microseconds since 1970, as are the others
     * @param quantiles at 0, 0.05, 0.25, 0.5, 0.75, 0.95 and 1; empty if there is no value
     */
    public record Numbers(double mean, double deviation, List<Double> quantiles) {
        public Numbers {
            quantiles = List.copyOf(quantiles);
        }
    }
}
