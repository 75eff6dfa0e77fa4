package tatara.data.profile;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import tatara.core.evidence.CellFormat;
import tatara.core.evidence.ValueCount;

/**
 * Finds out whether texts are two opposite words. Words other than true and false that are always spelt alike stay the categories
 * they are: people who wrote yes and no want to read yes and no.
 */
final class BooleanReading {
    /** @param alone whether one of the two words is enough; single letters may mean anything else */
    private record Pair(String yes, String no, boolean alone) {}

    private static final Set<String> TRUTH = Set.of("true", "false");

    private static final List<Pair> PAIRS = List.of(
            new Pair("true", "false", true),
            new Pair("yes", "no", true),
            new Pair("y", "n", false),
            new Pair("t", "f", false),
            new Pair("on", "off", false),
            new Pair("ja", "nein", false),
            new Pair("oui", "non", false),
            new Pair("si", "no", false),
            new Pair("s\u00ED", "no", false),
            new Pair("sim", "n\u00E3o", false));

    private BooleanReading() {}

    static Optional<Reading> of(ColumnSample sample) {
        List<String> missing = MissingTokens.amongValues(sample);
        Set<String> words = new TreeSet<>();
        Set<String> lower = new TreeSet<>();
        for (ValueCount value : sample.without(missing).values()) {
            words.add(value.value());
            lower.add(value.value().toLowerCase(Locale.ROOT));
            if (lower.size() > 2) {
                return Optional.empty();
            }
        }
        if (words.size() == lower.size() && !TRUTH.containsAll(lower)) {
            return Optional.empty();
        }
        for (Pair pair : PAIRS) {
            if (fits(pair, lower)) {
                CellFormat format = new CellFormat(
                        missing, ".", "", "", "", Optional.empty(), tokens(words, pair.yes), tokens(words, pair.no));
                return Optional.of(
                        Reading.of(Reading.Kind.BOOLEAN, format, "the only values are " + String.join(" and ", words)));
            }
        }
        return Optional.empty();
    }

    private static boolean fits(Pair pair, Set<String> lower) {
        boolean within = !lower.isEmpty() && Set.of(pair.yes, pair.no).containsAll(lower);
        return within && (pair.alone || lower.size() == 2);
    }

    /** The spellings of the data, or the word itself if it does not occur. */
    private static List<String> tokens(Set<String> words, String word) {
        List<String> spellings =
                words.stream().filter(text -> text.equalsIgnoreCase(word)).toList();
        return spellings.isEmpty() ? List.of(word) : spellings;
    }
}
