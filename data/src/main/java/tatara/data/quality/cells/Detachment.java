package tatara.data.quality.cells;

import java.util.Arrays;

/**
 * How far rare things stand apart from the usual ones: the count of the least frequent among those that make up most of a column,
 * against the count of the thing itself. In a column of many rare things nothing is detached.
 */
final class Detachment {
    private static final double SLACK = Math.log(4);

    private final double usual;
    private final double most;

    /**
     * @param counts rows of each distinct thing
     * @param cover share of all rows that the usual things make up
     * @param most greatest evidence, as a log-likelihood ratio
     */
    Detachment(int[] counts, double cover, double most) {
        int[] sorted = counts.clone();
        Arrays.sort(sorted);
        long total = 0;
        for (int count : sorted) {
            total += count;
        }
        long covered = 0;
        int at = sorted.length;
        while (at > 0 && covered < cover * total) {
            covered += sorted[--at];
        }
        this.usual = at < sorted.length ? sorted[at] : 0;
        this.most = most;
    }

    /** Evidence that something seen this often is wrong, in [0, most]. */
    double evidence(int count) {
        if (usual == 0) {
            return 0;
        }
        return Math.max(0, Math.min(most, Math.log(usual / Math.max(1, count)) - SLACK));
    }
}
