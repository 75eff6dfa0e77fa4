package tatara.data.load;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tatara.core.error.Fault;
import tatara.core.error.TataraException;
import tatara.data.lake.Engine;

/**
 * A column that grows with the rows, and how its cells are read as points on a line: whole microseconds of UTC for times, the numbers
 * themselves for numbers.
 *
 * @param reading {@code number}; {@code time} (ISO 8601); {@code seconds}, {@code millis} or {@code micros} since 1970; or a pattern of
 *     DuckDB's {@code strptime}
 * @param high the highest that was taken, as a point in decimal; empty if none
 */
record Watermark(String column, String reading, String high) {
    static final String NUMBER = "number";
    static final String TIME = "time";

    /** Patterns tried after ISO 8601; the first part of each says in which order day, month and year stand. */
    static final List<String> PATTERNS = List.of(
            "%Y/%m/%d",
            "%Y.%m.%d",
            "%Y%m%d",
            "%d.%m.%Y",
            "%d/%m/%Y",
            "%m/%d/%Y",
            "%d-%m-%Y",
            "%m-%d-%Y",
            "%d-%b-%Y",
            "%d %b %Y",
            "%b %d, %Y");

    private static final List<String> CLOCKS = List.of("", " %H:%M", " %H:%M:%S", " %H:%M:%S.%g", "T%H:%M:%S");
    private static final Pattern SPAN = Pattern.compile("(\\d+(?:\\.\\d+)?)\\s*(ms|s|m|h|d|w)");

    boolean isTime() {
        return !reading.equals(NUMBER);
    }

    Watermark reached(String point) {
        return new Watermark(column, reading, point);
    }

    /** SQL for the point of a cell; null where it cannot be read. Times are BIGINT, numbers are DECIMAL(38, 9). */
    static String point(String reading, String cell) {
        String text = "trim(CAST(" + cell + " AS VARCHAR))";
        return switch (reading) {
            case NUMBER -> "TRY_CAST(" + text + " AS DECIMAL(38, 9))";
            case TIME -> "epoch_us(TRY_CAST(" + text + " AS TIMESTAMPTZ))";
            case "seconds" -> "CAST(round(TRY_CAST(" + text + " AS DECIMAL(20, 6)) * 1000000) AS BIGINT)";
            case "millis" -> "CAST(round(TRY_CAST(" + text + " AS DECIMAL(20, 3)) * 1000) AS BIGINT)";
            case "micros" -> "TRY_CAST(" + text + " AS BIGINT)";
            default -> "epoch_us(try_strptime(" + text + ", [" + patterns(reading) + "]))";
        };
    }

    /** The pattern with every clock that may follow. */
    private static String patterns(String pattern) {
        return CLOCKS.stream()
                .map(clock -> Engine.literal(pattern + clock))
                .collect(java.util.stream.Collectors.joining(", "));
    }

    String point(String cell) {
        return point(reading, cell);
    }

    /** SQL type of points. */
    String pointType() {
        return isTime() ? "BIGINT" : "DECIMAL(38, 9)";
    }

    /** A distance on the line, as a point in decimal: a span of time or a number. */
    String distance(String lateness) {
        if (!isTime()) {
            if (lateness.matches("\\d{1,20}(\\.\\d{1,9})?")) {
                return lateness;
            }
            throw wrong(lateness, "a number, since the watermark " + column + " is one");
        }
        Matcher matcher = SPAN.matcher(lateness.strip().toLowerCase(Locale.ROOT));
        if (!matcher.matches()) {
            throw wrong(lateness, "a time such as 90s, 12h or 1d, since the watermark " + column + " is one");
        }
        double seconds =
                switch (matcher.group(2)) {
                    case "ms" -> 0.001;
                    case "m" -> 60;
                    case "h" -> 3_600;
                    case "d" -> 86_400;
                    case "w" -> 7 * 86_400;
                    default -> 1;
                };
        return Long.toString(Math.round(Double.parseDouble(matcher.group(1)) * seconds * 1e6));
    }

    private static TataraException wrong(String lateness, String expected) {
        return new TataraException(
                LoadErrorCode.SETTINGS_WRONG,
                Fault.of("--lateness " + lateness).expecting(expected).todo("Correct it"));
    }

    /** A point for people. */
    String shown(String point) {
        if (point.isEmpty()) {
            return "";
        }
        return isTime()
                ? java.time.Instant.EPOCH
                        .plus(Long.parseLong(point), java.time.temporal.ChronoUnit.MICROS)
                        .toString()
                : new java.math.BigDecimal(point).stripTrailingZeros().toPlainString();
    }

    /** The point so far below the highest. */
    String below(String lateness) {
        return new java.math.BigDecimal(high)
                .subtract(new java.math.BigDecimal(distance(lateness)))
                .stripTrailingZeros()
                .toPlainString();
    }

    /** The later of this watermark's point and another. */
    String higher(Optional<String> other) {
        return other.filter(point ->
                        high.isEmpty() || new java.math.BigDecimal(point).compareTo(new java.math.BigDecimal(high)) > 0)
                .orElse(high);
    }
}
