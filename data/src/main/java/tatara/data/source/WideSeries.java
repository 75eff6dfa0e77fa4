package tatara.data.source;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Tells a file that holds one series a row, with a column for each time step, from a table with many features. It has at least 20
 * numeric columns at the end whose headers count up or are dates, before them at most three columns that name the series, each
 * row once; and its rows are of different lengths or change slowly from step to step (median lag-1 autocorrelation), as series do.
 */
final class WideSeries {
    static final int LEAST_STEPS = 20;

    private static final int MOST_IDS = 3;
    private static final int MOST_ROWS = 200;
    private static final double SLOW = 0.5;
    private static final double SLOW_WITHOUT_NAMES = 0.7;
    private static final Pattern COUNTED = Pattern.compile("(.*?)(\\d{1,7})");
    private static final Set<String> FEATURE_WORDS = Set.of(
            "pixel",
            "px",
            "feature",
            "feat",
            "f",
            "x",
            "attr",
            "att",
            "attribute",
            "dim",
            "emb",
            "embedding",
            "component",
            "pc",
            "gene",
            "word",
            "term",
            "var",
            "column",
            "col");
    private static final Set<String> TIME_WORDS = Set.of(
            "t", "time", "step", "s", "second", "minute", "h", "hour", "d", "day", "w", "week", "m", "month", "q",
            "quarter", "y", "year", "period", "lag");
    private static final Pattern DATE = Pattern.compile(
            "\\d{4}([-/._]?\\d{1,2}([-/._]?\\d{1,2})?)?([T ]\\d{1,2}:\\d{2}(:\\d{2})?)?|\\d{1,2}[-/.]\\d{1,2}[-/.]\\d{2,4}"
                    + "|\\d{4}[-_ ]?q[1-4]|(jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*[-/_ ]?\\d{2,4}",
            Pattern.CASE_INSENSITIVE);

    private WideSeries() {}

    /** @param records sampled records below the header, as they are (short ones are short) */
    static Layout detect(List<String> names, List<List<String>> records) {
        List<List<String>> rows = records.subList(0, Math.min(MOST_ROWS, records.size()));
        if (names.size() < LEAST_STEPS + 1 || rows.size() < 2) {
            return Layout.ROWS;
        }
        int firstStep = firstStep(names);
        boolean dated = isDate(names.get(names.size() - 1));
        if (firstStep < 0 || firstStep > MOST_IDS || names.size() - firstStep < LEAST_STEPS) {
            return Layout.ROWS;
        }
        int ids = Math.max(1, firstStep);
        if (!namesSeries(rows, ids) || !numeric(rows, ids)) {
            return Layout.ROWS;
        }
        String prefix = prefix(names.get(names.size() - 1));
        if (!dated && FEATURE_WORDS.contains(prefix)) {
            return Layout.ROWS;
        }
        boolean ragged = ragged(rows, ids);
        double slowness = medianCorrelation(rows, ids);
        boolean timeLike = dated || TIME_WORDS.contains(prefix);
        boolean series =
                timeLike ? slowness >= 0.2 || ragged : ragged ? slowness >= SLOW : slowness >= SLOW_WITHOUT_NAMES;
        if (!series) {
            return Layout.ROWS;
        }
        return new Layout(
                Layout.Kind.WIDE_SERIES,
                List.copyOf(names.subList(0, ids)),
                names.get(ids),
                names.get(names.size() - 1),
                dated);
    }

    /** First column of the run of counted or dated headers that reaches to the last column; -1 if there is none. */
    private static int firstStep(List<String> names) {
        int last = names.size() - 1;
        int at = last;
        boolean dated = isDate(names.get(last));
        while (at > 0 && (dated ? isDate(names.get(at - 1)) : follows(names.get(at - 1), names.get(at)))) {
            at--;
        }
        return last - at + 1 >= LEAST_STEPS ? at : -1;
    }

