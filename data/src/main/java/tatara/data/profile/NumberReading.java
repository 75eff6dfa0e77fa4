package tatara.data.profile;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import tatara.core.evidence.CellFormat;
import tatara.core.evidence.Mending;
import tatara.core.evidence.ValueCount;

/** Finds out whether texts are numbers, and how those are written. */
final class NumberReading {
    private static final double FITTING_SHARE = 0.9;
    private static final double STRICT_SHARE = 0.99;
    private static final double LEAST_SHARE = 0.7;
    private static final double MENDED_SHARE = 0.98;
    private static final int SHOWN = 5;
    private static final int MANY_NUMBERS = 10;
    private static final int GLANCE = 400;
    private static final double UNIT_SHARE = 0.9;
    private static final int UNIT_NUMBERS = 8;
    private static final double KNOWN_UNIT_SHARE = 0.02;
    private static final int CODE_DIGITS = 3;
    private static final int EXACT_DIGITS = 15;
    private static final Pattern LEADING_ZERO = Pattern.compile("0\\d+");
    private static final Pattern DIGITS = Pattern.compile("\\d+");

    /** A way to write separators; the first of equally good ones is taken. */
    private enum Style {
        PLAIN(".", ""),
        ENGLISH(".", ","),
        DECIMAL_COMMA(",", ""),
        EUROPEAN(",", "."),
        SPACED(".", " "),
        SPACED_COMMA(",", " "),
        HARD_SPACED_COMMA(",", "\u00A0"),
        NARROW_SPACED_COMMA(",", "\u202F"),
        SWISS(".", "'"),
        SWISS_CURLED(".", "\u2019");

        private final String decimal;
        private final String grouping;
        private final Pattern pattern;

        Style(String decimal, String grouping) {
            this.decimal = decimal;
            this.grouping = grouping;
            String point = Pattern.quote(decimal);
            String fraction = "(?:" + point + "\\d*)?";
            String plain = "\\d+" + fraction + "|" + point + "\\d+";
            String group = Pattern.quote(grouping);
            String grouped =
                    grouping.isEmpty() ? "" : "|\\d{1,3}(?:" + group + "\\d{2,3})*" + group + "\\d{3}" + fraction;
            pattern = Pattern.compile("(?:" + plain + grouped + ")(?:[eE][+-]?\\d+)?");
        }

        boolean fits(String body) {
            return pattern.matcher(body).matches();
        }
    }

    private record Part(String text, NumberText number, long count) {}

    private final ColumnSample sample;
    private final ColumnName name;
    private final List<String> missing;
    private final long rows;
    private final List<Part> parts = new ArrayList<>();

    private NumberReading(ColumnSample sample) {
        this.missing = MissingTokens.amongValues(sample);
        this.sample = sample.without(missing);
        this.name = new ColumnName(sample.column().name());
        this.rows = this.sample.rows();
        for (ValueCount value : this.sample.values()) {
            NumberText.of(value.value()).ifPresent(number -> parts.add(new Part(value.value(), number, value.count())));
        }
    }

    /** A reading as numbers, if the evidence suffices. */
    static Optional<Reading> of(ColumnSample sample) {
        List<ValueCount> glance = sample.glance(GLANCE);
        long numbers = glance.stream()
                .filter(value -> NumberText.of(value.value()).isPresent())
                .count();
        return 4 * numbers < glance.size() ? Optional.empty() : new NumberReading(sample).read();
    }

