package tatara.data.profile;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.hipparchus.distribution.continuous.ChiSquaredDistribution;
import tatara.core.evidence.TimeStructure;
import tatara.core.evidence.TimeStructure.Granularity;
import tatara.core.evidence.TimeStructure.Order;
import tatara.core.evidence.TimeStructure.Season;
import tatara.core.evidence.TimeSummary;
import tatara.data.lake.TableColumn;

/** How the times of a column are built. */
final class TimeForms {
    private static final long SECOND = 1_000_000L;
    private static final long HOUR = 3600 * SECOND;
    private static final long DAY = 24 * HOUR;
    private static final double FALSE_RATE = 0.001;
    private static final double LEAST_STRENGTH = 0.05;
    private static final double ORDERED = 0.999;
    private static final double MIDNIGHTS = 0.95;
    private static final int GLANCE = 10_000;
    private static final int MONTHS_NEEDED = 730;

    private final LookedColumn column;
    private final double[] sorted;

    private TimeForms(LookedColumn column) {
        this.column = column;
        this.sorted = column.sorted();
    }

    /**
     * @param raw where the texts of the times stand
     * @param asOf what comes after it is the future
     */
    static Optional<TimeStructure> of(LookedColumn column, RawTable raw, Optional<Instant> asOf) {
        TimeForms forms = new TimeForms(column);
        return forms.sorted.length == 0 ? Optional.empty() : Optional.of(forms.structure(raw, asOf));
    }

    private TimeStructure structure(RawTable raw, Optional<Instant> asOf) {
        double[] hours = new double[24];
        double[] weekdays = new double[7];
        double[] months = new double[12];
        boolean firsts = true;
        boolean januaries = true;
        for (double micros : sorted) {
            LocalDateTime time = time(micros);
            hours[time.getHour()]++;
            weekdays[time.getDayOfWeek().getValue() - DayOfWeek.MONDAY.getValue()]++;
            months[time.getMonthValue() - 1]++;
            firsts &= time.getDayOfMonth() == 1;
            januaries &= time.getMonthValue() == 1;
        }
        Granularity granularity = granularity(firsts, firsts && januaries);
        double days = (sorted[sorted.length - 1] - sorted[0]) / DAY;
        List<Season> seasons = new ArrayList<>();
        if (granularity.compareTo(Granularity.DAY) < 0 && days >= 2) {
            season("hour", hours).ifPresent(seasons::add);
        }
        if (granularity.compareTo(Granularity.DAY) <= 0 && days >= 14) {
            season("weekday", weekdays).ifPresent(seasons::add);
        }
        if (granularity.compareTo(Granularity.MONTH) <= 0 && days >= MONTHS_NEEDED) {
            season("month", months).ifPresent(seasons::add);
        }
        double[] forward = forward();
        double limit = asOf.map(instant -> (double) ChronoUnit.MICROS.between(Instant.EPOCH, instant))
                .orElse(Double.POSITIVE_INFINITY);
        return new TimeStructure(
                granularity,
                forward[0] >= ORDERED ? Order.ASCENDING : forward[1] >= ORDERED ? Order.DESCENDING : Order.NONE,
                forward[0],
                gaps(),
                longestGap() / SECOND,
                hours,
                weekdays,
                months,
                seasons,
                Arrays.stream(sorted).filter(value -> value > limit).count(),
                zones(raw, hours));
    }

    private static LocalDateTime time(double micros) {
        long whole = (long) micros;
        return LocalDateTime.ofEpochSecond(
                Math.floorDiv(whole, SECOND), (int) Math.floorMod(whole, SECOND) * 1000, ZoneOffset.UTC);
    }

    private Granularity granularity(boolean months, boolean years) {
        if (isMultiple(DAY)) {
            return years ? Granularity.YEAR : months ? Granularity.MONTH : Granularity.DAY;
        }
        return isMultiple(HOUR)
                ? Granularity.HOUR
                : isMultiple(60 * SECOND)
                        ? Granularity.MINUTE
                        : isMultiple(SECOND)
                                ? Granularity.SECOND
                                : isMultiple(1000) ? Granularity.MILLISECOND : Granularity.MICROSECOND;
    }