    private static boolean isDate(String name) {
        return DATE.matcher(name.strip()).matches()
                && !name.strip().matches("\\d{1,3}|0*\\d{1,3}")
                && !name.strip().matches("(?!1[89]|20)\\d{4}");
    }

    private static boolean follows(String left, String right) {
        Matcher a = COUNTED.matcher(left.strip());
        Matcher b = COUNTED.matcher(right.strip());
        return a.matches()
                && b.matches()
                && a.group(1).equals(b.group(1))
                && Integer.parseInt(b.group(2)) - Integer.parseInt(a.group(2)) == 1;
    }

    private static String prefix(String name) {
        Matcher counted = COUNTED.matcher(name.strip());
        String prefix = counted.matches() ? counted.group(1) : name;
        return prefix.toLowerCase(Locale.ROOT).replaceAll("[^\\p{L}]", "");
    }

    /** Whether the leading columns tell every row apart, and are not numbers with a fraction. */
    private static boolean namesSeries(List<List<String>> rows, int ids) {
        Set<List<String>> seen = new HashSet<>();
        for (List<String> row : rows) {
            if (row.size() < ids) {
                return false;
            }
            List<String> id = row.subList(0, ids);
            if (!seen.add(id) || id.get(0).strip().matches("[+-]?\\d*[.,]\\d+")) {
                return false;
            }
        }
        return true;
    }

    private static boolean numeric(List<List<String>> rows, int ids) {
        long numbers = 0;
        long others = 0;
        for (List<String> row : rows) {
            for (String cell : row.subList(ids, row.size())) {
                if (!CellKind.missing(cell)) {
                    numbers += number(cell).isPresent() ? 1 : 0;
                    others += number(cell).isPresent() ? 0 : 1;
                }
            }
        }
        return numbers >= (long) rows.size() * 2 && others * 50 <= numbers;
    }

    private static OptionalDouble number(String cell) {
        try {
            return OptionalDouble.of(Double.parseDouble(cell.strip()));
        } catch (NumberFormatException e) {
            return OptionalDouble.empty();
        }
    }

    /** Whether at least a tenth of the rows end early. */
    private static boolean ragged(List<List<String>> rows, int ids) {
        int widest = rows.stream().mapToInt(WideSeries::length).max().orElse(0);
        long shorter = rows.stream().filter(row -> length(row) < widest).count();
        return widest > ids && shorter * 10 >= rows.size();
    }

    /** Cells up to the last that is not missing. */
    static int length(List<String> row) {
        int length = row.size();
        while (length > 0 && CellKind.missing(row.get(length - 1))) {
            length--;
        }
        return length;
    }

    private static double medianCorrelation(List<List<String>> rows, int ids) {
        List<Double> correlations = new ArrayList<>();
        for (List<String> row : rows) {
            double[] values = row.subList(ids, row.size()).stream()
                    .filter(cell -> !CellKind.missing(cell))
                    .map(WideSeries::number)
                    .filter(OptionalDouble::isPresent)
                    .mapToDouble(OptionalDouble::getAsDouble)
                    .toArray();
            if (values.length >= 8) {
                correlations.add(lagCorrelation(values));
            }
        }
        if (correlations.isEmpty()) {
            return 0;
        }
        double[] sorted =
                correlations.stream().mapToDouble(Double::doubleValue).sorted().toArray();
        return sorted[sorted.length / 2];
    }

    /** Lag-1 autocorrelation; 1 for a constant series. */
    private static double lagCorrelation(double[] values) {
        double mean = Arrays.stream(values).average().orElse(0);
        double lagged = 0;
        double variance = 0;
        for (int i = 0; i < values.length; i++) {
            variance += (values[i] - mean) * (values[i] - mean);
            lagged += i == 0 ? 0 : (values[i] - mean) * (values[i - 1] - mean);
        }
        return variance == 0 ? 1 : lagged / variance;
    }
}
