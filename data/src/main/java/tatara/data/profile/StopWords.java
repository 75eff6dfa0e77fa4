package tatara.data.profile;

import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** Guesses the language of running text by its most frequent short words. */
final class StopWords {
    private static final Pattern SPLIT = Pattern.compile("[^\\p{L}']+");
    private static final int MOST_TEXTS = 20_000;
    private static final int LEAST_WORDS = 4;
    private static final Map<String, Set<String>> WORDS = new TreeMap<>(Map.ofEntries(
            words("en", "the and of to is in that it for was with you this have are not on my"),
            words("de", "der die das und ist nicht ein eine zu mit den von auf für ich sie es im"),
            words("fr", "le la les et est un une de des que pas pour dans je il avec sur du"),
            words("es", "el la los las y es un una de que no por para con en del se lo"),
            words("it", "il lo la gli e è un una di che non per con sono in del si le"),
            words("pt", "o a os as e é um uma de que não por para com em do da se"),
            words("nl", "de het een en is niet van op te dat voor met zijn ik aan ook die"),
            words("pl", "i w na nie że się z jest do to jak po od za ale o co"),
            words("ru", "и в не на что я с это как он но к по из за у же"),
            words("tr", "bir ve bu için ile çok da de ne ama daha gibi var olan")));

    private StopWords() {}

    private static Map.Entry<String, Set<String>> words(String language, String words) {
        return Map.entry(language, Set.copyOf(Arrays.asList(words.split(" ", -1))));
    }

    /**
     * The language whose words are most frequent, and the share of texts that have one of them; empty if there is none.
     *
     * @param counts rows of each text
     */
    static Optional<Map.Entry<String, Double>> language(List<String> texts, int[] counts) {
        Map<String, Long> words = new HashMap<>();
        Map<String, Long> rows = new HashMap<>();
        Map<String, Set<String>> different = new HashMap<>();
        int step = Math.max(1, texts.size() / MOST_TEXTS);
        long all = 0;
        for (int i = 0; i < texts.size(); i += step) {
            Set<String> seen = new HashSet<>();
            for (String word : SPLIT.split(texts.get(i).toLowerCase(Locale.ROOT), -1)) {
                for (Map.Entry<String, Set<String>> language : WORDS.entrySet()) {
                    if (language.getValue().contains(word)) {
                        words.merge(language.getKey(), (long) counts[i], Long::sum);
                        seen.add(language.getKey());
                        different
                                .computeIfAbsent(language.getKey(), absent -> new HashSet<>())
                                .add(word);
                    }
                }
            }
            for (String language : seen) {
                rows.merge(language, (long) counts[i], Long::sum);
            }
            all += counts[i];
        }
        long total = all;
        return WORDS.keySet().stream()
                .filter(language -> different.getOrDefault(language, Set.of()).size() >= LEAST_WORDS)
                .max((one, other) -> Long.compare(words.getOrDefault(one, 0L), words.getOrDefault(other, 0L)))
                .map(best -> Map.entry(best, (double) rows.getOrDefault(best, 0L) / total));
    }
}
