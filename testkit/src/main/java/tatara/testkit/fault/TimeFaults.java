package tatara.testkit.fault;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Faults of cells that begin with a date: {@code 2024-01-31}, {@code 2024-01} or {@code 31/01/2024} and the like. */
final class TimeFaults {
    private static final Pattern YEAR_FIRST =
            Pattern.compile("(\\d{4})-(\\d{1,2})(?:-(\\d{1,2}))?(.*)", Pattern.DOTALL);
    private static final Pattern YEAR_LAST =
            Pattern.compile("(\\d{1,2})([/.-])(\\d{1,2})\\2(\\d{4})(.*)", Pattern.DOTALL);

    private TimeFaults() {}

    static Optional<String> flipped(String cell) {
        Matcher first = YEAR_FIRST.matcher(cell);
        if (first.matches()) {
            String day = first.group(3) == null ? "" : first.group(3) + "/";
            return Optional.of(day + first.group(2) + "/" + first.group(1) + first.group(4));
        }
        Matcher last = YEAR_LAST.matcher(cell);
        return last.matches()
                ? Optional.of(last.group(4) + "-" + last.group(3) + "-" + last.group(1) + last.group(5))
                : Optional.empty();
    }

    static Optional<String> reset(String cell) {
        Matcher first = YEAR_FIRST.matcher(cell);
        if (first.matches()) {
            return Optional.of("1970-01" + (first.group(3) == null ? "" : "-01") + first.group(4));
        }
        Matcher last = YEAR_LAST.matcher(cell);
        return last.matches()
                ? Optional.of("01" + last.group(2) + "01" + last.group(2) + "1970" + last.group(5))
                : Optional.empty();
    }

    /** Moves all dates back by half the days that they span. */
    static Optional<Injected> stale(TextTable table, int column) {
        List<LocalDate> dates = table.values(column).stream()
                .flatMap(cell -> date(cell).stream())
                .sorted()
                .toList();
        if (dates.size() < 0.9 * table.rows().size()) {
            return Optional.empty();
        }
        long days = ChronoUnit.DAYS.between(dates.get(0), dates.get(dates.size() - 1)) / 2;
        for (@Nullable String[] row : table.rows()) {
            String cell = row[column];
            if (cell != null) {
                row[column] = date(cell)
                        .map(date -> moved(cell, date.minusDays(Math.max(1, days))))
                        .orElse(cell);
            }
        }
        return Optional.of(new Injected(
                Fault.STALE_DATA,
                table,
                List.of(table.columns().get(column)),
                table.rows().size()));
    }

    private static Optional<LocalDate> date(String cell) {
        try {
            Matcher first = YEAR_FIRST.matcher(cell);
            if (first.matches()) {
                int day = first.group(3) == null ? 1 : Integer.parseInt(first.group(3));
                return Optional.of(
                        LocalDate.of(Integer.parseInt(first.group(1)), Integer.parseInt(first.group(2)), day));
            }
            Matcher last = YEAR_LAST.matcher(cell);
            return last.matches()
                    ? Optional.of(LocalDate.of(
                            Integer.parseInt(last.group(4)),
                            Integer.parseInt(last.group(3)),
                            Integer.parseInt(last.group(1))))
                    : Optional.empty();
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    private static String moved(String cell, LocalDate date) {
        Matcher first = YEAR_FIRST.matcher(cell);
        if (first.matches()) {
            String text = first.group(3) == null ? date.toString().substring(0, 7) : date.toString();
            return text + first.group(4);
        }
        Matcher last = YEAR_LAST.matcher(cell);
        if (!last.matches()) {
            return cell;
        }
        return String.format(
                java.util.Locale.ROOT,
                "%02d%s%02d%s%d%s",
                date.getDayOfMonth(),
                last.group(2),
                date.getMonthValue(),
                last.group(2),
                date.getYear(),
                last.group(5));
    }
}
