package tatara.pipeline.compose.sentence;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import tatara.core.evidence.ColumnProfile;
import tatara.core.evidence.ColumnType;
import tatara.core.evidence.ValueCount;
import tatara.core.spec.Reading;
import tatara.pipeline.compose.sentence.Sentence.Token;
import tatara.specialists.words.Lexicon;
import tatara.specialists.words.Words;

/** Decides which of the two values of a target the sentence is about. */
final class PositiveReader {
    private static final Set<String> AFFIRMATIVE =
            Set.of("yes", "true", "1", "1.0", "y", "t", "positive", "pos", "success", "はい", "有", "si", "ja", "oui");
    private static final Set<String> NEGATIVE = Set.of(
            "no", "false", "0", "0.0", "n", "f", "negative", "neg", "failure", "-1", "none", "いいえ", "無", "nein", "non");
    private static final Set<String> MORE = Set.of("more", "over", "above", "greater", "exceed", "least", "higher");
    private static final Set<String> LESS = Set.of("less", "under", "below", "fewer", "most", "lower");

    private final Sentence sentence;
    private final ColumnProfile target;

    PositiveReader(Sentence sentence, ColumnProfile target) {
        this.sentence = sentence;
        this.target = target;
    }

    /** Empty if the target has not two values in its profile. */
    Optional<Reading> read() {
        List<ValueCount> values = values();
        if (values.size() != 2) {
            return Optional.empty();
        }
        ValueCount first = values.get(0);
        ValueCount second = values.get(1);
        return named(first, second)
                .or(() -> compared(first, second))
                .or(() -> affirmed(first, second))
                .or(() -> Optional.of(rarer(first, second)));
    }

    /** The two values as the processed table will hold them. */
    private List<ValueCount> values() {
        if (target.type() != ColumnType.BOOLEAN) {
            return target.top();
        }
        List<ValueCount> values = new ArrayList<>();
        for (ValueCount value : target.top()) {
            asBoolean(target, value.value()).ifPresent(text -> values.add(new ValueCount(text, value.count())));
        }
        return values;
    }

    /** What a text of a column of booleans becomes, {@code true} or {@code false}; empty for other columns and texts. */
    static Optional<String> asBoolean(ColumnProfile column, String text) {
        if (column.type() != ColumnType.BOOLEAN) {
            return Optional.empty();
        }
        String folded = Words.fold(text);
        boolean yes = folded.equals("true") || holds(column.format().trueTokens(), folded);
        boolean no = folded.equals("false") || holds(column.format().falseTokens(), folded);
        return yes == no ? Optional.empty() : Optional.of(Boolean.toString(yes));
    }

    private static boolean holds(List<String> tokens, String folded) {
        return tokens.stream().map(Words::fold).anyMatch(folded::equals);
    }

    /** "which messages are spam": a value, or its meaning, stands in the sentence. */
    private Optional<Reading> named(ValueCount first, ValueCount second) {
        double one = spoken(first.value());
        double other = spoken(second.value());
        if (Math.abs(one - other) < 0.1) {
            return Optional.empty();
        }
        String why = "the sentence speaks of it";
        return Optional.of(one > other ? reading(first, second, why) : reading(second, first, why));
    }

    private double spoken(String value) {
        double best = ColumnMatch.ofValue(sentence, value);
        Set<Lexicon.Meaning> meanings = Lexicon.business().meanings(value);
        for (Token token : sentence.tokens()) {
            boolean meant = token.meanings().stream().anyMatch(meanings::contains);
            best = Math.max(best, meant ? 0.8 * token.weight() : 0);
        }
        return best;
    }

    /** "who earns more than 50K" against {@code <=50K} and {@code >50K}. */
    private Optional<Reading> compared(ValueCount first, ValueCount second) {
        boolean more = sentence.tokens().stream().anyMatch(token -> MORE.contains(token.stem()));
        boolean less = sentence.tokens().stream().anyMatch(token -> LESS.contains(token.stem()));
        if (more == less || above(first.value()) == above(second.value())) {
            return Optional.empty();
        }
        String why = "the sentence says " + (more ? "\"more\"" : "\"less\"");
        boolean wanted = above(first.value()) == more;
        return Optional.of(wanted ? reading(first, second, why) : reading(second, first, why));
    }

    private static boolean above(String value) {
        return value.strip().startsWith(">");
    }

    /** Yes, unless the sentence turns the column's meaning round. */
    private Optional<Reading> affirmed(ValueCount first, ValueCount second) {
        boolean firstSays = affirms(first.value(), second.value());
        if (firstSays == affirms(second.value(), first.value())) {
            return Optional.empty();
        }
        boolean turned = turned();
        String why = turned
                ? "the sentence asks for the contrary of what " + ColumnMatch.shown(target.name()) + " says"
                : "it says yes";
        return Optional.of(firstSays != turned ? reading(first, second, why) : reading(second, first, why));
    }

    /** Whether a value says yes beside the other; 1 does so only beside a no. */
    private static boolean affirms(String value, String other) {
        String folded = Words.fold(value.strip());
        String beside = Words.fold(other.strip());
        if (!AFFIRMATIVE.contains(folded)) {
            return false;
        }
        boolean word = !folded.startsWith("1") && !AFFIRMATIVE.contains(beside);
        return word || NEGATIVE.contains(beside);
    }

    private boolean turned() {
        List<String> words = Words.of(target.name());
        for (int i = 0; i < words.size(); i++) {
            Set<Lexicon.Meaning> named = Lexicon.business().meanings(words, i);
            String stem = Words.stem(words.get(i));
            for (Token token : sentence.tokens()) {
                if (token.weight() == 0) {
                    continue;
                }
                if (ColumnMatch.likeness(token, words.get(i), stem) >= 0.9
                        || token.meanings().stream().anyMatch(named::contains)) {
                    return token.negated();
                }
                boolean contrary = token.meanings().stream()
                        .anyMatch(said -> named.contains(new Lexicon.Meaning(said.concept(), !said.opposite())));
                if (contrary) {
                    return !token.negated();
                }
            }
        }
        return false;
    }

    private Reading rarer(ValueCount first, ValueCount second) {
        Comparator<ValueCount> order =
                Comparator.comparingLong(ValueCount::count).thenComparing(ValueCount::value, Comparator.reverseOrder());
        String why = first.count() == second.count()
                ? "both are equally frequent, and it is the later"
                : "it is the rarer value";
        return order.compare(first, second) <= 0 ? reading(first, second, why) : reading(second, first, why);
    }

    private static Reading reading(ValueCount positive, ValueCount other, String why) {
        double share = (double) positive.count() / Math.max(1, positive.count() + other.count());
        return new Reading(
                "positive",
                positive.value(),
                List.of(
                        why,
                        String.format(java.util.Locale.ROOT, "it is the value of %.1f %% of the rows", 100 * share)),
                List.of(ColumnMatch.shown(other.value()) + ": the other outcome"));
    }
}
