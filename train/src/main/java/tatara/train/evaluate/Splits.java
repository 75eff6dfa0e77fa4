package tatara.train.evaluate;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import tatara.core.design.FeatureDesign;
import tatara.core.design.FeatureDesign.Split;
import tatara.core.frame.Column;
import tatara.core.frame.Frame;
import tatara.core.frame.FrameSource;

/**
 * Draws the sealed hold-out and the folds. Every draw depends on the seed, the row's position and the split's columns alone, so
 * that the same table gives the same split anywhere.
 */
public final class Splits {
    /** A key that is missing. */
    public static final long MISSING = Long.MIN_VALUE;

    private static final int MOST_STRATA = 1_000;
    private static final int BUCKETS = 1 << 16;

    private Splits() {}

    /**
     * The rows of the hold-out, as positions in the source.
     *
     * <ul>
     *   <li>STRATIFIED: the same share of each value of the target; rows without a target stay out of the hold-out.
     *   <li>RANDOM: a share of all rows with a target.
     *   <li>TIME: the latest rows; rows of one time stay together, rows without a time are not held out.
     *   <li>GROUP: whole groups, by hash, as near the share as they allow; rows without a group each count as one.
     * </ul>
     *
     * Streams the source twice; memory grows with the number of rows by a bit each, for TIME by eight bytes each. Where time or
     * group can't part the rows (one value only), the split is random.
     *
     * @param keys holds the target, and the split's column for TIME and GROUP
     */
    public static BitSet holdout(FrameSource keys, FeatureDesign design, long seed) {
        Split split = design.split();
        BitSet chosen =
                switch (split.kind()) {
                    case TIME -> latest(keys, column(keys, split), split.holdoutShare());
                    case GROUP -> groups(keys, column(keys, split), split.holdoutShare(), seed);
                    default -> new BitSet();
                };
        int rows = Math.toIntExact(keys.rows());
        if (chosen.isEmpty() || chosen.cardinality() == rows) {
            boolean stratified = split.kind() == Split.Kind.STRATIFIED;
            String target = design.target().column().orElse("");
            return random(keys, keys.schema().indexOf(target).orElse(-1), split.holdoutShare(), stratified, seed);
        }
        return chosen;
    }

    private static int column(FrameSource keys, Split split) {
        String name = split.column().orElse("");
        return keys.schema()
                .indexOf(name)
                .orElseThrow(() -> new IllegalArgumentException("split column: " + name + " (expected: one of "
                        + keys.schema().names() + ")"));
    }

    /** Selection sampling within each stratum (Knuth, algorithm 3.4.2 S). */
    private static BitSet random(FrameSource keys, int target, double share, boolean stratified, long seed) {
        Map<Long, long[]> strata = new HashMap<>();
        boolean[] tooMany = {false};
        keys.forEach(frame -> {
            for (int row = 0; row < frame.rows() && !tooMany[0]; row++) {
                strata.computeIfAbsent(stratum(frame, target, row, stratified), absent -> new long[2])[0]++;
                tooMany[0] = strata.size() > MOST_STRATA;
            }
        });
        if (tooMany[0]) {
            return random(keys, target, share, false, seed);
        }
        strata.forEach((stratum, counts) -> counts[1] = stratum == MISSING ? 0 : Math.round(share * counts[0]));
        BitSet chosen = new BitSet();
        int[] at = {0};
        keys.forEach(frame -> {
            for (int row = 0; row < frame.rows(); row++) {
                long[] left = strata.get(stratum(frame, target, row, stratified));
                if (left != null) {
                    if (KeyHash.uniform(seed, at[0]) * left[0] < left[1]) {
                        chosen.set(at[0]);
                        left[1]--;
                    }
                    left[0]--;
                }
                at[0]++;
            }
        });
        return chosen;
    }

    private static long stratum(Frame frame, int target, int row, boolean stratified) {
        if (target < 0) {
            return 0;
        }
        Column column = frame.column(target);
        if (column.isMissing(row)) {
            return MISSING;
        }
        return stratified ? KeyHash.of(column, row) : 0;
    }

    private static BitSet latest(FrameSource keys, int column, double share) {
        long[] times = new long[Math.toIntExact(keys.rows())];
        int[] at = {0};
        keys.forEach(frame -> {
            for (int row = 0; row < frame.rows(); row++) {
                times[at[0]++] = KeyHash.ordered(frame.column(column), row);
            }
        });
        long[] sorted = times.clone();
        Arrays.sort(sorted);
        int missing = 0;
        while (missing < sorted.length && sorted[missing] == MISSING) {
            missing++;
        }
        int known = sorted.length - missing;
        if (known == 0) {
            return new BitSet();
        }
        long cut = cut(sorted, missing, sorted.length - Math.max(1, (int) Math.round(share * known)));
        BitSet chosen = new BitSet();
        for (int row = 0; row < times.length; row++) {
            chosen.set(row, times[row] != MISSING && times[row] >= cut);
        }
        return chosen;
    }

    /** The first time of the hold-out: that of the nearest change of time to the wished position. */
    private static long cut(long[] sorted, int from, int wished) {
        for (int off = 0; off <= sorted.length; off++) {
            int before = wished - off;
            if (before > from && before < sorted.length && sorted[before] != sorted[before - 1]) {
                return sorted[before];
            }
            int after = wished + off;
            if (after > from && after < sorted.length && sorted[after] != sorted[after - 1]) {
                return sorted[after];
            }
        }
        return Long.MAX_VALUE;
    }

