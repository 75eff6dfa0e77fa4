package tatara.model.transform;

import java.text.ParsePosition;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.YearMonth;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.ResolverStyle;
import java.time.temporal.ChronoField;
import java.time.temporal.TemporalAccessor;
import java.time.temporal.TemporalQueries;
import java.util.List;
import java.util.Locale;
import tatara.core.error.Fault;
import tatara.core.error.TataraException;
import tatara.core.evidence.CellFormat;
import tatara.core.evidence.Mending;
import tatara.core.frame.TimeColumn;

/** Times as text, to microseconds since the epoch in UTC; a time without a zone is taken as UTC. */
final class TimeText {
    private static final long MICROS = 1_000_000;
    private static final double GREATEST_SECONDS = 9e12;

    /** How a column's times are written. */
    private enum Style {
        ISO,
        SECONDS,
        MILLIS,
        PATTERN
    }

    private static final int CENTURY = 2000;

    private final Style style;
    private final DateTimeFormatter formatter;
    private final List<DateTimeFormatter> others;

    /** @throws TataraException with {@code INVALID_TIME_PATTERN} */
    TimeText(CellFormat format) {
        Mending mending = format.mending().orElse(Mending.none());
        int firstYear = mending.firstYear().orElse(CENTURY);
        String text = format.timePattern().orElse("");
        style = switch (text) {
            case "" -> Style.ISO;
            case "epoch-s" -> Style.SECONDS;
            case "epoch-ms" -> Style.MILLIS;
            default -> Style.PATTERN;
        };
        formatter = style == Style.PATTERN ? formatter(text, firstYear) : DateTimeFormatter.ISO_DATE;
        others = mending.timePatterns().stream()
                .map(pattern -> formatter(pattern, firstYear))
                .toList();
    }

    private static DateTimeFormatter formatter(String pattern, int firstYear) {
        try {
            return builder(withProlepticYear(pattern), firstYear)
                    .toFormatter(Locale.ENGLISH)
                    .withResolverStyle(ResolverStyle.STRICT);
        } catch (IllegalArgumentException e) {
            throw new TataraException(
                    TransformErrorCode.INVALID_TIME_PATTERN,
                    Fault.of("time pattern " + pattern + ": " + e.getMessage())
                            .expecting("letters of java.time's DateTimeFormatter, such as dd/MM/yyyy HH:mm")
                            .todo("Correct timePattern in the data engineer's hand-off"),
                    e);
        }
    }

    private static DateTimeFormatterBuilder builder(String pattern, int firstYear) {
        DateTimeFormatterBuilder builder = new DateTimeFormatterBuilder().parseCaseInsensitive();
        int year = firstYear == CENTURY || pattern.indexOf('[') >= 0 ? -1 : shortYear(pattern);
        if (year < 0) {
            return builder.appendPattern(pattern);
        }
        return builder.appendPattern(pattern.substring(0, year))
                .appendValueReduced(ChronoField.YEAR, 2, 2, firstYear)
                .appendPattern(pattern.substring(year + 2));
    }

    /** Where a year of exactly two letters stands, outside of quotes; -1 if there is none. */
    private static int shortYear(String pattern) {
        boolean quoted = false;
        for (int i = 0; i < pattern.length(); i++) {
            char c = pattern.charAt(i);
            quoted ^= c == '\'';
            if (c == 'u' && !quoted) {
                int end = i;
                while (end < pattern.length() && pattern.charAt(end) == 'u') {
                    end++;
                }
                if (end - i == 2) {
                    return i;
                }
                i = end - 1;
            }
        }
        return -1;
    }

    /** Strict resolution wants an era beside {@code y}; {@code u} is the same year without one. */
    private static String withProlepticYear(String pattern) {
        if (pattern.indexOf('G') >= 0) {
            return pattern;
        }
        StringBuilder result = new StringBuilder(pattern);
        boolean quoted = false;
        for (int i = 0; i < result.length(); i++) {
            char c = result.charAt(i);
            if (c == '\'') {
                quoted = !quoted;
            } else if (c == 'y' && !quoted) {
                result.setCharAt(i, 'u');
            }
        }
        return result.toString();
    }

    /** Whether numbers, not texts, are the usual form. */
    boolean isEpoch() {
        return style == Style.SECONDS || style == Style.MILLIS;
    }

    /** Microseconds of a number since the epoch, by the style. */
    long epoch(double value) {
        double seconds = style == Style.MILLIS ? value / 1000 : value;
        if (!(Math.abs(seconds) < GREATEST_SECONDS)) {
            return TimeColumn.MISSING;
        }
        return style == Style.MILLIS ? Math.round(value * 1000) : Math.round(value * MICROS);
    }

    /**
     * @param text trimmed
     * @return {@link TimeColumn#MISSING} if it is no time
     */
    long parse(String text) {
        return switch (style) {
            case ISO -> new IsoReading(text).micros();
            case PATTERN -> byPattern(text, formatter);
            case SECONDS, MILLIS -> TimeColumn.MISSING;
        };
    }

    /** By the patterns for texts that the column's own pattern does not read. */
    long mended(String text) {
        if (others.isEmpty()) {
            return TimeColumn.MISSING;
        }
        String normal = DateMends.normal(text);
        for (DateTimeFormatter other : others) {
            long micros = byPattern(normal, other);
            if (micros != TimeColumn.MISSING) {
                return micros;
            }
        }
        return TimeColumn.MISSING;
    }

