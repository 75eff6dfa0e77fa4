package tatara.data.profile;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import tatara.core.evidence.CellFormat;
import tatara.core.evidence.ValueCount;

/** Finds out whether texts are times, and in which pattern. */
final class TimeReading {
    private static final double ANY_PATTERN_SHARE = 0.85;
    private static final double ONE_PATTERN_SHARE = 0.6;
    private static final double MIXED_SHARE = 0.95;
    private static final int MANY_DATES = 10;
    private static final int GLANCE = 400;
    private static final double EPOCH_FROM = 631_152_000;
    private static final double EPOCH_TO = 4_102_444_800.0;

    private TimeReading() {}

    static Optional<Reading> of(ColumnSample given) {
        List<ValueCount> glance = given.glance(GLANCE);
        long times = glance.stream()
                .filter(value -> !TimePattern.of(value.value()).isEmpty() || OddTimes.isTime(value.value()))
                .count();
        if (4 * times < glance.size()) {
            return Optional.empty();
        }
        List<String> missing = MissingTokens.amongValues(given);
        ColumnSample sample = given.without(missing);
        Map<String, Long> counts = new TreeMap<>();
        long any = 0;
        for (ValueCount value : sample.values()) {
            List<String> patterns = TimePattern.of(value.value());
            any += patterns.isEmpty() && !OddTimes.isTime(value.value()) ? 0 : value.count();
            patterns.forEach(pattern -> counts.merge(pattern, value.count(), Long::sum));
        }
        long best = counts.values().stream().mapToLong(Long::longValue).max().orElse(0);
        long rows = sample.rows();
        boolean usual = any >= ANY_PATTERN_SHARE * rows && best >= ONE_PATTERN_SHARE * rows;
        boolean mixed = any >= MIXED_SHARE * rows && sample.values().size() >= MANY_DATES;
        if (any == 0 || !(usual || mixed)) {
            return Optional.empty();
        }
        List<CellFormat> formats = counts.entrySet().stream()
                .filter(entry -> entry.getValue() == best && !isLongMay(entry.getKey(), counts, best))
                .map(entry -> format(missing, entry.getKey()))
                .toList();
        if (formats.isEmpty()) {
            formats = List.of(format(missing, TimePattern.ISO));
        }
        String pattern = formats.get(0).timePattern().orElse(TimePattern.ISO);
        if (pattern.equals("yyyyMMdd") && !isPlausible(sample)) {
            return Optional.empty();
        }
        return Optional.of(reading(sample, formats, best));
    }

    private static Reading reading(ColumnSample sample, List<CellFormat> formats, long best) {
        String pattern = formats.get(0).timePattern().orElse(TimePattern.ISO);
        String why = NumberReading.percent(best, sample.rows()) + " of the values are times as "
                + (pattern.isEmpty() ? "ISO 8601" : pattern);
        OddTimes odd = new OddTimes(sample, formats.get(0), formats.size() > 1);
        List<CellFormat> mended = formats.stream()
                .map(format -> format.withMending(odd.mending()))
                .toList();
        Reading reading =
                new Reading(Reading.Kind.TIME, mended.get(0), new ArrayList<>(mended.subList(1, mended.size())), why);
        String more = odd.why();
        return more.isEmpty() ? reading : reading.because(more);
    }

    /** If May is the only month, its name is long and short at once: then the short pattern stands for both. */
    private static boolean isLongMay(String pattern, Map<String, Long> counts, long best) {
        return pattern.contains("MMMM") && counts.getOrDefault(pattern.replace("MMMM", "MMM"), 0L) == best;
    }

    /** Numbers of eight digits are dates if there are many and all are, or if the name says so. */
    private static boolean isPlausible(ColumnSample sample) {
        boolean all = sample.values().stream()
                .allMatch(value -> !TimePattern.of(value.value()).isEmpty());
        return all
                && (sample.values().size() >= MANY_DATES
                        || new ColumnName(sample.column().name()).saysTime());
    }

    private static CellFormat format(List<String> missing, String pattern) {
        Optional<String> kept = pattern.isEmpty() ? Optional.empty() : Optional.of(pattern);
        return new CellFormat(missing, ".", "", "", "", kept, List.of(), List.of());
    }

    /** Numbers that are seconds or milliseconds since 1970: the name says time, and all lie between 1990 and 2100. */
    static Optional<Reading> epoch(ColumnSample sample, Reading numbers) {
        if (!new ColumnName(sample.column().name()).saysTime()) {
            return Optional.empty();
        }
        boolean seconds = true;
        boolean millis = true;
        for (ValueCount value : sample.without(numbers.format().missing()).values()) {
            double number = parsed(value.value());
            seconds &= number >= EPOCH_FROM && number <= EPOCH_TO;
            millis &= number >= EPOCH_FROM * 1000 && number <= EPOCH_TO * 1000;
        }
        if (!seconds && !millis) {
            return Optional.empty();
        }
        CellFormat format = format(numbers.format().missing(), seconds ? "epoch-s" : "epoch-ms");
        return Optional.of(Reading.of(
                Reading.Kind.TIME,
                format,
                "the name says time, and every value is a number of " + (seconds ? "seconds" : "milliseconds")
                        + " since 1970 between 1990 and 2100"));
    }

    private static double parsed(String text) {
        try {
            return Double.parseDouble(text);
        } catch (NumberFormatException noNumber) {
            return Double.NaN;
        }
    }
}
