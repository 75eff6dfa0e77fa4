package tatara.data.load;

/** What happens to the rows that are there. */
public enum Mode {
    /** They go; the source is all there is. */
    REPLACE,
    /** They stay; new rows are added. */
    APPEND,
    /** Those with the key of a row that comes are replaced by it. */
    UPSERT
}
