package tatara.train.learner;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;
import tatara.core.spec.Task;
import tatara.model.tree.Tree;

/** Grows one extremely randomised tree. Not thread-safe; used once. */
final class RandomTree {
    /**
     * @param features features tried per node
     * @param minLeaf rows of a leaf at least
     * @param maxDepth levels at most
     */
    record Settings(int features, int minLeaf, int maxDepth) {}

    /** One way to part the rows of a node; {@code codes} is null for a number. */
    private record Split(int feature, double threshold, long @Nullable [] codes, boolean missingLeft, double gain) {
        boolean goesLeft(float value) {
            if (Float.isNaN(value)) {
                return missingLeft;
            }
            if (codes == null) {
                return value <= threshold;
            }
            int code = (int) value;
            return code >> 6 < codes.length && (codes[code >> 6] >>> code & 1) != 0;
        }
    }

    private static final double LEAST_GAIN = 1e-12;

    private final TrainingData data;
    private final float[][] columns;
    private final double[] labels;
    private final Settings settings;
    private final SplittableRandom random;
    private final int[] rows;
    private final int[] buffer;
    private final int[] order;
    private final int classes;
    private final TreeArrays arrays;

    RandomTree(TrainingData data, float[][] columns, double[] labels, Settings settings, SplittableRandom random) {
        this.data = data;
        this.columns = columns;
        this.labels = labels;
        this.settings = settings;
        this.random = random;
        this.classes = data.task() == Task.REGRESSION ? 0 : Math.max(2, data.classes());
        rows = new int[labels.length];
        java.util.Arrays.setAll(rows, i -> i);
        buffer = new int[rows.length];
        order = new int[columns.length];
        java.util.Arrays.setAll(order, i -> i);
        arrays = new TreeArrays();
    }

    /** One tree for each output, of the same shape. */
    List<Tree> grow() {
        node(0, rows.length, 0);
        int outputs = data.scorerOutputs();
        List<Tree> trees = new ArrayList<>();
        for (int output = 0; output < outputs; output++) {
            trees.add(arrays.tree(output));
        }
        return trees;
    }

    /** Grows below a node; gives its number, or that of a leaf as a negative one. */
    private int node(int from, int to, int depth) {
        Split split = depth >= settings.maxDepth() || to - from < 2 * settings.minLeaf() ? null : best(from, to);
        if (split == null) {
            return leaf(from, to);
        }
        int middle = part(from, to, split);
        int node = arrays.node(split.feature, split.threshold, split.codes, split.missingLeft, to - from);
        arrays.left(node, node(from, middle, depth + 1));
        arrays.right(node, node(middle, to, depth + 1));
        return node;
    }

    private int leaf(int from, int to) {
        double[] values = new double[data.scorerOutputs()];
        for (int i = from; i < to; i++) {
            double label = labels[rows[i]];
            if (data.task() == Task.MULTICLASS) {
                values[(int) label]++;
            } else {
                values[0] += label;
            }
        }
        for (int output = 0; output < values.length; output++) {
            values[output] /= to - from;
        }
        return arrays.leaf(values, to - from);
    }

    private int part(int from, int to, Split split) {
        float[] column = columns[split.feature];
        int left = from;
        int right = 0;
        for (int i = from; i < to; i++) {
            if (split.goesLeft(column[rows[i]])) {
                rows[left++] = rows[i];
            } else {
                buffer[right++] = rows[i];
            }
        }
        System.arraycopy(buffer, 0, rows, left, right);
        return left;
    }

    /** The best of some random splits, or null if none parts the rows well. */
    private @Nullable Split best(int from, int to) {
        Tally all = new Tally(classes);
        for (int i = from; i < to; i++) {
            all.add(labels[rows[i]]);
        }
        if (all.impurity() <= LEAST_GAIN * all.count) {
            return null;
        }
        Split best = null;
        int tried = 0;
        for (int i = 0; i < order.length && tried < settings.features(); i++) {
            int swap = i + random.nextInt(order.length - i);
            int feature = order[swap];
            order[swap] = order[i];
            order[i] = feature;
            Split split = data.outputs().get(feature).isCategory()
                    ? category(feature, from, to, all)
                    : number(feature, from, to, all);
            if (split != null) {
                tried++;
                best = best == null || split.gain > best.gain ? split : best;
            }
        }
        return best != null && best.gain > LEAST_GAIN ? best : null;
    }

