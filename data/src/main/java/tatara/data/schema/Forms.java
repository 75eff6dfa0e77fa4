package tatara.data.schema;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The form of texts as a regular expression in the syntax that RE2, Java and Python share: runs of digits, capitals and small letters with
 * their lengths, all else as it stands. Texts without a common form get the set of their characters, if all are printable ASCII; other texts are held to
 * have no trace of UTF-8 that was read as Latin-1.
 */
final class Forms {
    private static final int MOST_FORMS = 3;
    private static final int LONGEST = 40;
    private static final double RARE = 0.002;
    /** Printable ASCII and the white space of texts with several lines. */
    static final String ASCII = "[\\t\\n\\r -~]*";
    /** The first byte of a letter in UTF-8 is never followed by a later byte of it, both as letters of Latin-1. */
    static final String SOUND = "[^\u00c2\u00c3]*([\u00c2\u00c3][^\\x80-\\xBF][^\u00c2\u00c3]*)*[\u00c2\u00c3]?";

    private static final Pattern GARBLED = Pattern.compile("[\u00c2\u00c3][\\x80-\\xBF]");

    private final Map<String, Form> forms = new TreeMap<>();
    private long total;
    private long formless;
    private long foreign;
    private long garbled;

    /** Runs of one form with the least and greatest length of each. */
    private static final class Form {
        private final List<String> classes = new ArrayList<>();
        private final List<int[]> lengths = new ArrayList<>();
        private long count;
    }

    /** What texts look like: the pattern, rows that do not match it, and the number of forms behind it. */
    record Found(String pattern, long misfits, long forms) {}

    void add(String text, long count) {
        total += count;
        foreign += isAscii(text) ? 0 : count;
        garbled += GARBLED.matcher(text).find() ? count : 0;
        if (text.length() > LONGEST || forms.size() > 2_000) {
            formless += count;
            return;
        }
        List<String> classes = new ArrayList<>();
        List<Integer> lengths = new ArrayList<>();
        text.codePoints().forEach(c -> {
            String kind = kind(c);
            int last = classes.size() - 1;
            if (last >= 0 && classes.get(last).equals(kind)) {
                lengths.set(last, lengths.get(last) + 1);
            } else {
                classes.add(kind);
                lengths.add(1);
            }
        });
        Form form = forms.computeIfAbsent(String.join("", classes), absent -> new Form());
        if (form.count == 0) {
            form.classes.addAll(classes);
            lengths.forEach(length -> form.lengths.add(new int[] {length, length}));
        }
        form.count += count;
        for (int i = 0; i < lengths.size(); i++) {
            int[] range = form.lengths.get(i);
            range[0] = Math.min(range[0], lengths.get(i));
            range[1] = Math.max(range[1], lengths.get(i));
        }
    }

    Found found() {
        List<Form> common = forms.values().stream()
                .filter(form -> form.count > RARE * total)
                .sorted((a, b) -> Long.compare(b.count, a.count))
                .toList();
        long covered = common.stream().mapToLong(form -> form.count).sum();
        boolean tight = !common.isEmpty()
                && common.size() <= MOST_FORMS
                && common.stream()
                        .anyMatch(
                                form -> form.classes.size() > 1 || form.lengths.get(0)[1] <= 12)
                && common.stream().allMatch(form -> form.classes.size() <= 20)
                && total - covered <= RARE * total;
        if (tight) {
            String pattern = common.stream().map(Forms::pattern).distinct().collect(Collectors.joining("|"));
            return new Found(common.size() == 1 ? pattern : "(" + pattern + ")", total - covered, common.size());
        }
        if (foreign <= RARE * total) {
            return new Found(ASCII, foreign, forms.size() + (formless > 0 ? 1 : 0));
        }
        if (garbled == 0) {
            return new Found(SOUND, 0, forms.size() + (formless > 0 ? 1 : 0));
        }
        return new Found("", 0, forms.size());
    }

    private static String pattern(Form form) {
        StringBuilder pattern = new StringBuilder();
        for (int i = 0; i < form.classes.size(); i++) {
            int[] range = form.lengths.get(i);
            pattern.append(form.classes.get(i));
            if (range[0] != range[1]) {
                pattern.append('+');
            } else if (range[0] > 1) {
                pattern.append('{').append(range[0]).append('}');
            }
        }
        return pattern.toString();
    }

    private static String kind(int c) {
        if (c >= '0' && c <= '9') {
            return "[0-9]";
        }
        if (c >= 'A' && c <= 'Z') {
            return "[A-Z]";
        }
        if (c >= 'a' && c <= 'z') {
            return "[a-z]";
        }
        String literal = Character.toString(c);
        return ".^$*+?()[]{}|\\".contains(literal) ? "\\" + literal : literal;
    }

    static boolean isAscii(String text) {
        return text.chars().allMatch(c -> (c >= ' ' && c <= '~') || c == '\t' || c == '\n' || c == '\r');
    }

    /** Measures of a text beside its length. */
    static Map<String, Double> measures(String text) {
        double letters = Math.max(1, text.chars().filter(Character::isLetter).count());
        double length = Math.max(1, text.length());
        Map<String, Double> measures = new LinkedHashMap<>();
        measures.put("length", (double) text.codePointCount(0, text.length()));
        measures.put("capitals", text.chars().filter(Character::isUpperCase).count() / letters);
        measures.put("digits", text.chars().filter(Character::isDigit).count() / length);
        measures.put("foreign", text.chars().filter(c -> c > 126).count() / length);
        return measures;
    }
}
