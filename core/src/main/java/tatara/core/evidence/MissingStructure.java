package tatara.core.evidence;

import java.util.List;

/**
 * Which values are missing together, and where.
 *
 * @param patterns most frequent sets of columns that are missing in the same row, at most 20, the complete rows among them
 * @param pairs columns that are missing in the same rows, strongest first
 * @param segments values of other columns where a column is missing more often or more rarely than elsewhere
 */
public record MissingStructure(List<Pattern> patterns, List<Pair> pairs, List<Segment> segments) {
    /**
     * A set of columns.
     *
     * @param columns missing, in source order, at most 50 named
     * @param missing how many are missing
     * @param rows looked at that miss just these
     * @param share of the rows looked at, in [0, 1]
     */
    public record Pattern(List<String> columns, int missing, long rows, double share) {}

    /**
     * Two columns.
     *
     * @param both rows that miss both
     * @param overlap {@code both} per row that misses one of them, in [0, 1]
     */
    public record Pair(String first, String second, long both, double overlap) {}

    /**
     * A segment of the rows.
     *
     * @param column that is missing
     * @param by column that makes the segment
     * @param value of that column
     * @param rows of the segment
     * @param share of them that miss the column, in [0, 1]
     * @param elsewhere share of the other rows that miss it, in [0, 1]
     */
    public record Segment(String column, String by, String value, long rows, double share, double elsewhere) {}
}
