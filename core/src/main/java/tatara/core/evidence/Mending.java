package tatara.core.evidence;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * How the few cells of a column are read that are not written as the others are. Decided once from the column's evidence and kept in the
 * data contract, where people can change it; training, server and batch then read alike.
 *
 * @param numbers tried in their own order on a text that is no number
 * @param units texts after a number, beside the suffix, and what each multiplies by: {@code ounce: 1}, {@code k: 1000}
 * @param timePatterns for times that the column's own pattern does not read: {@link java.time.format.DateTimeFormatter} patterns for the
 *     normal form of the text, in the order in which they are tried. In the normal form, words are lower-case, months are English
 *     abbreviations ({@code Mar}), each gap is one {@code -}, and ordinal endings and filling words are gone: {@code 23rd December of 1966}
 *     is {@code 23-Dec-1966}, read by {@code d-MMM-yyyy}
 * @param firstYear the first of the hundred years that years of two digits mean; if empty, 2000
 * @param repairs texts that stand for others, trimmed, compared exactly; an empty text is a missing value
 */
public record Mending(
        List<Mend> numbers,
        Map<String, Double> units,
        List<String> timePatterns,
        Optional<Integer> firstYear,
        Map<String, String> repairs) {
    /** Mends nothing. */
    public static Mending none() {
        return new Mending(List.of(), Map.of(), List.of(), Optional.empty(), Map.of());
    }

    public Mending withNumbers(List<Mend> mends) {
        return new Mending(mends, units, timePatterns, firstYear, repairs);
    }

    public Mending withUnits(Map<String, Double> factors) {
        return new Mending(numbers, factors, timePatterns, firstYear, repairs);
    }

    public Mending withTimes(List<String> patterns, Optional<Integer> year) {
        return new Mending(numbers, units, patterns, year, repairs);
    }

    public Mending withRepairs(Map<String, String> texts) {
        return new Mending(numbers, units, timePatterns, firstYear, texts);
    }
}