    /** Texts of another form are told without an exception: a column may be full of them. */
    private static long byPattern(String text, DateTimeFormatter formatter) {
        ParsePosition end = new ParsePosition(0);
        if (formatter.parseUnresolved(text, end) == null || end.getIndex() != text.length()) {
            return TimeColumn.MISSING;
        }
        try {
            return fromFields(formatter.parse(text));
        } catch (DateTimeException | ArithmeticException e) {
            return TimeColumn.MISSING;
        }
    }

    private static long fromFields(TemporalAccessor fields) {
        if (fields.isSupported(ChronoField.INSTANT_SECONDS)) {
            return micros(fields.getLong(ChronoField.INSTANT_SECONDS), fields.get(ChronoField.NANO_OF_SECOND));
        }
        LocalDate date = fields.query(TemporalQueries.localDate());
        if (date == null) {
            int month = fields.isSupported(ChronoField.MONTH_OF_YEAR) ? fields.get(ChronoField.MONTH_OF_YEAR) : 1;
            date = LocalDate.of(fields.get(ChronoField.YEAR), month, 1);
        }
        LocalTime time = fields.query(TemporalQueries.localTime());
        ZoneId zone = fields.query(TemporalQueries.zone());
        Instant instant = date.atTime(time == null ? LocalTime.MIDNIGHT : time)
                .atZone(zone == null ? ZoneOffset.UTC : zone)
                .toInstant();
        return micros(instant.getEpochSecond(), instant.getNano());
    }

    private static long micros(long seconds, int nanos) {
        return Math.addExact(Math.multiplyExact(seconds, MICROS), nanos / 1000);
    }

    /** {@code yyyy-MM[-dd[(T| )HH:mm[:ss[(.|,)fraction]][ ][zone]]]}; years with a sign have four to six digits, as in ISO 8601. */
    private static final class IsoReading {
        private static final int MONTH_AND_DAY = 6;
        private static final int GREATEST_YEAR = 290_000;
        private static final int FRACTION_DIGITS = 6;
        private static final int GREATEST_OFFSET_HOURS = 18;

        private final String text;
        private int at;
        private boolean failed;

        IsoReading(String text) {
            this.text = text;
        }

        long micros() {
            int year = year();
            int yearEnd = at;
            expect(peek() == '-');
            int month = number(2, 12);
            int day = 1;
            if (peek() == '-') {
                at++;
                day = number(2, 31);
            }
            if (failed
                    || month == 0
                    || day == 0
                    || day > YearMonth.of(year, month).lengthOfMonth()) {
                return TimeColumn.MISSING;
            }
            long seconds = LocalDate.of(year, month, day).toEpochDay() * 86_400;
            long fraction = 0;
            if (at == yearEnd + MONTH_AND_DAY && at < text.length()) {
                expect(peek() == 'T' || peek() == 't' || peek() == ' ');
                seconds += 3600L * number(2, 23);
                expect(peek() == ':');
                seconds += 60L * number(2, 59);
                if (peek() == ':') {
                    at++;
                    seconds += number(2, 59);
                    fraction = fraction();
                }
                seconds -= zone();
            }
            return failed || at != text.length() ? TimeColumn.MISSING : seconds * MICROS + fraction;
        }

        private int year() {
            char sign = peek();
            if (sign != '+' && sign != '-') {
                return number(4, 9999);
            }
            at++;
            int digits = 0;
            while (digits < 6 && at + digits < text.length() && Character.isDigit(text.charAt(at + digits))) {
                digits++;
            }
            int year = number(Math.max(4, digits), GREATEST_YEAR);
            return sign == '-' ? -year : year;
        }

        private long fraction() {
            if (peek() != '.' && peek() != ',') {
                return 0;
            }
            at++;
            int start = at;
            long value = 0;
            while (peek() >= '0' && peek() <= '9') {
                if (at - start < FRACTION_DIGITS) {
                    value = value * 10 + peek() - '0';
                }
                at++;
            }
            failed |= at == start;
            for (int digit = at - start; digit < FRACTION_DIGITS; digit++) {
                value *= 10;
            }
            return value;
        }

        /** Seconds that local time is ahead of UTC. */
        private int zone() {
            if (peek() == ' ') {
                at++;
            }
            char sign = peek();
            if (sign == 'Z' || sign == 'z') {
                at++;
                return 0;
            }
            if (text.startsWith("UTC", at)) {
                at += 3;
                return 0;
            }
            if (sign != '+' && sign != '-') {
                return 0;
            }
            at++;
            int hours = number(2, GREATEST_OFFSET_HOURS);
            int minutes = 0;
            if (peek() == ':') {
                at++;
                minutes = number(2, 59);
            } else if (at < text.length()) {
                minutes = number(2, 59);
            }
            return (hours * 60 + minutes) * (sign == '-' ? -60 : 60);
        }

        private char peek() {
            return at < text.length() ? text.charAt(at) : '\0';
        }

        private void expect(boolean found) {
            failed |= !found;
            at++;
        }

        private int number(int digits, int greatest) {
            int value = 0;
            for (int i = 0; i < digits; i++) {
                char c = peek();
                failed |= c < '0' || c > '9';
                value = value * 10 + c - '0';
                at++;
            }
            failed |= value > greatest;
            return value;
        }
    }
}
