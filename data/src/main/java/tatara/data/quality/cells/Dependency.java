package tatara.data.quality.cells;

import java.util.Arrays;

/**
 * A column that mostly determines another one: for each value of the determinant, how often which value of the dependent is seen. Rows
 * of the sample do not vote on themselves. Immutable once built.
 */
final class Dependency {
    private static final double LEAST_NOISE = 0.025;
    private static final double MOST_EVIDENCE = 7;
    private static final double AGREEMENT = -3;

    final Grouping grouping;
    final int dependent;
    private final int width;
    private final boolean[] missing;
    private final LongCounts pairs;
    private final int[] sizes;
    private final int[] top;
    private final int[] topCounts;
    private final int[] secondCounts;
    private final int[] second;
    private double agreement;
    private double weight;

    /**
     * @param grouping the determinant
     * @param from group of each row, -1 for none
     * @param to codes of the dependent by row
     * @param missing which values of the dependent stand for none: they count half
     */
    Dependency(Grouping grouping, int dependent, int[] from, int[] to, boolean[] missing) {
        int fromSize = grouping.size();
        this.grouping = grouping;
        this.dependent = dependent;
        this.width = missing.length;
        this.missing = missing;
        this.pairs = new LongCounts(Math.min(from.length, 1 << 16));
        this.sizes = new int[fromSize];
        this.top = new int[fromSize];
        this.topCounts = new int[fromSize];
        this.second = new int[fromSize];
        this.secondCounts = new int[fromSize];
        Arrays.fill(top, -1);
        Arrays.fill(second, -1);
        for (int row = 0; row < from.length; row++) {
            if (from[row] >= 0) {
                pairs.add((long) from[row] * width + to[row]);
                sizes[from[row]]++;
            }
        }
        pairs.forEach(this::rank);
    }

    private void rank(long key, int count) {
        int group = (int) (key / width);
        int value = (int) (key % width);
        int counted = missing[value] ? (count + 1) / 2 : count;
        if (counted > topCounts[group] || (counted == topCounts[group] && value < top[group])) {
            second[group] = top[group];
            secondCounts[group] = topCounts[group];
            top[group] = value;
            topCounts[group] = counted;
        } else if (counted > secondCounts[group] || (counted == secondCounts[group] && value < second[group])) {
            second[group] = value;
            secondCounts[group] = counted;
        }
    }

    /**
     * What the other rows of a group say of a value.
     *
     * @param value most frequent value among the others, -1 if there are none
     * @param count rows that have it
     * @param same other rows that have the cell's own value
     * @param others other rows of the group
     */
    record Poll(int value, int count, int same, int others) {
        static final Poll NONE = new Poll(-1, 0, 0, 0);
    }

    /**
     * @param from group of the row, -1 for none
     * @param to code of the dependent, may be unknown
     * @param sampled whether the row itself was counted
     */
    Poll poll(int from, int to, boolean sampled) {
        if (from < 0 || from >= sizes.length || sizes[from] == 0) {
            return Poll.NONE;
        }
        int own = sampled ? 1 : 0;
        int others = sizes[from] - own;
        if (others <= 0) {
            return Poll.NONE;
        }
        boolean known = to >= 0 && to < width;
        int same = known ? pairs.count((long) from * width + to) - own : 0;
        int counted = known && missing[to] ? (same + 1) / 2 : same;
        if (top[from] != to) {
            return new Poll(top[from], topCounts[from], same, others);
        }
        return second[from] >= 0 && secondCounts[from] > counted
                ? new Poll(second[from], secondCounts[from], same, others)
                : new Poll(to, counted, same, others);
    }

    /**
     * Evidence that the cell is wrong, as a log-likelihood ratio: with a share e of noise, {@code count} rows against {@code same} speak
     * with {@code (count - same) log((1 - e) / e)}, up to what exceptions allow.
     */
    double evidence(Poll poll, int to) {
        if (poll.others() == 0) {
            return 0;
        }
        if (poll.value() == to) {
            return AGREEMENT * Math.min(1, poll.others() / 2.0);
        }
        double noise = Math.max(LEAST_NOISE, Math.min(0.4, 1 - agreement));
        double against = (poll.count() - poll.same()) * Math.log((1 - noise) / noise);
        boolean none = to >= 0 && to < width && missing[to];
        double exceptions =
                0.003 + 0.3 * Math.max(0, 0.95 - agreement) + (none ? 0 : 0.3 * poll.same() / poll.others());
        return Math.min(MOST_EVIDENCE, -Math.log(Math.exp(-Math.min(30, against)) + exceptions));
    }

    /** Share of rows that agree with the other rows of their group; ties count half. */
    double agreement() {
        return agreement;
    }

    /** How far it can be trusted, in [0, 1]. */
    double weight() {
        return weight;
    }

    void judge(double measuredAgreement, double trust) {
        this.agreement = measuredAgreement;
        this.weight = trust;
    }
}
