package tatara.core.evidence;

import java.util.List;

/**
 * A column that should not be a feature (leakage, identity, no information), with the measurement that says so.
 *
 * @param column the column
 * @param kind what is suspected
 * @param columns other columns involved, such as the parts of a sum
 * @param measure what was measured, such as {@code roc_auc}
 * @param value its value
 * @param why for people
 * @param exclude whether the evidence is strong enough to leave it out
 */
public record Suspect(
        String column, Kind kind, List<String> columns, String measure, double value, String why, boolean exclude) {
    /** What is suspected. */
    public enum Kind {
        /** Equals the target, or is a one-to-one recoding of it. */
        COPY_OF_TARGET,
        /** The target is an arithmetic combination of it and other columns. */
        PART_OF_TARGET,
        /** Predicts the target better than a cause could; known only after it. */
        KNOWN_AFTER_TARGET,
        /** Names the row, says nothing of the next one. */
        IDENTIFIER,
        /** One value only, or none. */
        CONSTANT,
        /** The same as an earlier column. */
        DUPLICATE_COLUMN
    }
}