    private @Nullable Split number(int feature, int from, int to, Tally all) {
        float[] column = columns[feature];
        float low = Float.POSITIVE_INFINITY;
        float high = Float.NEGATIVE_INFINITY;
        for (int i = from; i < to; i++) {
            float value = column[rows[i]];
            low = value < low ? value : low;
            high = value > high ? value : high;
        }
        boolean parted = low < high && Float.isFinite(low) && Float.isFinite(high);
        if (!parted && !(low == high && Float.isFinite(low))) {
            return null;
        }
        double threshold = parted ? low + random.nextDouble() * ((double) high - low) : low;
        threshold = (float) threshold >= high && parted ? Math.nextDown(high) : (float) threshold;
        return scored(feature, threshold, null, from, to, all);
    }

    private @Nullable Split category(int feature, int from, int to, Tally all) {
        float[] column = columns[feature];
        int size = data.outputs().get(feature).levels().size() + 1;
        long[] present = new long[(size + 63) / 64];
        for (int i = from; i < to; i++) {
            float value = column[rows[i]];
            if (!Float.isNaN(value)) {
                present[(int) value >> 6] |= 1L << (int) value;
            }
        }
        long[] codes = new long[present.length];
        for (int word = 0; word < codes.length; word++) {
            codes[word] = present[word] & random.nextLong();
        }
        return scored(feature, 0, codes, from, to, all);
    }

    /** The split with missing values on the better side, or null if a side is too small. */
    private @Nullable Split scored(
            int feature, double threshold, long @Nullable [] codes, int from, int to, Tally all) {
        Split probe = new Split(feature, threshold, codes, false, 0);
        float[] column = columns[feature];
        Tally left = new Tally(classes);
        Tally missing = new Tally(classes);
        for (int i = from; i < to; i++) {
            float value = column[rows[i]];
            if (Float.isNaN(value)) {
                missing.add(labels[rows[i]]);
            } else if (probe.goesLeft(value)) {
                left.add(labels[rows[i]]);
            }
        }
        double right = gain(left, all);
        double with = Double.NEGATIVE_INFINITY;
        if (missing.count > 0) {
            left.add(missing);
            with = gain(left, all);
        }
        double gain = Math.max(right, with);
        boolean missingLeft = with > right || (missing.count == 0 && 2 * left.count > all.count);
        return gain == Double.NEGATIVE_INFINITY ? null : new Split(feature, threshold, codes, missingLeft, gain);
    }

    private double gain(Tally left, Tally all) {
        double right = all.count - left.count;
        if (left.count < settings.minLeaf() || right < settings.minLeaf()) {
            return Double.NEGATIVE_INFINITY;
        }
        return (all.impurity() - left.impurity() - all.impurityWithout(left)) / all.count;
    }

    /** Counts of classes, or sums of values, with their impurity: Gini, or the sum of squared deviations. */
    private static final class Tally {
        final double[] counts;
        double count;
        double sum;
        double squares;

        Tally(int classes) {
            counts = new double[classes];
        }

        void add(double label) {
            count++;
            if (counts.length > 0) {
                counts[(int) label]++;
            } else {
                sum += label;
                squares += label * label;
            }
        }

        void add(Tally other) {
            count += other.count;
            sum += other.sum;
            squares += other.squares;
            for (int i = 0; i < counts.length; i++) {
                counts[i] += other.counts[i];
            }
        }

        double impurity() {
            if (count == 0) {
                return 0;
            }
            if (counts.length == 0) {
                return squares - sum * sum / count;
            }
            double total = 0;
            for (double number : counts) {
                total += number * number;
            }
            return count - total / count;
        }

        double impurityWithout(Tally part) {
            double rest = count - part.count;
            if (rest == 0) {
                return 0;
            }
            if (counts.length == 0) {
                double restSum = sum - part.sum;
                return squares - part.squares - restSum * restSum / rest;
            }
            double total = 0;
            for (int i = 0; i < counts.length; i++) {
                double number = counts[i] - part.counts[i];
                total += number * number;
            }
            return rest - total / rest;
        }
    }
}
