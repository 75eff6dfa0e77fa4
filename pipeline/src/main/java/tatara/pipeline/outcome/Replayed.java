package tatara.pipeline.outcome;

/**
 * What came of trying rows again.
 *
 * @param before rows in the quarantine before
 * @param corrected rows whose cells a person changed
 * @param after rows that are still in it
 * @param rows rows of the processed table now
 */
public record Replayed(String table, long before, long corrected, long after, long rows) {}
