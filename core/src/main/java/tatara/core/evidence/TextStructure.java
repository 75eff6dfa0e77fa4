package tatara.core.evidence;

import java.util.List;
import java.util.Optional;

/**
 * How the texts of a column are built.
 *
 * @param lengths characters, at the quantiles 0, .05, .25, .5, .75, .95, 1
 * @param words words, at the same quantiles
 * @param patterns most frequent forms with the rows that have them, at most 10: capital letters are {@code A}, other letters {@code a},
 *     digits {@code 9}, all else stands for itself; with {@code +}, if forms are too many otherwise, for one or more
 * @param patternShare share of the texts that have one of these forms, in [0, 1]
 * @param script Unicode script of most letters in lower case, such as {@code latin}; empty without letters
 * @param language ISO 639-1 code of the likely language, for running text
 * @param languageShare share of the texts with a frequent word of that language, in [0, 1]
 * @param beyondAscii rows with a character that is not ASCII
 * @param broken rows that look as if they had been decoded wrongly
 */
public record TextStructure(
        double[] lengths,
        double[] words,
        List<ValueCount> patterns,
        double patternShare,
        String script,
        Optional<String> language,
        double languageShare,
        long beyondAscii,
        long broken) {}
