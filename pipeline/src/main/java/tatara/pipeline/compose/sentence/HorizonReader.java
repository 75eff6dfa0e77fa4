package tatara.pipeline.compose.sentence;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tatara.core.error.Fault;
import tatara.core.error.TataraException;
import tatara.core.evidence.ColumnProfile;
import tatara.core.evidence.TableProfile;
import tatara.core.evidence.TimeSummary;
import tatara.core.spec.Reading;
import tatara.specialists.words.Words;

/** Reads how many steps a forecast looks ahead, from the sentence and the data's own step. */
final class HorizonReader {
    private static final double DAY = 86_400;
    private static final double MONTH = 30.436875 * DAY;
    private static final int LONGEST = 100_000;
    private static final Map<String, Double> UNITS = Map.of(
            "second",
            1.0,
            "minute",
            60.0,
            "hour",
            3600.0,
            "day",
            DAY,
            "week",
            7 * DAY,
            "fortnight",
            14 * DAY,
            "month",
            MONTH,
            "quarter",
            3 * MONTH,
            "year",
            12 * MONTH);
    private static final Map<String, Double> RHYTHMS = Map.of(
            "hourly",
            3600.0,
            "daily",
            DAY,
            "weekly",
            7 * DAY,
            "monthly",
            MONTH,
            "quarterly",
            3 * MONTH,
            "yearly",
            12 * MONTH,
            "annual",
            12 * MONTH);
    private static final Map<String, Integer> NUMBERS = Map.ofEntries(
            Map.entry("one", 1),
            Map.entry("two", 2),
            Map.entry("three", 3),
            Map.entry("four", 4),
            Map.entry("five", 5),
            Map.entry("six", 6),
            Map.entry("seven", 7),
            Map.entry("eight", 8),
            Map.entry("nine", 9),
            Map.entry("ten", 10),
            Map.entry("twelve", 12),
            Map.entry("a", 1));
    private static final String UNIT =
            "(second|minute|hour|day|week|fortnight|month|quarter|year|step|period|point|observation|value)s?\\b";
    private static final String NUMBER = "(\\d{1,6}|one|two|three|four|five|six|seven|eight|nine|ten|twelve|a)";
    private static final List<Pattern> PATTERNS = List.of(
            Pattern.compile("\\b(?:next|coming|following|upcoming)\\s+" + NUMBER + "\\s+" + UNIT),
            Pattern.compile("\\b" + NUMBER + "\\s+" + UNIT + "\\s+(?:ahead|into the future|in advance|out)\\b"),
            Pattern.compile("\\bhorizon\\s+(?:of\\s+)?" + NUMBER + "\\s+" + UNIT),
            Pattern.compile("\\bfor\\s+" + NUMBER + "\\s+" + UNIT));
    private static final Pattern SINGLE = Pattern.compile("\\b(?:next|coming|following|upcoming)\\s+()" + UNIT);
    private static final Pattern TOMORROW = Pattern.compile("\\btomorrow\\b|明日");

    private final Sentence sentence;
    private final TableProfile table;
    private final Optional<ColumnProfile> time;
    private final Optional<ColumnProfile> entity;

    HorizonReader(Sentence sentence, TableProfile table, Optional<ColumnProfile> time, Optional<ColumnProfile> entity) {
        this.sentence = sentence;
        this.table = table;
        this.time = time;
        this.entity = entity;
    }

    /** @param given the option {@code --horizon} */
    Reading read(Optional<Integer> given) {
        if (given.isPresent()) {
            return new Reading("horizon", Integer.toString(given.get()), List.of("--horizon says so"), List.of());
        }
        return spoken().orElseGet(this::usual);
    }

    /** @throws TataraException with {@code BAD_HORIZON} */
    static void check(int steps) {
        if (steps < 1 || steps > LONGEST) {
            throw new TataraException(
                    SentenceErrorCode.BAD_HORIZON,
                    Fault.of("--horizon " + steps)
                            .expecting("a whole number of steps from 1 to " + LONGEST)
                            .todo("Correct --horizon"));
        }
    }