    private Optional<Reading> read() {
        if (rows == 0 || 2 * sum(parts) < rows) {
            return Optional.empty();
        }
        String prefix = usual(NumberText::prefix, NumberText::isCurrency);
        Map<String, Double> units = multipliers(!prefix.isEmpty());
        String suffix = units.isEmpty() ? usual(NumberText::suffix, this::isSuffix) : "";
        units = units.isEmpty() ? Units.besides(suffix, suffixes()) : units;
        Set<String> endings = new HashSet<>(units.keySet());
        endings.add(suffix);
        List<Part> bodies = parts.stream()
                .filter(part -> isOneOf(part.number().prefix(), Set.of(prefix))
                        && isOneOf(part.number().suffix(), endings))
                .toList();
        Style style = bestStyle(bodies);
        List<Part> fitting =
                bodies.stream().filter(part -> style.fits(part.number().body())).toList();
        if (fitting.isEmpty() || isCode(fitting)) {
            return Optional.empty();
        }
        CellFormat format = new CellFormat(
                        missing, style.decimal, style.grouping, prefix, suffix, Optional.empty(), List.of(), List.of())
                .withMending(Mending.none().withUnits(units));
        String also = units.isEmpty() ? "" : (suffix.isEmpty() ? ", before " : " or ") + OddNumbers.told(units);
        return decide(format, fitting, describe(style, prefix, suffix, fitting) + also);
    }

    /** Thousands and millions, if they are more than a few. */
    private Map<String, Double> multipliers(boolean currency) {
        Map<String, Double> found = Units.multipliers(suffixes(), currency);
        long count = parts.stream()
                .filter(part -> found.containsKey(part.number().suffix()))
                .mapToLong(Part::count)
                .sum();
        return count >= KNOWN_UNIT_SHARE * rows ? found : Map.of();
    }

    private Set<String> suffixes() {
        Set<String> suffixes = new TreeSet<>();
        parts.forEach(part -> suffixes.add(part.number().suffix()));
        suffixes.remove("");
        return suffixes;
    }

    private static Style bestStyle(List<Part> bodies) {
        if (bodies.stream().allMatch(part -> Style.PLAIN.fits(part.number().body()))) {
            return Style.PLAIN;
        }
        Style best = Style.PLAIN;
        long most = -1;
        for (Style style : Style.values()) {
            long count = bodies.stream()
                    .filter(part -> style.fits(part.number().body()))
                    .mapToLong(Part::count)
                    .sum();
            if (count > most) {
                best = style;
                most = count;
            }
        }
        return best;
    }

    private Optional<Reading> decide(CellFormat given, List<Part> fitting, String why) {
        long fit = sum(fitting);
        long distinct =
                fitting.stream().map(part -> part.number().body()).distinct().count();
        List<ValueCount> rest = rest(fitting);
        Optional<OddNumbers.Found> odd = distinct < MANY_NUMBERS || fit < LEAST_SHARE * rows
                ? Optional.empty()
                : OddNumbers.of(given, read(fitting), rest);
        long mended = odd.map(OddNumbers.Found::mended).orElse(0L);
        boolean many = distinct >= MANY_NUMBERS && (fit >= FITTING_SHARE * rows || fit + mended >= MENDED_SHARE * rows);
        boolean single = rest.size() == 1
                && distinct >= MANY_NUMBERS
                && isWord(rest.get(0).value());
        if (!rest.isEmpty() && (double) fit / rows < STRICT_SHARE && !many && !single) {
            return Optional.empty();
        }
        Reading reading = Reading.of(Reading.Kind.NUMBER, given, why);
        if (odd.isEmpty()) {
            return Optional.of(withRest(reading, rest, distinct));
        }
        OddNumbers.Found found = odd.get();
        Mending mending = given.mending().orElse(Mending.none()).withNumbers(found.mends());
        List<String> texts = found.texts();
        String more = texts.size() > SHOWN ? " …" : "";
        return Optional.of(reading.with(given.withMending(mending))
                .because(mended + (mended == 1 ? " more is" : " more are") + " read after mending: "
                        + String.join(", ", texts.subList(0, Math.min(SHOWN, texts.size()))) + more));
    }

    private List<ValueCount> read(List<Part> fitting) {
        return fitting.stream()
                .map(part -> new ValueCount(part.text(), part.count()))
                .toList();
    }

    /** A single word among many numbers is how this column says that there is none. */
    private Reading withRest(Reading reading, List<ValueCount> rest, long distinct) {
        if (rest.isEmpty()) {
            return reading;
        }
        ValueCount first = rest.get(0);
        if (rest.size() == 1 && first.count() > 1 && distinct >= MANY_NUMBERS && isWord(first.value())) {
            List<String> tokens = new ArrayList<>(missing);
            tokens.add(first.value());
            return reading.with(reading.format().withMissing(List.copyOf(tokens)))
                    .because("\"" + first.value() + "\" is the only other text and is taken for missing");
        }
        return reading;
    }

