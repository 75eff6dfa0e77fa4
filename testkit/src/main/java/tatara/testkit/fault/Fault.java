package tatara.testkit.fault;

/**
 * Kinds of faults. The strength is the share of the rows that are touched, unless it says otherwise.
 */
public enum Fault {
    /** Cells are emptied, of a column that is nearly always filled. */
    NULLS(0.10),
    /** Numbers become words. */
    TYPE_FLIP(0.10),
    /** Numbers lie beyond all others, by half to twice their range. */
    OUT_OF_RANGE(0.05),
    /** Numbers are in another unit: a hundred times as large. */
    UNIT_CHANGE(0.20),
    /** Numbers that are never negative change their sign. */
    SIGN_FLIP(0.10),
    /** A category that was never there. */
    NEW_CATEGORY(0.05),
    /** Two columns of one type that are distributed unlike change places. */
    SWAPPED_COLUMNS(0.20),
    /** Rows are there twice. */
    DUPLICATED_ROWS(0.10),
    /** Rows are lost; the strength is the share lost. */
    DROPPED_ROWS(0.50),
    /** Texts are cut to half their length. */
    TRUNCATED_TEXT(0.20),
    /** Texts whose UTF-8 was read as Latin-1; plain letters become accented ones first. */
    MOJIBAKE(0.10),
    /** Dates are written day first, or year first if they were not. */
    DATE_FORMAT_FLIP(0.20),
    /** Times are those of a clock that was reset: 1970. */
    CLOCK_RESET(0.10),
    /** All cells hold the most frequent value; the strength is not used. */
    CONSTANT_COLUMN(1),
    /** Fractions are written with a comma. */
    DECIMAL_COMMA(0.20),
    /** A column is not there; the strength is not used. */
    MISSING_COLUMN(1),
    /** A column has another name; the strength is not used. */
    RENAMED_COLUMN(1),
    /** Values of a foreign key that the other table does not have. */
    ORPHANED_KEY(0.05),
    /** A column's cells are in another order, so that it has nothing to do with the others any more; the strength is not used. */
    SHUFFLED_COLUMN(1),
    /** Numbers are replaced by -999, texts by {@code #N/A!}. */
    PLACEHOLDER(0.10),
    /** Texts are in capitals, or small if they were capitals. */
    CASE_CHANGE(0.20),
    /** Keys are those of other rows. */
    REPEATED_KEY(0.05),
    /** All rows are of an earlier time, by half the time that they span; the strength is not used. */
    STALE_DATA(1);

    private final double strength;

    Fault(double strength) {
        this.strength = strength;
    }

    /** The usual strength. */
    public double strength() {
        return strength;
    }
}
