package tatara.data.profile;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import tatara.core.evidence.ColumnType;
import tatara.core.evidence.ValueCount;
import tatara.core.frame.TimeColumn;
import tatara.model.transform.CellParser;

/**
 * A sample's texts as values.
 *
 * @param measure counts and ranges
 * @param numbers distinct values in rising order (times in microseconds since 1970); empty for texts
 * @param counts rows of each
 * @param top most frequent values, numbers in shortest decimals, times in ISO 8601, at most {@value #TOP}
 */
record Tally(Measure measure, double[] numbers, long[] counts, List<ValueCount> top) {
    static final int TOP = 50;
    private static final double DAY = 86_400e6;

    static Tally of(ColumnSample sample, Reading reading) {
        return switch (reading.kind()) {
            case NUMBER, TIME -> ofNumbers(sample, reading);
            case BOOLEAN, TEXT, EMPTY -> ofTexts(sample, reading);
        };
    }

    private static Tally ofTexts(ColumnSample sample, Reading reading) {
        ColumnType type = reading.kind() == Reading.Kind.BOOLEAN ? ColumnType.BOOLEAN : ColumnType.TEXT;
        CellParser parser = CellParser.of(type, reading.format());
        Map<String, Long> values = new HashMap<>();
        long present = 0;
        long texts = 0;
        long valid = 0;
        for (ValueCount value : sample.values()) {
            if (!parser.isMissing(value.value())) {
                present += value.count();
                texts++;
                String text = parser.text(value.value());
                if (text != null) {
                    values.merge(text, value.count(), Long::sum);
                    valid += value.count();
                }
            }
        }
        Measure measure = new Measure(present, valid, 0, texts, values.size(), Double.NaN, Double.NaN, 0, 0, 0, 0);
        List<ValueCount> all = new ArrayList<>(values.size());
        values.forEach((text, count) -> all.add(new ValueCount(text, count)));
        return new Tally(measure, new double[0], new long[0], mostFrequent(all));
    }

    private static Tally ofNumbers(ColumnSample sample, Reading reading) {
        boolean time = reading.kind() == Reading.Kind.TIME;
        CellParser parser = CellParser.of(time ? ColumnType.TIME : ColumnType.NUMBER, reading.format());
        CellParser rival = reading.rivals().isEmpty()
                ? parser
                : CellParser.of(
                        time ? ColumnType.TIME : ColumnType.NUMBER,
                        reading.rivals().get(0));
        Map<Double, Long> values = new TreeMap<>();
        long present = 0;
        long texts = 0;
        long rivalValid = 0;
        for (ValueCount value : sample.values()) {
            if (parser.isMissing(value.value())) {
                continue;
            }
            present += value.count();
            texts++;
            double number = number(parser, value.value(), time);
            if (!Double.isNaN(number)) {
                values.merge(number + 0.0, value.count(), Long::sum);
            }
            rivalValid += rival != parser && !Double.isNaN(number(rival, value.value(), time)) ? value.count() : 0;
        }
        double[] numbers =
                values.keySet().stream().mapToDouble(Double::doubleValue).toArray();
        long[] counts = values.values().stream().mapToLong(Long::longValue).toArray();
        Measure measure = measure(present, rivalValid, texts, numbers, counts);
        return new Tally(measure, numbers, counts, mostFrequent(shown(numbers, counts, time)));
    }

    private static double number(CellParser parser, String text, boolean time) {
        if (!time) {
            return parser.number(text);
        }
        long micros = parser.time(text);
        return micros == TimeColumn.MISSING ? Double.NaN : micros;
    }

    private static Measure measure(long present, long rivalValid, long texts, double[] numbers, long[] counts) {
        long valid = 0;
        long whole = 0;
        long midnights = 0;
        long zeros = 0;
        long negatives = 0;
        for (int i = 0; i < numbers.length; i++) {
            valid += counts[i];
            whole += numbers[i] == Math.rint(numbers[i]) ? counts[i] : 0;
            midnights += numbers[i] % DAY == 0 ? counts[i] : 0;
            zeros += numbers[i] == 0 ? counts[i] : 0;
            negatives += numbers[i] < 0 ? counts[i] : 0;
        }
        boolean none = numbers.length == 0;
        return new Measure(
                present,
                valid,
                rivalValid,
                texts,
                numbers.length,
                none ? Double.NaN : numbers[0],
                none ? Double.NaN : numbers[numbers.length - 1],
                whole,
                midnights,
                zeros,
                negatives);
    }

    /** Candidates for the most frequent: for many values, those as frequent as the fiftieth at least. */
    private static List<ValueCount> shown(double[] numbers, long[] counts, boolean time) {
        long least = 1;
        if (counts.length > TOP) {
            long[] sorted = counts.clone();
            Arrays.sort(sorted);
            least = sorted[sorted.length - TOP];
        }
        List<ValueCount> shown = new ArrayList<>();
        int ties = TOP;
        for (int i = 0; i < numbers.length; i++) {
            if (counts[i] > least || (counts[i] == least && ties-- > 0)) {
                shown.add(new ValueCount(ValueText.of(numbers[i], time), counts[i]));
            }
        }
        return shown;
    }

    private static List<ValueCount> mostFrequent(List<ValueCount> values) {
        return values.stream()
                .sorted(Comparator.comparingLong(ValueCount::count).reversed().thenComparing(ValueCount::value))
                .limit(TOP)
                .toList();
    }

    /** The most frequent gap between consecutive distinct times, in microseconds, and its share of all gaps. */
    Rhythm rhythm() {
        Map<Long, Long> gaps = new TreeMap<>();
        for (int i = 1; i < numbers.length; i++) {
            gaps.merge((long) (numbers[i] - numbers[i - 1]), 1L, Long::sum);
        }
        long best = 0;
        long most = 0;
        for (Map.Entry<Long, Long> gap : gaps.entrySet()) {
            if (gap.getValue() > most) {
                most = gap.getValue();
                best = gap.getKey();
            }
        }
        return numbers.length < 2 ? Rhythm.NONE : new Rhythm(best, (double) most / (numbers.length - 1));
    }
}
