package tatara.data.quality.cells;

import java.util.Optional;

/**
 * What can be said of a text in its column, whatever the row.
 *
 * @param evidence by {@link Signal#slot}; those of rows are 0
 * @param count rows of the sample that have it
 * @param missing whether it stands for no value
 * @param likely what it may be a misspelling of
 * @param likelyCount how often that is seen
 */
record ValueTraits(double[] evidence, int count, boolean missing, Optional<String> likely, int likelyCount) {
    double of(Signal signal) {
        return evidence[signal.slot];
    }
}
