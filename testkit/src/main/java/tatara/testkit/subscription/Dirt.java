package tatara.testkit.subscription;

/**
 * Faults put into written cells; the simulated truth is untouched. The id, the snapshot date and the target stay clean. Shares are in [0, 1], of cells.
 *
 * @param missing cells left empty
 * @param typos categories with two letters swapped or one dropped
 * @param mixedFormats dates and numbers written another way than the column's rest
 * @param unknownTokens categories written as {@code ?}
 * @param moneyStrings whether amounts are written as {@code " $1,234.50 "}
 */
public record Dirt(double missing, double typos, double mixedFormats, double unknownTokens, boolean moneyStrings) {
    public static Dirt none() {
        return new Dirt(0, 0, 0, 0, false);
    }

    /** What an export from a grown system looks like. */
    public static Dirt moderate() {
        return new Dirt(0.03, 0.01, 0.02, 0.02, true);
    }

    boolean isNone() {
        return equals(none());
    }
}
