package tatara.pipeline.compose.sentence;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tatara.core.evidence.ColumnProfile;
import tatara.core.evidence.ColumnType;
import tatara.core.evidence.TableProfile;
import tatara.core.evidence.ValueCount;
import tatara.pipeline.compose.sentence.Sentence.Token;
import tatara.specialists.words.Lexicon;
import tatara.specialists.words.Words;

/**
 * How far the words of a sentence speak of a column, by its name and by its values.
 *
 * @param score 0 for not at all, about 1 for a column that is named, more for one that is quoted
 * @param because the words that matched, for people
 */
record ColumnMatch(double score, List<String> because) {
    private static final Set<String> GENERIC = Set.of(
            "is",
            "has",
            "did",
            "was",
            "flag",
            "num",
            "no",
            "of",
            "the",
            "in",
            "x",
            "found",
            "occurred",
            "happened",
            "f",
            "p",
            "id",
            "yn",
            "ind",
            "indicator",
            "col",
            "column",
            "avg",
            "mean",
            "per",
            "for",
            "to",
            "by",
            "at");
    private static final Set<String> COMMON_VALUES = Set.of(
            "yes", "no", "true", "false", "other", "none", "unknown", "null", "na", "nan", "all", "any", "high", "low",
            "medium", "small", "large", "big", "new", "old", "first", "second");
    private static final double QUOTED = 0.5;
    private static final double VALUE = 0.85;
    private static final double MEANING = 0.8;
    private static final double OPPOSITE = 0.7;
    private static final double BEGINNING = 0.6;

    /** Matches with the column's name, its meaning, and its values; a value also makes the column meant. */
    static ColumnMatch of(Sentence sentence, ColumnProfile column, Map<String, Integer> columnsByStem) {
        List<String> because = new ArrayList<>();
        double name = ofName(sentence, column.name(), columnsByStem, because);
        double value = ofValues(sentence, column, because);
        return new ColumnMatch(Math.max(name, value) + 0.3 * Math.min(name, value), List.copyOf(because));
    }

    /** Matches with a name alone. */
    static ColumnMatch ofName(Sentence sentence, String name) {
        List<String> because = new ArrayList<>();
        return new ColumnMatch(ofName(sentence, name, Map.of(), because), List.copyOf(because));
    }

    /** How many columns have a word, by its stem: what many names share, tells little. */
    static Map<String, Integer> columnsByStem(List<TableProfile> tables) {
        Map<String, Integer> counts = new HashMap<>();
        for (TableProfile table : tables) {
            for (ColumnProfile column : table.columns()) {
                Set.copyOf(Words.stems(column.name())).forEach(stem -> counts.merge(stem, 1, Integer::sum));
            }
        }
        return counts;
    }

    /** How alike a word of the sentence and a word of a name are, in [0, 1]. */
    static double likeness(Token token, String word, String stem) {
        if (token.word().equals(word)) {
            return 1;
        }
        if (token.stem().equals(stem)) {
            return 0.95;
        }
        boolean unspaced = Words.isUnspaced(word) && Words.isUnspaced(token.word());
        if (unspaced && Math.min(word.length(), token.word().length()) >= 2) {
            return word.contains(token.word()) || token.word().contains(word) ? 0.9 : 0;
        }
        return begins(stem, token.stem()) || begins(token.stem(), stem) ? BEGINNING : 0;
    }

    private static boolean begins(String stem, String beginning) {
        return beginning.length() >= 5 && stem.startsWith(beginning);
    }

    private static double ofName(
            Sentence sentence, String name, Map<String, Integer> columnsByStem, List<String> because) {
        List<String> words = Words.of(name);
        double best = 0;
        double rest = 0;
        double covered = 0;
        double whole = 0;
        for (int i = 0; i < words.size(); i++) {
            String word = words.get(i);
            boolean small = (GENERIC.contains(word) || word.chars().allMatch(Character::isDigit)) && words.size() > 1;
            double importance = small ? 0.25 : 1;
            Found found = bestToken(sentence, words, i);
            whole += importance;
            covered += importance * found.likeness;
            double rarity = 1 / Math.sqrt(columnsByStem.getOrDefault(Words.stem(word), 1));
            double strength = importance * found.likeness * found.weight * rarity;
            rest += Math.min(best, strength);
            best = Math.max(best, strength);
            if (found.likeness > 0 && found.weight > 0 && !small) {
                because.add(found.why);
            }
        }
        double joined = joined(sentence, words, because);
        double coverage = whole == 0 ? 0 : covered / whole;
        double spoken = Math.max(joined, best * (0.4 + 0.6 * coverage) + 0.3 * rest);
        boolean quoted = spoken > 0 && sentence.quotes(name);
        if (quoted) {
            because.add("the sentence holds the column's name, " + shown(name));
        }
        return spoken + (quoted ? QUOTED * Math.max(best, joined) : 0);
    }

