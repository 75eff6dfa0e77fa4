package tatara.core.evidence;

import java.util.List;

/**
 * How the times of a column are built, in UTC.
 *
 * @param granularity unit that all values are whole multiples of
 * @param order of the values from row to row
 * @param orderedShare share of the steps from row to row that do not go back, in [0, 1]
 * @param gaps steps between consecutive distinct times that are longer than the regular one; 0 without a regular one
 * @param longestGapSeconds the longest step between consecutive distinct times
 * @param hours values in each hour of the day
 * @param weekdays values on each day of the week, Monday first
 * @param months values in each month, January first
 * @param seasons what of these is uneven beyond chance
 * @param future values after the profile's {@code asOf}
 * @param zones hints at a time zone, for people
 */
public record TimeStructure(
        Granularity granularity,
        Order order,
        double orderedShare,
        long gaps,
        double longestGapSeconds,
        double[] hours,
        double[] weekdays,
        double[] months,
        List<Season> seasons,
        long future,
        List<String> zones) {
    /** Units of time, from fine to coarse. */
    public enum Granularity {
        MICROSECOND,
        MILLISECOND,
        SECOND,
        MINUTE,
        HOUR,
        DAY,
        MONTH,
        YEAR
    }

    /** How values follow each other. */
    public enum Order {
        ASCENDING,
        DESCENDING,
        NONE
    }

    /**
     * An uneven cycle.
     *
     * @param cycle {@code hour}, {@code weekday} or {@code month}
     * @param strength how uneven, in [0, 1]: 0 for the same everywhere, 1 for all in one place
     */
    public record Season(String cycle, double strength) {}
}
