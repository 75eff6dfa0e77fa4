package tatara.core.evidence;

import java.util.List;
import java.util.Optional;

/**
 * How a cell's text becomes a value; the same record drives the SQL that fills the processed layer and the Java that reads
 * requests, so that training and serving parse alike. White space around a cell is always dropped, an empty cell is missing.
 *
 * @param missing tokens that mean missing, compared exactly after trimming, such as {@code ?} and {@code NA}
 * @param decimal decimal separator of numbers: {@code .} or {@code ,}
 * @param grouping thousands separator of numbers, or empty
 * @param prefix text dropped before a number, such as {@code $}
 * @param suffix text dropped after a number, such as {@code %} or {@code oz}
 * @param timePattern for times: a {@link java.time.format.DateTimeFormatter} pattern; empty for ISO-8601, {@code epoch-s} and
 *     {@code epoch-ms} for numbers since 1970
 * @param trueTokens for booleans: the texts that mean true; {@code true} is what they become
 * @param falseTokens for booleans: the texts that mean false
 * @param mending how cells of another form are read; if empty they are invalid
 */
public record CellFormat(
        List<String> missing,
        String decimal,
        String grouping,
        String prefix,
        String suffix,
        Optional<String> timePattern,
        List<String> trueTokens,
        List<String> falseTokens,
        Optional<Mending> mending) {
    /** A format without mending. */
    public CellFormat(
            List<String> missing,
            String decimal,
            String grouping,
            String prefix,
            String suffix,
            Optional<String> timePattern,
            List<String> trueTokens,
            List<String> falseTokens) {
        this(missing, decimal, grouping, prefix, suffix, timePattern, trueTokens, falseTokens, Optional.empty());
    }

    public static CellFormat plain() {
        return new CellFormat(List.of(), ".", "", "", "", Optional.empty(), List.of(), List.of());
    }

    public CellFormat withMissing(List<String> tokens) {
        return new CellFormat(tokens, decimal, grouping, prefix, suffix, timePattern, trueTokens, falseTokens, mending);
    }

    /** @param other none if it mends nothing */
    public CellFormat withMending(Mending other) {
        Optional<Mending> some = other.equals(Mending.none()) ? Optional.empty() : Optional.of(other);
        return new CellFormat(missing, decimal, grouping, prefix, suffix, timePattern, trueTokens, falseTokens, some);
    }
}
