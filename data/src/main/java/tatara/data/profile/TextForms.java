package tatara.data.profile;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;
import tatara.core.evidence.TextStructure;
import tatara.core.evidence.ValueCount;

/** How the texts of a column are built: lengths, forms, script, language, signs of wrong decoding. */
final class TextForms {
    private static final double[] LEVELS = {0, .05, .25, .5, .75, .95, 1};
    private static final int MOST_PATTERNS = 10;
    private static final double COVERED = 0.8;
    private static final int LONGEST = 60;
    private static final double RUNNING_WORDS = 3;
    private static final double LEAST_LANGUAGE = 0.2;
    private static final Pattern BROKEN =
            Pattern.compile("\uFFFD|\u00C3[\u0080-\u00BF]|\u00C2[\u0080-\u00BF]|\u00E2\u20AC[\u0080-\uFFFF]");

    private final List<String> texts;
    private final int[] counts;
    private final long rows;

    private TextForms(LookedColumn column) {
        this.texts = column.texts();
        this.counts = column.counts();
        this.rows = Arrays.stream(counts).asLongStream().sum();
    }

    /** Empty if there is no text. */
    static Optional<TextStructure> of(LookedColumn column) {
        TextForms forms = new TextForms(column);
        return forms.rows == 0 ? Optional.empty() : Optional.of(forms.structure());
    }

    private TextStructure structure() {
        Map<String, Long> exact = new HashMap<>();
        Map<String, Long> scripts = new TreeMap<>();
        int[] lengths = new int[texts.size()];
        int[] words = new int[texts.size()];
        long beyond = 0;
        long broken = 0;
        double allWords = 0;
        for (int i = 0; i < texts.size(); i++) {
            String text = texts.get(i);
            lengths[i] = text.codePointCount(0, text.length());
            words[i] = words(text);
            allWords += (double) words[i] * counts[i];
            exact.merge(form(text, false), (long) counts[i], Long::sum);
            scripts(text, counts[i], scripts);
            if (text.chars().anyMatch(c -> c > 127)) {
                beyond += counts[i];
                broken += BROKEN.matcher(text).find() ? counts[i] : 0;
            }
        }
        List<ValueCount> patterns = most(exact);
        if (share(patterns) < COVERED) {
            patterns = most(loose());
        }
        Map.Entry<String, Long> script =
                scripts.entrySet().stream().max(Map.Entry.comparingByValue()).orElse(Map.entry("", 0L));
        Optional<Map.Entry<String, Double>> language =
                allWords / rows >= RUNNING_WORDS ? StopWords.language(texts, counts) : Optional.empty();
        language = language.filter(found -> found.getValue() >= LEAST_LANGUAGE);
        return new TextStructure(
                quantiles(lengths),
                quantiles(words),
                patterns,
                share(patterns),
                script.getKey(),
                language.map(Map.Entry::getKey),
                language.map(Map.Entry::getValue).orElse(0.0),
                beyond,
                broken);
    }

    private Map<String, Long> loose() {
        Map<String, Long> loose = new HashMap<>();
        for (int i = 0; i < texts.size(); i++) {
            loose.merge(form(texts.get(i), true), (long) counts[i], Long::sum);
        }
        return loose;
    }

    private static int words(String text) {
        int words = 0;
        boolean inside = false;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean space = c <= ' ' || (c > 127 && Character.isWhitespace(c));
            words += !space && !inside ? 1 : 0;
            inside = !space;
        }
        return words;
    }

    /** @param loose whether runs of one class become one character with a plus sign */
    static String form(String text, boolean loose) {
        StringBuilder form = new StringBuilder();
        int last = 0;
        for (int i = 0; i < text.length() && form.length() < LONGEST; ) {
            int c = text.codePointAt(i);
            i += Character.charCount(c);
            int kind = Character.isDigit(c)
                    ? '9'
                    : Character.isUpperCase(c) || Character.isTitleCase(c) ? 'A' : Character.isLetter(c) ? 'a' : c;
            boolean counted = kind != c || c == '9' || c == 'A' || c == 'a';
            if (loose && kind == last) {
                if (form.charAt(form.length() - 1) != '+') {
                    form.append('+');
                }
                continue;
            }
            form.appendCodePoint(kind);
            last = counted || kind == ' ' ? kind : 0;
        }
        return form.length() >= LONGEST ? form + "…" : form.toString();
    }

    /** Counts the letters of each script. */
    private static void scripts(String text, int count, Map<String, Long> scripts) {
        long latin = 0;
        for (int i = 0; i < text.length(); ) {
            int c = text.codePointAt(i);
            i += Character.charCount(c);
            if (c < 128) {
                latin += (c | 32) >= 'a' && (c | 32) <= 'z' ? count : 0;
            } else if (Character.isLetter(c)) {
                scripts.merge(Character.UnicodeScript.of(c).name().toLowerCase(Locale.ROOT), (long) count, Long::sum);
            }
        }
        if (latin > 0) {
            scripts.merge("latin", latin, Long::sum);
        }
    }

    private static List<ValueCount> most(Map<String, Long> forms) {
        List<ValueCount> all = new ArrayList<>();
        forms.forEach((form, count) -> all.add(new ValueCount(form, count)));
        return all.stream()
                .sorted(Comparator.comparingLong(ValueCount::count).reversed().thenComparing(ValueCount::value))
                .limit(MOST_PATTERNS)
                .toList();
    }

    private double share(List<ValueCount> patterns) {
        return (double) patterns.stream().mapToLong(ValueCount::count).sum() / rows;
    }

    private double[] quantiles(int[] sizes) {
        TreeMap<Integer, Long> rowsOf = new TreeMap<>();
        for (int i = 0; i < sizes.length; i++) {
            rowsOf.merge(sizes[i], (long) counts[i], Long::sum);
        }
        double[] quantiles = new double[LEVELS.length];
        for (int i = 0; i < LEVELS.length; i++) {
            double place = LEVELS[i] * (rows - 1);
            long passed = 0;
            for (Map.Entry<Integer, Long> size : rowsOf.entrySet()) {
                passed += size.getValue();
                if (place < passed) {
                    quantiles[i] = size.getKey();
                    break;
                }
            }
        }
        return quantiles;
    }
}
