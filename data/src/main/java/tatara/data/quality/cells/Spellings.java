package tatara.data.quality.cells;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import tatara.core.evidence.ValueCount;

/**
 * Rare texts of a column that are surely meant to be a frequent one: the same but for case, points, commas and
 * quotes, or a stray digit; or one letter inside of a longer word away from it. Says nothing of columns whose texts are mostly rare, such as
 * names, nor of short words, first letters and codes: {@code Type A} and {@code Type B}, {@code typical} and {@code atypical} are different
 * things. Stateless.
 */
public final class Spellings {
    private static final int FREQUENT = 10;
    private static final int SEVERAL = 3;
    private static final double SETTLED_SHARE = 0.9;
    private static final double HALF = 0.5;
    private static final double TIMES = 20;
    private static final double EVIDENCE = 1.5;
    private static final int LEAST_LETTERS = 5;
    private static final int MOST_TEXTS = 5_000;
    private static final int MOST_COMPARED = 2_000_000;
    private static final int LONGEST = 100;

    private Spellings() {}

    /**
     * What each text should be, by the text.
     *
     * @param values distinct texts with their rows, most frequent first
     */
    public static Map<String, String> repairs(List<ValueCount> values) {
        Map<String, String> repairs = new TreeMap<>();
        long rows = values.stream().mapToLong(ValueCount::count).sum();
        long settled = values.stream()
                .filter(value -> value.count() >= SEVERAL)
                .mapToLong(ValueCount::count)
                .sum();
        if (values.size() < 2 || values.size() > MOST_TEXTS || settled < HALF * rows) {
            return repairs;
        }
        Map<String, List<ValueCount>> cores = cores(values);
        boolean digits = hasDigits(values);
        boolean isSettled = settled >= SETTLED_SHARE * rows;
        Misspelling misspelling = misspelling(values);
        for (ValueCount value : values) {
            if (value.value().length() <= LONGEST && !value.value().isEmpty()) {
                sameCore(value, cores, digits)
                        .or(() -> isSettled ? oneLetter(value, misspelling) : Optional.empty())
                        .ifPresent(text -> repairs.put(value.value(), text));
            }
        }
        repairs.values().removeIf(repairs::containsKey);
        return repairs;
    }

    private static Misspelling misspelling(List<ValueCount> values) {
        List<String> texts = values.stream().map(ValueCount::value).toList();
        int[] counts = values.stream()
                .mapToInt(value -> (int) Math.min(Integer.MAX_VALUE, value.count()))
                .toArray();
        return new Misspelling(texts, counts, MOST_COMPARED);
    }

    private static Map<String, List<ValueCount>> cores(List<ValueCount> values) {
        Map<String, List<ValueCount>> cores = new HashMap<>();
        for (ValueCount value : values) {
            cores.computeIfAbsent(core(value.value()), absent -> new ArrayList<>())
                    .add(value);
        }
        return cores;
    }

    /** Digits that more than a few texts have belong to them. */
    private static boolean hasDigits(List<ValueCount> values) {
        return values.stream()
                .anyMatch(value ->
                        value.count() >= SEVERAL && value.value().chars().anyMatch(Character::isDigit));
    }

    /** The text in lower case without spaces, points, commas and quotes; other signs, such as {@code <}, {@code +} and -, mean something. */
    private static String core(String text) {
        return text.toLowerCase(Locale.ROOT).replaceAll("[\\s.,;:'\"`_\u00A0\u2019]+", "");
    }

    private static Optional<String> sameCore(ValueCount value, Map<String, List<ValueCount>> cores, boolean digits) {
        String core = core(value.value());
        Optional<String> same = core.chars().anyMatch(Character::isDigit)
                ? Optional.empty()
                : most(value, cores.getOrDefault(core, List.of()));
        if (same.isPresent() || digits) {
            return same;
        }
        String bare = value.value().matches(".*\\p{L}\\d") ? core.replaceAll("\\d$", "") : core;
        boolean letters = bare.length() >= LEAST_LETTERS && bare.chars().noneMatch(Character::isDigit);
        boolean alone = cores.keySet().stream()
                        .filter(other -> other.length() == bare.length() + 1 && other.startsWith(bare))
                        .count()
                == 1;
        return letters && alone && !bare.equals(core)
                ? most(value, cores.getOrDefault(bare, List.of()))
                : Optional.empty();
    }

    /** The most frequent of some texts, if it is much more frequent than this one and no other comes near. */
    private static Optional<String> most(ValueCount value, List<ValueCount> some) {
        if (some.isEmpty() || core(value.value()).length() < SEVERAL) {
            return Optional.empty();
        }
        ValueCount first = some.get(0);
        long least = value.count() <= SEVERAL ? SEVERAL * value.count() : (long) (TIMES * value.count());
        return first.count() >= least && !first.value().equals(value.value())
                ? Optional.of(first.value())
                : Optional.empty();
    }

    private static Optional<String> oneLetter(ValueCount value, Misspelling misspelling) {
        String text = value.value();
        if (text.length() < LEAST_LETTERS
                || value.count() > SEVERAL
                || text.chars().anyMatch(Character::isDigit)) {
            return Optional.empty();
        }
        return misspelling
                .match(text, (int) value.count())
                .filter(match -> match.evidence() >= EVIDENCE
                        && match.count() >= FREQUENT
                        && match.count() >= TIMES * value.count()
                        && EditDistance.within(text, match.text(), 1) == 1
                        && isWithinWord(text, match.text())
                        && match.text().chars().noneMatch(Character::isDigit))
                .map(Misspelling.Match::text);
    }

    /** Whether two texts of distance one differ within a longer word, and not in its first letter. */
    private static boolean isWithinWord(String one, String other) {
        int at = 0;
        while (at < one.length() && at < other.length() && one.charAt(at) == other.charAt(at)) {
            at++;
        }
        int start = at;
        while (start > 0 && Character.isLetter(one.charAt(start - 1))) {
            start--;
        }
        return at > start
                && wordEnd(one, start) - start >= LEAST_LETTERS
                && wordEnd(other, start) - start >= LEAST_LETTERS;
    }

    private static int wordEnd(String text, int start) {
        int end = start;
        while (end < text.length() && Character.isLetter(text.charAt(end))) {
            end++;
        }
        return end;
    }
}