    private List<ValueCount> rest(List<Part> fitting) {
        Set<String> read = new HashSet<>();
        fitting.forEach(part -> read.add(part.text()));
        return sample.values().stream()
                .filter(value -> !read.contains(value.value()))
                .toList();
    }

    private static boolean isWord(String text) {
        return text.length() <= 20 && text.codePoints().noneMatch(Character::isDigit);
    }

    private static boolean isOneOf(String affix, Set<String> usual) {
        return affix.isEmpty() || usual.contains(affix);
    }

    private static long sum(List<Part> parts) {
        return parts.stream().mapToLong(Part::count).sum();
    }

    private String usual(Function<NumberText, String> affix, Predicate<String> accepted) {
        Map<String, Long> counts = new LinkedHashMap<>();
        for (Part part : parts) {
            String text = affix.apply(part.number());
            if (!text.isEmpty()) {
                counts.merge(text, part.count(), Long::sum);
            }
        }
        return counts.entrySet().stream()
                .filter(entry -> accepted.test(entry.getKey()))
                .max(Map.Entry.<String, Long>comparingByValue()
                        .thenComparing(Map.Entry.comparingByKey(Comparator.reverseOrder())))
                .map(Map.Entry::getKey)
                .orElse("");
    }

    private boolean isSuffix(String suffix) {
        List<Part> with = parts.stream()
                .filter(part -> part.number().suffix().equals(suffix))
                .toList();
        if (NumberText.isUnit(suffix)) {
            return sum(with) >= KNOWN_UNIT_SHARE * rows;
        }
        boolean spaced = with.stream().allMatch(part -> part.number().spaced());
        long distinct =
                with.stream().map(part -> part.number().body()).distinct().count();
        return spaced && sum(with) >= UNIT_SHARE * rows && distinct >= UNIT_NUMBERS;
    }

    /** Digits that name something: leading zeros, more digits than a number holds, a name that says so. */
    private boolean isCode(List<Part> fitting) {
        long whole = 0;
        long zeros = 0;
        long long15 = 0;
        int longest = 0;
        for (Part part : fitting) {
            String body = part.number().body();
            if (!part.number().signed() && DIGITS.matcher(body).matches()) {
                whole += part.count();
                longest = Math.max(longest, body.length());
                zeros += LEADING_ZERO.matcher(body).matches() ? part.count() : 0;
                long15 += body.length() > EXACT_DIGITS ? part.count() : 0;
            }
        }
        long all = sum(fitting);
        boolean leading = longest >= CODE_DIGITS && zeros * 1000 >= all && zeros > 0;
        return whole >= STRICT_SHARE * all
                && (leading || 2 * long15 > all || (name.saysCode() && longest >= CODE_DIGITS));
    }

    private String describe(Style style, String prefix, String suffix, List<Part> fitting) {
        StringBuilder why = new StringBuilder();
        why.append(percent(sum(fitting), rows)).append(" of the values are numbers");
        if (!style.grouping.isEmpty()) {
            why.append(", thousands set off by \"").append(style.grouping).append('"');
        }
        if (!style.decimal.equals(".")) {
            why.append(", decimal sign \"").append(style.decimal).append('"');
        }
        why.append(prefix.isEmpty() ? "" : ", after \"" + prefix + "\"");
        why.append(suffix.isEmpty() ? "" : ", before \"" + suffix + "\"");
        if (style == Style.ENGLISH
                && fitting.stream().noneMatch(part -> part.number().body().contains("."))) {
            why.append(" (a comma always stands before three digits)");
        }
        return why.toString();
    }

    static String percent(long part, long whole) {
        double share = whole == 0 ? 0 : 100.0 * part / whole;
        if (part == whole) {
            return "100 %";
        }
        return String.format(Locale.ROOT, share > 99 || share < 1 ? "%.2f %%" : "%.1f %%", share);
    }
}
