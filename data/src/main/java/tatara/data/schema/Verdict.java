package tatara.data.schema;

import java.util.List;
import java.util.Map;
import tatara.core.design.TableContract.Rule;

/**
 * What a rule found in a table.
 *
 * @param rows rows of the table
 * @param broken rows that break it
 * @param passed whether their share is within the tolerance
 * @param problem why the rule could not be measured, empty if it was; such a rule has failed
 * @param examples a few of the rows that break it, in order
 */
public record Verdict(Rule rule, long rows, long broken, boolean passed, String problem, List<Example> examples) {
    /** Share of the rows that break it, in [0, 1]. */
    public double share() {
        return rows == 0 ? (broken > 0 ? 1 : 0) : (double) broken / rows;
    }

    /**
     * A row that breaks a rule.
     *
     * @param row 0-based position
     * @param cells texts of the rule's columns as they are stored; missing ones are left out
     */
    public record Example(long row, Map<String, String> cells) {}
}