    private boolean isMultiple(long unit) {
        for (double value : sorted) {
            if (value % unit != 0) {
                return false;
            }
        }
        return true;
    }

    /** Uneven beyond chance; its strength is Cramér's V of the counts against the same everywhere. */
    private static Optional<Season> season(String cycle, double[] counts) {
        double all = Arrays.stream(counts).sum();
        double expected = all / counts.length;
        double squared = 0;
        for (double count : counts) {
            squared += (count - expected) * (count - expected) / expected;
        }
        double freedom = counts.length - 1.0;
        double chance = 1 - new ChiSquaredDistribution(freedom).cumulativeProbability(squared);
        double strength = Math.sqrt(squared / (all * freedom));
        return expected >= 5 && chance <= FALSE_RATE && strength >= LEAST_STRENGTH
                ? Optional.of(new Season(cycle, strength))
                : Optional.empty();
    }

    /** Share of steps from row to row that do not go back, and that do not go forward. */
    private double[] forward() {
        double last = Double.NaN;
        double steps = 0;
        double up = 0;
        double down = 0;
        for (double value : column.numbers()) {
            if (!Double.isNaN(value)) {
                if (!Double.isNaN(last)) {
                    steps++;
                    up += value >= last ? 1 : 0;
                    down += value <= last ? 1 : 0;
                }
                last = value;
            }
        }
        return steps == 0 ? new double[] {1, 1} : new double[] {up / steps, down / steps};
    }

    private long gaps() {
        double step = column.profile().times().map(TimeSummary::stepSeconds).orElse(0.0) * SECOND;
        long gaps = 0;
        if (step > 0 && column.profile().rows() == column.codes().length) {
            for (int i = 1; i < sorted.length; i++) {
                gaps += sorted[i] - sorted[i - 1] > 1.5 * step ? 1 : 0;
            }
        }
        return gaps;
    }

    private double longestGap() {
        double longest = 0;
        for (int i = 1; i < sorted.length; i++) {
            longest = Math.max(longest, sorted[i] - sorted[i - 1]);
        }
        return longest;
    }

    private List<String> zones(RawTable raw, double[] hours) {
        List<String> hints = new ArrayList<>();
        if (column.raw().stored() == TableColumn.Type.VARCHAR) {
            raw.engine()
                    .query(
                            "SELECT z, count(*) AS n FROM (SELECT regexp_extract("
                                    + column.raw().sql() + ", '[0-9] ?(Z|[+-][0-9]{2}:?[0-9]{2})\\s*$', 1) AS z FROM "
                                    + raw.sampled(GLANCE) + ") WHERE z <> '' GROUP BY z ORDER BY n DESC, z LIMIT 5",
                            row -> row.getString(1))
                    .forEach(offset -> hints.add("written with the offset " + offset));
        }
        midnight(hours).ifPresent(hints::add);
        return List.copyOf(hints);
    }

    /** Dates of another zone are times at one hour other than midnight, or at two that summer time sets apart. */
    private Optional<String> midnight(double[] hours) {
        double all = Arrays.stream(hours).sum();
        if (!isMultiple(HOUR) || isMultiple(DAY)) {
            return Optional.empty();
        }
        for (int hour = 0; hour < 24; hour++) {
            double together = hours[hour] + hours[(hour + 1) % 24];
            if (together >= MIDNIGHTS * all && hours[hour] > 0) {
                boolean two = hours[(hour + 1) % 24] > 0;
                return Optional.of("nearly all at " + hour + ":00" + (two ? " or " + (hour + 1) % 24 + ":00" : "")
                        + " UTC: perhaps midnight in another zone" + (two ? ", with summer time" : ""));
            }
        }
        return Optional.empty();
    }
}