    private Optional<Reading> spoken() {
        String text = sentence.plain();
        for (Pattern pattern : PATTERNS) {
            Matcher matcher = pattern.matcher(text);
            if (matcher.find()) {
                String number = matcher.group(1);
                Integer word = NUMBERS.get(number);
                int count = word == null ? Integer.parseInt(number) : word;
                return Optional.of(steps(count, matcher.group(2), matcher.group()));
            }
        }
        Matcher single = SINGLE.matcher(text);
        if (single.find()) {
            return Optional.of(steps(1, single.group(2), single.group()));
        }
        Matcher tomorrow = TOMORROW.matcher(text);
        return tomorrow.find() ? Optional.of(steps(1, "day", tomorrow.group())) : Optional.empty();
    }

    private Reading steps(int count, String unit, String said) {
        List<String> because = new ArrayList<>(List.of("the sentence says " + ColumnMatch.shown(said)));
        Double seconds = UNITS.get(unit);
        Optional<Double> step = step(because);
        long steps = count;
        if (seconds != null && step.isPresent()) {
            steps = Math.max(1, Math.round(count * seconds / step.get()));
        } else if (seconds != null) {
            because.add("the length of a step is not known, so one step counts as one " + unit);
        }
        return new Reading("horizon", Long.toString(Math.min(Math.max(1, steps), LONGEST)), because, List.of());
    }

    /** Length of a step in seconds, from the times or from a table's name such as Hourly-train. */
    private Optional<Double> step(List<String> because) {
        double seconds =
                time.flatMap(ColumnProfile::times).map(TimeSummary::stepSeconds).orElse(0.0);
        if (seconds > 0) {
            because.add(String.format(Locale.ROOT, "the data has a step of %s", span(seconds)));
            return Optional.of(isMonth(seconds) ? MONTH : seconds);
        }
        for (String word : Words.of(table.name())) {
            Double rhythm = RHYTHMS.get(word);
            if (rhythm != null) {
                because.add("the table's name says " + word);
                return Optional.of(rhythm);
            }
        }
        return Optional.empty();
    }

    /** Two seasonal periods, but at most an eighth of the history: enough to see the season, and history left to learn from. */
    private Reading usual() {
        List<String> because = new ArrayList<>(List.of("the sentence names no horizon"));
        Optional<Double> step = step(because);
        long period = step.map(HorizonReader::period).orElse(12L);
        long history = history();
        long steps = Math.max(1, Math.min(2 * period, history / 8));
        because.add("two seasonal periods of " + period + " steps, at most an eighth of the " + history
                + " steps of history");
        return new Reading("horizon", Long.toString(Math.min(steps, LONGEST)), because, List.of());
    }

    private long history() {
        boolean single = entity.isEmpty();
        long perSeries =
                single ? table.rows() : table.rows() / Math.max(1, entity.get().distinct());
        long steps = time.map(ColumnProfile::distinct).orElse(perSeries);
        return Math.min(steps, Math.max(1, single ? table.rows() : perSeries));
    }

    private static boolean isMonth(double seconds) {
        return seconds >= 28 * DAY && seconds <= 31 * DAY;
    }

    /** The usual season in steps: a day of hours, a week of days, a year of weeks, months or quarters. */
    static long period(double stepSeconds) {
        if (stepSeconds < DAY) {
            return Math.max(2, Math.round(DAY / stepSeconds));
        }
        if (stepSeconds < 7 * DAY) {
            return Math.max(2, Math.round(7 * DAY / stepSeconds));
        }
        return Math.max(2, Math.round(12 * MONTH / stepSeconds));
    }

    private static String span(double seconds) {
        if (isMonth(seconds)) {
            return "a month";
        }
        if (seconds % DAY == 0) {
            return (long) (seconds / DAY) + " day(s)";
        }
        return seconds % 3600 == 0 ? (long) (seconds / 3600) + " hour(s)" : seconds + " s";
    }
}
