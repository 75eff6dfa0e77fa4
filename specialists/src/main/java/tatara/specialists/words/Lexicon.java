package tatara.specialists.words;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * What business words mean: {@code cancel}, {@code Exited} and {@code 解約} all say {@code churn}, {@code retained} says its
 * opposite. Read from {@code lexicon.txt} beside this class. Immutable.
 */
public final class Lexicon {
    private static final Lexicon BUSINESS = load();

    private final Map<String, Set<Meaning>> meanings;

    private Lexicon(Map<String, Set<Meaning>> meanings) {
        this.meanings = meanings;
    }

    /**
     * What a word says.
     *
     * @param concept the outcome, such as {@code churn}
     * @param opposite whether it says the contrary
     */
    public record Meaning(String concept, boolean opposite) {}

    /** The lexicon of business outcomes. */
    public static Lexicon business() {
        return BUSINESS;
    }

    /** What the word at {@code at}, or it and the next together, may mean; empty if it is not in the lexicon. */
    public Set<Meaning> meanings(List<String> words, int at) {
        Set<Meaning> found = new LinkedHashSet<>(lookUp(words.get(at)));
        if (at + 1 < words.size()) {
            found.addAll(
                    meanings.getOrDefault(Words.stem(words.get(at)) + "_" + Words.stem(words.get(at + 1)), Set.of()));
        }
        return found;
    }

    /** What the words of a text mean together. */
    public Set<Meaning> meanings(String text) {
        Set<Meaning> found = new LinkedHashSet<>();
        List<String> words = Words.of(text);
        for (int i = 0; i < words.size(); i++) {
            found.addAll(meanings(words, i));
        }
        return found;
    }

    private Set<Meaning> lookUp(String word) {
        Set<Meaning> exact = meanings.get(Words.stem(word));
        if (exact != null) {
            return exact;
        }
        if (!Words.isUnspaced(word)) {
            return Set.of();
        }
        Set<Meaning> within = new LinkedHashSet<>();
        meanings.forEach((known, meaning) -> {
            if (known.length() >= 2 && Words.isUnspaced(known) && word.contains(known)) {
                within.addAll(meaning);
            }
        });
        return within;
    }

    private static Lexicon load() {
        Map<String, Set<Meaning>> meanings = new LinkedHashMap<>();
        for (String line : lines("lexicon.txt")) {
            int colon = line.indexOf(':');
            String concept = line.substring(0, colon).trim();
            String[] sides = line.substring(colon + 1).split("!", 2);
            for (int side = 0; side < sides.length; side++) {
                for (String entry : sides[side].trim().split("\\s+")) {
                    Meaning meaning = new Meaning(concept, side == 1);
                    meanings.computeIfAbsent(key(entry), key -> new LinkedHashSet<>())
                            .add(meaning);
                }
            }
        }
        return new Lexicon(meanings);
    }

    private static String key(String entry) {
        List<String> stems = new ArrayList<>();
        for (String word : entry.split("_")) {
            stems.add(Words.stem(Words.fold(word)));
        }
        return String.join("_", stems);
    }

    private static List<String> lines(String resource) {
        try (InputStream in = Objects.requireNonNull(Lexicon.class.getResourceAsStream(resource), resource);
                BufferedReader reader = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
            return reader.lines()
                    .filter(line -> !line.isBlank() && !line.startsWith("#"))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
