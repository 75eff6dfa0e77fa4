package tatara.model.forecast;

import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;

/**
 * The steps of a set of series: how far apart they are, and how positions become steps.
 *
 * @param timed whether positions are microseconds since the epoch; otherwise they are step numbers times 1,000,000
 * @param months step in calendar months, 0 for a step of fixed length
 * @param micros step of fixed length in the position's unit, at least 1; 0 if {@code months} counts
 */
public record TimeGrid(boolean timed, int months, long micros) {
    /** Positions per numbered step. */
    public static final long UNIT = 1_000_000;

    private static final long DAY = 86_400_000_000L;
    private static final double MONTH_DAYS = 30.436875;

    public TimeGrid {
        if (months < 0 || (months == 0 && micros < 1)) {
            throw new IllegalArgumentException("step: " + months + " months, " + micros + " µs (expected: > 0)");
        }
    }

    /** Steps numbered 0, 1, 2 … */
    public static TimeGrid numbered() {
        return new TimeGrid(false, 0, UNIT);
    }

    /** The grid for times that are usually so far apart; 28 to 31 days become calendar months, and so on. */
    public static TimeGrid ofSeconds(double seconds) {
        double days = seconds / 86_400;
        if (days >= 28 && days <= 31) {
            return new TimeGrid(true, 1, 0);
        }
        if (days >= 59 && days <= 62) {
            return new TimeGrid(true, 2, 0);
        }
        if (days >= 89 && days <= 92.5) {
            return new TimeGrid(true, 3, 0);
        }
        if (days >= 180 && days <= 184.5) {
            return new TimeGrid(true, 6, 0);
        }
        if (days >= 365 && days <= 366) {
            return new TimeGrid(true, 12, 0);
        }
        return new TimeGrid(true, 0, Math.max(1, Math.round(seconds * 1e6)));
    }

    /** The position {@code steps} after {@code from}; month ends stay month ends. */
    public long ahead(long from, long steps) {
        if (months == 0) {
            return from + steps * micros;
        }
        LocalDateTime start = dateTime(from);
        YearMonth month = YearMonth.from(start).plusMonths(steps * months);
        boolean atEnd = start.getDayOfMonth() == start.toLocalDate().lengthOfMonth();
        int day = atEnd ? month.lengthOfMonth() : Math.min(start.getDayOfMonth(), month.lengthOfMonth());
        LocalDate date = month.atDay(day);
        return micros(LocalDateTime.of(date, start.toLocalTime()));
    }

    /** Whole steps from {@code from} to {@code to}, rounded to the nearest; negative if it lies before. */
    public long stepsBetween(long from, long to) {
        if (months == 0) {
            return Math.round((double) (to - from) / micros);
        }
        LocalDateTime start = dateTime(from);
        LocalDateTime end = dateTime(to);
        long whole = 12L * (end.getYear() - start.getYear()) + end.getMonthValue() - start.getMonthValue();
        boolean bothAtEnd = isMonthEnd(start) && isMonthEnd(end);
        double days = bothAtEnd ? 0 : end.getDayOfMonth() - start.getDayOfMonth();
        return Math.round((whole + days / MONTH_DAYS) / months);
    }

    private static boolean isMonthEnd(LocalDateTime time) {
        return time.getDayOfMonth() == time.toLocalDate().lengthOfMonth();
    }

    static LocalDateTime dateTime(long micros) {
        return LocalDateTime.ofEpochSecond(
                Math.floorDiv(micros, UNIT), (int) Math.floorMod(micros, UNIT) * 1000, ZoneOffset.UTC);
    }

    private static long micros(LocalDateTime time) {
        return time.toLocalDate().toEpochDay() * DAY
                + time.toLocalTime().toNanoOfDay()
                        / ChronoUnit.MICROS.getDuration().toNanos();
    }
}
