package tatara.data.quality.history;

import java.util.Optional;

/**
 * One figure of a batch.
 *
 * @param name unique in the batch: the kind, and for columns the column's name, such as {@code missing:age}
 * @param column empty for the batch as a whole
 * @param value as measured; a share is in [0, 1], hours may be negative
 * @param rows how many rows it is measured on; a share or mean of few rows varies more
 * @param spread standard deviation of the measured values, 0 where that says nothing
 */
public record BatchMetric(String name, Optional<String> column, Kind kind, double value, long rows, double spread) {
    /** How a figure varies from batch to batch. */
    public enum Kind {
        /** Rows; varies by factors. */
        COUNT,
        /** Share of rows. */
        SHARE,
        /** Mean or quantile of numbers. */
        LEVEL,
        /** Standard deviation of numbers; varies by factors. */
        SPREAD,
        /** Hours between the newest row's time and the arrival. */
        HOURS
    }
}
