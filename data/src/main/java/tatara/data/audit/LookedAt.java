package tatara.data.audit;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import tatara.core.evidence.ColumnProfile;

/**
 * A column and some of its distinct values.
 *
 * @param profile what the profile says of it
 * @param words words of its name, in lower case
 * @param values distinct values without those that mean missing, trimmed
 */
record LookedAt(ColumnProfile profile, Set<String> words, List<String> values) {
    static LookedAt of(ColumnProfile profile, List<String> values) {
        return new LookedAt(profile, words(profile.name()), values);
    }

    private static Set<String> words(String name) {
        String spaced = name.replaceAll("(\\p{Ll})(\\p{Lu})", "$1 $2").replaceAll("(\\p{Lu})(\\p{Lu}\\p{Ll})", "$1 $2");
        return Arrays.stream(spaced.toLowerCase(Locale.ROOT).split("[^\\p{L}]+"))
                .filter(word -> !word.isEmpty())
                .collect(Collectors.toSet());
    }

    boolean says(String... any) {
        return Arrays.stream(any).anyMatch(words::contains);
    }

    /** Whether the name, without its separators, contains one of these. */
    boolean contains(String... any) {
        String plain = profile.name().toLowerCase(Locale.ROOT).replaceAll("[^\\p{L}]", "");
        return Arrays.stream(any).anyMatch(plain::contains);
    }

    double share(Predicate<String> test) {
        return values.isEmpty() ? 0 : (double) count(test) / values.size();
    }

    long count(Predicate<String> test) {
        return values.stream().filter(test).count();
    }
}
