package tatara.specialists.words;

import java.text.Normalizer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Splits names and sentences into words: at anything but letters and digits, between {@code camelCase} parts, between letters
 * and digits, and where the script changes, so that {@code TotalCharges_2}, {@code 解約フラグ} and {@code total charges} all
 * come apart. Words are in lower case, without accents. Thread-safe.
 */
public final class Words {
    private Words() {}

    /** The words of a text in order; any text is fine, control characters and lone surrogates separate words. */
    public static List<String> of(String text) {
        List<String> words = new ArrayList<>();
        String normal = Normalizer.normalize(text, Normalizer.Form.NFKC);
        StringBuilder word = new StringBuilder();
        int[] points = normal.codePoints().toArray();
        for (int i = 0; i < points.length; i++) {
            Shape shape = Shape.of(points[i]);
            if (shape == Shape.BREAK) {
                flush(word, words);
                continue;
            }
            if (shape == Shape.MARK) {
                if (word.length() > 0) {
                    word.appendCodePoint(points[i]);
                }
                continue;
            }
            if (i > 0 && startsWord(points, i, shape)) {
                flush(word, words);
            }
            word.appendCodePoint(points[i]);
        }
        flush(word, words);
        return List.copyOf(words);
    }

    /** One word's stem: English endings off, so that {@code cancelled}, {@code cancellation} and {@code cancels} are equal. */
    public static String stem(String word) {
        if (word.length() <= 3 || !isLatin(word)) {
            return word;
        }
        String stem = withoutPlural(word);
        stem = withoutSuffix(stem);
        if (stem.length() > 3 && stem.endsWith("e")) {
            stem = stem.substring(0, stem.length() - 1);
        } else if (stem.length() > 3 && stem.endsWith("y")) {
            stem = stem.substring(0, stem.length() - 1) + "i";
        }
        int last = stem.length() - 1;
        boolean doubled = last > 2 && stem.charAt(last) == stem.charAt(last - 1);
        return doubled ? stem.substring(0, last) : stem;
    }

    public static List<String> stems(String text) {
        return of(text).stream().map(Words::stem).toList();
    }

    /** Lower case, compatibility forms and accents folded, as the words of {@link #of} are. */
    public static String fold(String text) {
        String lower = text.toLowerCase(Locale.ROOT);
        if (lower.codePoints().allMatch(point -> point < 128)) {
            return lower;
        }
        StringBuilder out = new StringBuilder();
        String apart = Normalizer.normalize(lower, Normalizer.Form.NFKD);
        apart.codePoints().filter(point -> !(point >= 0x300 && point <= 0x36f)).forEach(out::appendCodePoint);
        return Normalizer.normalize(out, Normalizer.Form.NFKC).replace("ß", "ss");
    }

    /** Whether a word is written without spaces around it, as Chinese and Japanese words are. */
    public static boolean isUnspaced(String word) {
        return !word.isEmpty() && Shape.of(word.codePointAt(0)).unspaced();
    }

    private static void flush(StringBuilder word, List<String> words) {
        if (word.length() > 0) {
            words.add(fold(word.toString()));
            word.setLength(0);
        }
    }

    private static boolean startsWord(int[] points, int at, Shape shape) {
        Shape before = Shape.of(points[at - 1]);
        if (before == Shape.UPPER && shape == Shape.LOWER) {
            return false;
        }
        if (before == Shape.UPPER && shape == Shape.UPPER) {
            return at + 1 < points.length && Shape.of(points[at + 1]) == Shape.LOWER;
        }
        return before != shape && before != Shape.MARK;
    }

    private static boolean isLatin(String word) {
        return word.chars().allMatch(letter -> letter >= 'a' && letter <= 'z');
    }

    private static String withoutPlural(String word) {
        if (word.endsWith("ies") && word.length() > 4) {
            return word.substring(0, word.length() - 3) + "y";
        }
        if (word.endsWith("xes") || word.endsWith("ches") || word.endsWith("shes") || word.endsWith("sses")) {
            return word.substring(0, word.length() - 2);
        }
        boolean plural = word.endsWith("s") && !word.endsWith("ss") && !word.endsWith("us") && !word.endsWith("is");
        return plural ? word.substring(0, word.length() - 1) : word;
    }

    private static String withoutSuffix(String word) {
        for (String suffix : List.of("ation", "ing", "ness", "ed", "er", "or", "al", "ly")) {
            String rest = word.substring(0, Math.max(0, word.length() - suffix.length()));
            if (word.endsWith(suffix) && rest.length() >= least(suffix) && hasVowel(rest)) {
                return rest;
            }
        }
        boolean noun = word.length() > 6 && (word.endsWith("tion") || word.endsWith("sion"));
        return noun ? word.substring(0, word.length() - 3) : word;
    }

    private static int least(String suffix) {
        return switch (suffix) {
            case "ing", "ed" -> 3;
            case "ation", "al", "er", "or" -> 5;
            default -> 4;
        };
    }

    private static boolean hasVowel(String word) {
        return word.chars().anyMatch(letter -> "aeiouy".indexOf(letter) >= 0);
    }

    /** What a character is to the splitter. */
    private enum Shape {
        BREAK,
        MARK,
        UPPER,
        LOWER,
        DIGIT,
        HAN,
        HIRAGANA,
        KATAKANA,
        OTHER;

        boolean unspaced() {
            return this == HAN || this == HIRAGANA || this == KATAKANA;
        }

        static Shape of(int point) {
            if (point >= 'a' && point <= 'z') {
                return LOWER;
            }
            if (point == 0x30fc) {
                return KATAKANA;
            }
            int type = Character.getType(point);
            if (type == Character.NON_SPACING_MARK || type == Character.COMBINING_SPACING_MARK) {
                return MARK;
            }
            if (Character.isDigit(point)) {
                return DIGIT;
            }
            if (!Character.isLetter(point)) {
                return BREAK;
            }
            return switch (Character.UnicodeScript.of(point)) {
                case HAN -> HAN;
                case HIRAGANA -> HIRAGANA;
                case KATAKANA -> KATAKANA;
                default ->
                    Character.isUpperCase(point) || Character.isTitleCase(point)
                            ? UPPER
                            : Character.isLowerCase(point) ? LOWER : OTHER;
            };
        }
    }
}
