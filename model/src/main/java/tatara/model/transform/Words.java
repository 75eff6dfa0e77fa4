package tatara.model.transform;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * The words of a text, lower-case: runs of letters, digits and their marks; an ideograph or a syllable of a script that is
 * written without spaces is a word of its own. Words are cut after 40 characters.
 */
public final class Words {
    private static final int LONGEST = 40;

    private Words() {}

    public static List<String> of(String text) {
        String lower = text.toLowerCase(Locale.ROOT);
        List<String> words = new ArrayList<>();
        StringBuilder word = new StringBuilder();
        int at = 0;
        while (at < lower.length()) {
            int point = lower.codePointAt(at);
            at += Character.charCount(point);
            if (standsAlone(point)) {
                end(word, words);
                words.add(Character.toString(point));
            } else if (isPartOfWord(point, word.length() > 0)) {
                if (word.length() < LONGEST) {
                    word.appendCodePoint(point);
                }
            } else {
                end(word, words);
            }
        }
        end(word, words);
        return words;
    }

    /** The pairs of neighbouring words, joined by a space. */
    public static List<String> pairs(List<String> words) {
        List<String> pairs = new ArrayList<>(Math.max(0, words.size() - 1));
        for (int i = 1; i < words.size(); i++) {
            pairs.add(words.get(i - 1) + " " + words.get(i));
        }
        return pairs;
    }

    private static void end(StringBuilder word, List<String> words) {
        if (word.length() > 0) {
            words.add(word.toString());
            word.setLength(0);
        }
    }

    private static boolean isPartOfWord(int point, boolean inside) {
        return Character.isLetterOrDigit(point) || (inside && isMark(point));
    }

    private static boolean isMark(int point) {
        int type = Character.getType(point);
        return type == Character.NON_SPACING_MARK || type == Character.COMBINING_SPACING_MARK;
    }

    private static boolean standsAlone(int point) {
        if (point < 0x0E00) {
            return false;
        }
        if (Character.isIdeographic(point)) {
            return true;
        }
        Character.UnicodeScript script = Character.UnicodeScript.of(point);
        return (script == Character.UnicodeScript.HIRAGANA
                        || script == Character.UnicodeScript.KATAKANA
                        || script == Character.UnicodeScript.THAI)
                && Character.isLetter(point);
    }
}
