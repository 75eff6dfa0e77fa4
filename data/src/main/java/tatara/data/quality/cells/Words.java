package tatara.data.quality.cells;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The words of a column of texts, and which rare ones look like misspellings of frequent ones. */
final class Words {
    private static final int SHORTEST = 4;
    private static final int RARE = 2;
    private static final int FAR = 30;

    private final Map<String, Integer> counts = new HashMap<>();
    private final Map<String, Integer> plain;
    private final Detachment closed;
    private final Misspelling misspelling;
    private final int most;

    Words(CodedColumn column, int mostPairs) {
        for (int code = 0; code < column.distinct(); code++) {
            String text = column.values[code];
            if (text.indexOf(' ') < 0) {
                continue;
            }
            for (String word : split(text)) {
                counts.merge(word, column.counts[code], Integer::sum);
            }
        }
        Map<String, Integer> plain = new HashMap<>();
        for (int code = 0; code < column.distinct(); code++) {
            for (String word : split(column.values[code])) {
                plain.merge(withoutDigits(word), column.counts[code], Integer::sum);
            }
        }
        this.plain = plain;
        this.closed = new Detachment(
                plain.values().stream().mapToInt(Integer::intValue).toArray(), 0.9, 3);
        List<String> words = counts.keySet().stream().sorted().toList();
        misspelling = new Misspelling(
                words,
                words.stream().mapToInt(word -> counts.getOrDefault(word, 0)).toArray(),
                mostPairs);
        most = Math.max(RARE, column.rows() / FAR);
    }

    /** A word that should be another one. */
    record Correction(String word, String by, int count, double evidence) {}

    /** The corrections of a text with several words, strongest evidence first kept as a whole. */
    List<Correction> corrections(String text, int count) {
        List<Correction> found = new ArrayList<>();
        if (text.indexOf(' ') < 0) {
            return found;
        }
        for (String word : split(text)) {
            int seen = counts.getOrDefault(word, 0);
            if (word.length() >= SHORTEST && seen <= most) {
                misspelling
                        .match(word, seen)
                        .filter(near -> seen <= Math.max(RARE, count) || near.count() >= FAR * seen)
                        .ifPresent(near -> found.add(new Correction(word, near.text(), near.count(), near.evidence())));
            }
        }
        return found;
    }

    /** Evidence of the rarest word, numbers counting as one word. */
    double evidence(String text) {
        double most = 0;
        for (String word : split(text)) {
            most = Math.max(most, closed.evidence(plain.getOrDefault(withoutDigits(word), 0)));
        }
        return most;
    }

    private static String withoutDigits(String word) {
        StringBuilder plain = new StringBuilder(word.length());
        for (int i = 0; i < word.length(); i++) {
            char c = word.charAt(i);
            if (!Character.isDigit(c)) {
                plain.append(c);
            } else if (plain.length() == 0 || plain.charAt(plain.length() - 1) != '0') {
                plain.append('0');
            }
        }
        return plain.toString();
    }

    private static List<String> split(String text) {
        List<String> words = new ArrayList<>();
        int start = -1;
        for (int i = 0; i <= text.length() && words.size() < 200; i++) {
            boolean letter = i < text.length() && Character.isLetterOrDigit(text.charAt(i));
            if (letter && start < 0) {
                start = i;
            } else if (!letter && start >= 0) {
                words.add(text.substring(start, i));
                start = -1;
            }
        }
        return words;
    }
}