    private record Found(double likeness, double weight, String why) {}

    private static Found bestToken(Sentence sentence, List<String> words, int at) {
        Found best = new Found(0, 0, "");
        String word = words.get(at);
        String stem = Words.stem(word);
        Set<Lexicon.Meaning> meanings = Lexicon.business().meanings(words, at);
        for (Token token : sentence.tokens()) {
            if (token.weight() == 0) {
                continue;
            }
            double likeness = likeness(token, word, stem);
            double meant = likeness < MEANING ? meaning(token.meanings(), meanings) : 0;
            if (Math.max(likeness, meant) * token.weight() > best.likeness * best.weight) {
                String why = meant > likeness
                        ? "\"" + token.word() + "\" means the same as \"" + word + "\""
                                + (meant == OPPOSITE ? ", turned round" : "")
                        : "\"" + token.word() + "\" is in its name";
                best = new Found(Math.max(likeness, meant), token.weight(), why);
            }
        }
        return best;
    }

    private static double meaning(Set<Lexicon.Meaning> spoken, Set<Lexicon.Meaning> named) {
        double best = 0;
        for (Lexicon.Meaning meaning : spoken) {
            if (named.contains(meaning)) {
                return MEANING;
            }
            boolean contrary = named.contains(new Lexicon.Meaning(meaning.concept(), !meaning.opposite()));
            best = Math.max(best, contrary ? OPPOSITE : 0);
        }
        return best;
    }

    /** "payment delay" against PAYMENTDELAY: two neighbouring words of the sentence written as one. */
    private static double joined(Sentence sentence, List<String> words, List<String> because) {
        List<Token> tokens = sentence.tokens();
        double best = 0;
        for (int i = 0; i + 1 < tokens.size(); i++) {
            String pair = tokens.get(i).word() + tokens.get(i + 1).word();
            double weight = Math.min(tokens.get(i).weight(), tokens.get(i + 1).weight());
            if (pair.length() >= 6 && weight > best && words.contains(pair)) {
                best = weight;
                because.add(
                        "\"" + tokens.get(i).word() + " " + tokens.get(i + 1).word() + "\" is in its name");
            }
        }
        return best;
    }

    private static double ofValues(Sentence sentence, ColumnProfile column, List<String> because) {
        boolean few = column.distinct() <= 20
                && (column.type() == ColumnType.CATEGORY || column.type() == ColumnType.BOOLEAN);
        if (!few) {
            return 0;
        }
        double best = 0;
        String why = "";
        for (ValueCount value : column.top()) {
            double spoken = ofValue(sentence, value.value());
            if (spoken > best) {
                best = spoken;
                why = "the sentence speaks of its value " + shown(value.value());
            }
        }
        if (best > 0) {
            because.add(why);
        }
        return best * VALUE;
    }

    /** How far a sentence speaks of a value: every word of the value has to be met; in [0, 1]. */
    static double ofValue(Sentence sentence, String value) {
        List<String> words = Words.of(value);
        boolean telling =
                words.size() > 1 || words.stream().anyMatch(word -> word.length() >= 3 || Words.isUnspaced(word));
        boolean common = words.size() == 1 && COMMON_VALUES.contains(words.get(0));
        if (!telling || common || words.size() > 6) {
            return 0;
        }
        double sum = 0;
        for (String word : words) {
            double best = 0;
            String stem = Words.stem(word);
            for (Token token : sentence.tokens()) {
                double likeness = likeness(token, word, stem);
                best = Math.max(best, likeness >= 0.9 ? likeness * token.weight() : 0);
            }
            if (best == 0) {
                return 0;
            }
            sum += best;
        }
        return sum / words.size();
    }

    /** A name or value for a message: one line, at most 60 characters. */
    static String shown(String text) {
        String line = text.replaceAll("\\p{Cntrl}+", " ").strip();
        String cut = line.length() > 60 ? line.substring(0, 57) + "..." : line;
        return "\"" + cut + "\"";
    }
}
