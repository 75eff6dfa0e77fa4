package tatara.data.profile;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import tatara.core.evidence.CellFormat;
import tatara.core.evidence.ColumnType;
import tatara.core.evidence.Mending;
import tatara.core.evidence.ValueCount;
import tatara.core.frame.TimeColumn;
import tatara.model.transform.CellParser;
import tatara.model.transform.DateMends;

/**
 * Times that the pattern of most does not read: the patterns of their normal forms, and the century of years with two digits. Where day
 * and month could be either, the order counts that more of the column's other cells show.
 */
final class OddTimes {
    private static final int LONGEST = 60;
    private static final int MOST = 5_000;

    private final Map<String, Long> counts = new TreeMap<>();
    private final List<ValueCount> either = new ArrayList<>();
    private final TreeSet<Integer> years = new TreeSet<>();
    private final TreeSet<Integer> briefYears = new TreeSet<>();
    private long dayFirst;
    private long monthFirst;
    private long cells;
    private final Mending mending;

    /**
     * @param format the usual one
     * @param rivalled whether another format is as usual: then no other order of day and month is looked for
     */
    OddTimes(ColumnSample sample, CellFormat format, boolean rivalled) {
        CellParser usual = CellParser.of(ColumnType.TIME, format);
        String pattern = format.timePattern().orElse(TimePattern.ISO);
        List<ValueCount> odd = new ArrayList<>();
        for (ValueCount value : sample.values()) {
            long micros = usual.time(value.value());
            if (micros == TimeColumn.MISSING) {
                odd.add(value);
            } else {
                note(pattern, year(micros), value.count());
            }
        }
        if (!rivalled) {
            odd.stream().limit(MOST).forEach(this::look);
            settle();
        }
        this.mending = Mending.none().withTimes(patterns(), firstYear());
    }

    /** Whether a text is a time in some form that {@link TimePattern#of} does not know. */
    static boolean isTime(String text) {
        return isCandidate(text)
                && TimePattern.ofNormal(DateMends.normal(text)).stream().anyMatch(pattern -> pattern.contains("d"));
    }

    private static boolean isCandidate(String text) {
        return text.length() >= 6
                && text.length() <= LONGEST
                && text.chars().filter(c -> c >= '0' && c <= '9').count() >= 3;
    }

    private void look(ValueCount value) {
        if (!isCandidate(value.value())) {
            return;
        }
        String normal = DateMends.normal(value.value());
        List<String> read = new ArrayList<>();
        for (String pattern : TimePattern.ofNormal(normal)) {
            CellFormat one = new CellFormat(List.of(), ".", "", "", "", Optional.of(pattern), List.of(), List.of());
            long micros = CellParser.of(ColumnType.TIME, one).time(normal);
            if (pattern.contains("d") && micros != TimeColumn.MISSING) {
                read.add(pattern);
                if (!TimePattern.isTwoDigitYear(pattern)) {
                    years.add(year(micros));
                }
            }
        }
        if (read.size() == 1) {
            add(read.get(0), normal, value.count());
        } else if (read.size() > 1) {
            either.add(value);
        }
    }

    private void add(String pattern, String normal, long count) {
        counts.merge(pattern, count, Long::sum);
        cells += count;
        CellFormat one = new CellFormat(List.of(), ".", "", "", "", Optional.of(pattern), List.of(), List.of());
        note(pattern, year(CellParser.of(ColumnType.TIME, one).time(normal)), count);
    }

    private void note(String pattern, int year, long count) {
        (TimePattern.isTwoDigitYear(pattern) ? briefYears : years)
                .add(TimePattern.isTwoDigitYear(pattern) ? Math.floorMod(year, 100) : year);
        if (!pattern.contains("MMM") && pattern.indexOf('d') >= 0 && pattern.indexOf('d') < pattern.indexOf('y')) {
            dayFirst += isDayFirst(pattern) ? count : 0;
            monthFirst += isDayFirst(pattern) ? 0 : count;
        }
    }

    private static boolean isDayFirst(String pattern) {
        return pattern.indexOf('d') < pattern.indexOf('M');
    }

    private static int year(long micros) {
        return java.time.LocalDate.ofEpochDay(Math.floorDiv(micros, 86_400_000_000L))
                .getYear();
    }

    /** Cells that two orders read. */
    private void settle() {
        boolean tied = dayFirst == monthFirst;
        boolean first = dayFirst > monthFirst;
        for (ValueCount value : either) {
            boolean wanted = tied ? value.value().indexOf('/') < 0 : first;
            String normal = DateMends.normal(value.value());
            TimePattern.ofNormal(normal).stream()
                    .filter(pattern -> isDayFirst(pattern) == wanted)
                    .findFirst()
                    .ifPresent(pattern -> add(pattern, normal, value.count()));
        }
    }

    private List<String> patterns() {
        boolean first = dayFirst >= monthFirst;
        return counts.entrySet().stream()
                .sorted(Comparator.comparing(
                                (Map.Entry<String, Long> entry) -> TimePattern.isTwoDigitYear(entry.getKey()))
                        .thenComparing(entry -> isDayFirst(entry.getKey()) != first)
                        .thenComparing(entry -> -entry.getValue())
                        .thenComparing(Map.Entry::getKey))
                .map(Map.Entry::getKey)
                .toList();
    }

    /** The century of two-digit years, if it is not 2000 to 2099 for all of them. */
    private Optional<Integer> firstYear() {
        if (briefYears.isEmpty()) {
            return Optional.empty();
        }
        int first = years.isEmpty() ? ShortYears.alone(briefYears) : ShortYears.beside(years.first(), years.last());
        boolean same = briefYears.stream().allMatch(year -> ShortYears.full(year, first) == 2000 + year);
        return same ? Optional.empty() : Optional.of(first);
    }

    Mending mending() {
        return mending;
    }

    /** For people; empty if there is nothing to say. */
    String why() {
        List<String> parts = new ArrayList<>();
        if (!mending.timePatterns().isEmpty()) {
            parts.add(cells + (cells == 1 ? " cell in another form is" : " cells in other forms are") + " read by "
                    + String.join(", ", mending.timePatterns()));
        }
        if (!either.isEmpty()) {
            parts.add("of them, day and month could be either in "
                    + either.stream().mapToLong(ValueCount::count).sum() + " ("
                    + (dayFirst >= monthFirst ? "day" : "month")
                    + " first elsewhere in the column)");
        }
        mending.firstYear()
                .ifPresent(first -> parts.add("years of two digits are taken for " + first + " to " + (first + 99)));
        return String.join("; ", parts);
    }
}
