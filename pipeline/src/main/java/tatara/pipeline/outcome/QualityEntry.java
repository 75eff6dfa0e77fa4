package tatara.pipeline.outcome;

import java.util.List;

/**
 * A line of {@code pipelines/NAME/quality.jsonl}: how a table stood at its gates in one run (D8).
 *
 * @param when ISO-8601
 * @param content key of the rows: the same as long as the source did not change
 * @param rows rows of the table
 * @param rules rules and comparisons measured
 * @param failed ids of those that failed
 * @param setAside rows set aside, and rows that could not be read
 * @param problemRate share of rows set aside, in [0, 1]
 * @param newest newest event time, ISO-8601, empty if the table has none
 * @param blocked whether the run was stopped
 */
public record QualityEntry(
        String when,
        String table,
        String content,
        long rows,
        int rules,
        List<String> failed,
        long setAside,
        double problemRate,
        String newest,
        boolean blocked) {
    /** Share of rules that were kept, in [0, 1]. */
    public double passRate() {
        return rules == 0 ? 1 : 1 - (double) failed.size() / rules;
    }
}
