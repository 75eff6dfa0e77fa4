package tatara.pipeline.compose.sentence;

import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import tatara.specialists.words.Lexicon;

/**
 * A sentence as read: its words with what each weighs as a sign of the target, and what the sentence asks for. The words after
 * "predict" weigh most, those that name where to look ("from …", "for each …") least.
 *
 * @param text the part that was read, control characters as spaces, at most {@link #MAX_READ} characters
 * @param cut whether the sentence was longer
 * @param tokens its words in order
 * @param intents what it asks for
 */
record Sentence(String text, boolean cut, List<Token> tokens, Set<Intent> intents) {
    static final int MAX_READ = 10_000;

    Sentence {
        tokens = List.copyOf(tokens);
        intents = intents.isEmpty() ? Set.of() : EnumSet.copyOf(intents);
    }

    /**
     * One word.
     *
     * @param word folded to lower case without accents
     * @param stem its stem
     * @param weight of a match with it, in [0, 1]; 0 for words that only build the sentence
     * @param negated whether a "not" stands before it
     * @param meanings what it says of business outcomes, alone or with the next word
     */
    record Token(String word, String stem, double weight, boolean negated, Set<Lexicon.Meaning> meanings) {}

    /** What a sentence asks for. */
    enum Intent {
        /** Values of coming steps. */
        FORECAST,
        /** One of several kinds. */
        CLASSIFY,
        /** A number. */
        AMOUNT,
        /** Whether something happens, or to whom. */
        WHETHER,
        /** What is unusual. */
        ANOMALY,
        /** Something that is still to come. */
        FUTURE
    }

    static Sentence of(String sentence) {
        String read = sentence.substring(0, Math.min(sentence.length(), MAX_READ));
        String clean = read.codePoints()
                .mapToObj(point -> Character.isISOControl(point) ? " " : Character.toString(point))
                .collect(Collectors.joining());
        return new SentenceParser(clean).parse(sentence.length() > MAX_READ);
    }

    boolean asks(Intent intent) {
        return intents.contains(intent);
    }

    /** Whether a name stands in the sentence letter by letter, not as a part of a longer word. */
    boolean quotes(String name) {
        if (name.isBlank()) {
            return false;
        }
        String wanted = name.strip();
        int at = text.indexOf(wanted);
        while (at >= 0) {
            int end = at + wanted.length();
            boolean starts = at == 0 || !joins(text.codePointBefore(at), wanted.codePointAt(0));
            boolean ends =
                    end == text.length() || !joins(text.codePointAt(end), wanted.codePointBefore(wanted.length()));
            if (starts && ends) {
                return true;
            }
            at = text.indexOf(wanted, at + 1);
        }
        return false;
    }

    /** The sentence in lower case, with runs of white space as one space, for patterns. */
    String plain() {
        return text.toLowerCase(Locale.ROOT).replaceAll("\\s+", " ").strip();
    }

    private static boolean joins(int outside, int inside) {
        boolean word = Character.isLetterOrDigit(inside) || inside == '_';
        return word && (Character.isLetterOrDigit(outside) || outside == '_');
    }
}
