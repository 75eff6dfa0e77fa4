package tatara.data.clean;

/**
 * A cell that is not written as the others of its column are.
 *
 * @param row 0-based position in the table
 * @param column its name
 * @param text as it came
 * @param value what it is read as; empty if it is taken for missing
 * @param kind what was done
 * @param why for people
 */
public record OddCell(long row, String column, String text, String value, Kind kind, String why) {
    /** What was done. */
    public enum Kind {
        /** Read in another form. */
        MENDED,
        /** Left out: it fits in no form. */
        LEFT_OUT
    }
}
