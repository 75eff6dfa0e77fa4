package tatara.data.profile;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import tatara.core.evidence.ValueCount;

/** Texts that mean missing. */
final class MissingTokens {
    private static final Set<String> ALWAYS = Set.of(
            "?", "null", "\\n", "nan", "n/a", "#n/a", "<na>", "<null>", "(null)", "nat", "#null!", "#value!", "#div/0!",
            "#ref!");
    private static final Set<String> AMONG_VALUES = Set.of(
            "na",
            "none",
            "nil",
            "n.a.",
            "n.a",
            "-",
            "--",
            "---",
            ".",
            "..",
            "...",
            "*",
            "unknown",
            "unk",
            "missing",
            "empty",
            "not available",
            "not applicable",
            "undefined",
            "blank",
            "nd",
            "no data",
            "??",
            "???",
            "tba",
            "tbd",
            "inf",
            "-inf",
            "+inf",
            "infinity",
            "-infinity");
    private static final Pattern SHORT_CODE = Pattern.compile("\\p{Lu}{2}");
    private static final int CODES = 20;

    private MissingTokens() {}

    /** Tokens of a column of numbers, times or booleans, where no word is a value. */
    static List<String> amongValues(ColumnSample sample) {
        return tokens(sample, token -> isMissingAmongValues(token.toLowerCase(Locale.ROOT)));
    }

    static boolean isMissingAmongValues(String lower) {
        return ALWAYS.contains(lower) || AMONG_VALUES.contains(lower);
    }

    /** Tokens of a column of texts, where {@code None}, {@code -} and {@code unknown} may be real levels. */
    static List<String> amongTexts(ColumnSample sample) {
        boolean codes = isTwoLetterCodes(sample);
        return tokens(sample, token -> {
            String lower = token.toLowerCase(Locale.ROOT);
            boolean name = lower.equals("null") || lower.equals("nan");
            return name ? isAsPrinted(token) : ALWAYS.contains(lower) || (token.equals("NA") && !codes);
        });
    }

    /** Null and Nan are also surnames: in texts only the spellings of programs count. */
    private static boolean isAsPrinted(String token) {
        return Set.of("NULL", "null", "NaN", "nan", "NAN").contains(token);
    }

    /** {@code NA} stands for Namibia and Naples where all values are codes of two letters. */
    private static boolean isTwoLetterCodes(ColumnSample sample) {
        return sample.values().size() >= CODES
                && sample.values().stream()
                        .allMatch(value -> SHORT_CODE.matcher(value.value()).matches());
    }

    private static List<String> tokens(ColumnSample sample, Predicate<String> isMissing) {
        return sample.values().stream()
                .map(ValueCount::value)
                .filter(isMissing)
                .sorted()
                .toList();
    }
}