    private static BitSet groups(FrameSource keys, int column, double share, long seed) {
        long[] buckets = new long[BUCKETS];
        int[] at = {0};
        keys.forEach(frame -> {
            for (int row = 0; row < frame.rows(); row++) {
                buckets[bucket(frame, column, row, at[0]++, seed)]++;
            }
        });
        double wished = share * at[0];
        long taken = 0;
        int end = 0;
        while (end < BUCKETS && (taken == 0 || taken + buckets[end] / 2.0 <= wished)) {
            taken += buckets[end++];
        }
        int limit = end;
        BitSet chosen = new BitSet();
        at[0] = 0;
        keys.forEach(frame -> {
            for (int row = 0; row < frame.rows(); row++) {
                chosen.set(at[0], bucket(frame, column, row, at[0], seed) < limit);
                at[0]++;
            }
        });
        return chosen;
    }

    private static int bucket(Frame frame, int column, int row, int position, long seed) {
        Column values = frame.column(column);
        long key = values.isMissing(row) ? KeyHash.mix(~(long) position) : KeyHash.of(values, row);
        return (int) (KeyHash.mix(key ^ KeyHash.mix(seed)) >>> 48);
    }

    /**
     * The fold of each training row, from 0 to {@code folds - 1}; with fewer groups or rows than folds, some stay empty.
     *
     * <p>Classes and target quantiles are spread evenly over the folds. GROUP keeps the rows of a group in one fold. TIME cuts the
     * rows into blocks of neighbouring times, each left out once: every row then has an out-of-fold prediction and every member is
     * trained on (folds - 1) / folds of the rows, which forward chaining can't give (its first block has no prediction, its
     * first models see little); the honest test of the future is the hold-out, which is later than every block.
     *
     * @param labels class index or value per row
     * @param classes number of classes, 0 for values
     * @param keys for TIME and GROUP: ordered time or hash of the group per row, {@link #MISSING} for none; empty otherwise
     */
    public static int[] folds(
            Split.Kind kind, double[] labels, int rows, int classes, long[] keys, int folds, long seed) {
        if (kind == Split.Kind.TIME && keys.length >= rows) {
            return blocks(keys, rows, folds);
        }
        if (kind == Split.Kind.GROUP && keys.length >= rows) {
            Map<Long, Integer> foldOfGroup = balanced(keys, rows, folds, seed);
            int[] fold = new int[rows];
            for (int row = 0; row < rows; row++) {
                fold[row] = foldOfGroup.getOrDefault(groupKey(keys, row), 0);
            }
            return foldOfGroup.size() > 1 ? fold : spread(labels, rows, classes, folds, seed);
        }
        return spread(labels, rows, classes, folds, seed);
    }

    private static long groupKey(long[] keys, int row) {
        return keys[row] == MISSING ? KeyHash.mix(~(long) row) : keys[row];
    }

    /** Each group, the largest first, to the fold with the fewest rows so far; ties by hash. */
    private static Map<Long, Integer> balanced(long[] keys, int rows, int folds, long seed) {
        Map<Long, Integer> sizes = new HashMap<>();
        for (int row = 0; row < rows; row++) {
            sizes.merge(groupKey(keys, row), 1, Integer::sum);
        }
        List<Long> groups = new ArrayList<>(sizes.keySet());
        groups.sort(Comparator.comparingInt((Long group) -> -sizes.getOrDefault(group, 0))
                .thenComparingLong(group -> KeyHash.mix(group ^ KeyHash.mix(seed))));
        long[] filled = new long[folds];
        Map<Long, Integer> foldOfGroup = new HashMap<>();
        for (Long group : groups) {
            int least = 0;
            for (int fold = 1; fold < folds; fold++) {
                least = filled[fold] < filled[least] ? fold : least;
            }
            filled[least] += sizes.getOrDefault(group, 0);
            foldOfGroup.put(group, least);
        }
        return foldOfGroup;
    }

    private static int[] blocks(long[] keys, int rows, int folds) {
        Integer[] order = new Integer[rows];
        Arrays.setAll(order, i -> i);
        Arrays.sort(order, (a, b) -> Long.compare(keys[a], keys[b]));
        int[] fold = new int[rows];
        for (int i = 0; i < rows; i++) {
            fold[order[i]] = (int) ((long) i * folds / rows);
        }
        return fold;
    }

    /** Rows sorted by label, in runs of {@code folds} rows that go to one fold each, in random order. */
    private static int[] spread(double[] labels, int rows, int classes, int folds, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        int[] order = new int[rows];
        Arrays.setAll(order, i -> i);
        for (int i = rows - 1; i > 0; i--) {
            swap(order, i, random.nextInt(i + 1));
        }
        order = classes > 0 ? byClass(order, labels, classes) : byValue(order, labels);
        int[] fold = new int[rows];
        int[] run = new int[folds];
        Arrays.setAll(run, i -> i);
        for (int i = 0; i < rows; i++) {
            if (i % folds == 0 && classes == 0) {
                for (int j = folds - 1; j > 0; j--) {
                    swap(run, j, random.nextInt(j + 1));
                }
            }
            fold[order[i]] = run[i % folds];
        }
        return fold;
    }

    private static int[] byClass(int[] order, double[] labels, int classes) {
        int[] sorted = new int[order.length];
        int at = 0;
        for (int one = 0; one < classes; one++) {
            for (int row : order) {
                if (labels[row] == one) {
                    sorted[at++] = row;
                }
            }
        }
        return sorted;
    }

    private static int[] byValue(int[] order, double[] labels) {
        Integer[] boxed = new Integer[order.length];
        Arrays.setAll(boxed, i -> order[i]);
        Arrays.sort(boxed, (a, b) -> Double.compare(labels[a], labels[b]));
        return Arrays.stream(boxed).mapToInt(i -> i).toArray();
    }

    private static void swap(int[] values, int a, int b) {
        int kept = values[a];
        values[a] = values[b];
        values[b] = kept;
    }
}
