package tatara.train.baseline;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import tatara.core.spec.Task;
import tatara.model.calibrate.Link;
import tatara.model.ensemble.FoldModel;
import tatara.model.ensemble.SubsetEncoder;
import tatara.model.tree.Tree;
import tatara.model.tree.TreeEnsemble;
import tatara.train.learner.TrainingData;

/**
 * A table on the one feature that explains most of the target: ten quantile bins of a number, or the commonest levels of a category;
 * each cell says its smoothed mean.
 */
final class OneFeature {
    private static final int BINS = 10;
    private static final int MOST_LEVELS = 30;
    private static final int SAMPLE = 20_000;
    private static final double SMOOTHING = 5;

    private final TrainingData data;
    private final int[] rows;
    private final int outputs;
    private final double[] prior;

    OneFeature(TrainingData data, int[] rows) {
        this.data = data;
        this.rows = rows;
        this.outputs = data.scorerOutputs();
        this.prior = new double[outputs];
        for (int row : rows) {
            for (int output = 0; output < outputs; output++) {
                prior[output] += target(row, output) / rows.length;
            }
        }
    }

    /** Sums and counts of the target by cell; the last cell is for missing values. */
    private record Cells(int feature, double[] cuts, double[][] sums, double[] counts, double gain) {}

    /** The model; the constant mean if no feature says anything. */
    FoldModel fit() {
        Cells best = null;
        for (int feature = 0; feature < data.width(); feature++) {
            Cells cells = cells(feature);
            if (best == null || cells.gain > best.gain) {
                best = cells;
            }
        }
        if (best == null) {
            return constant();
        }
        List<Tree> trees = new ArrayList<>();
        for (int output = 0; output < outputs; output++) {
            trees.add(tree(best, output));
        }
        return new FoldModel(new SubsetEncoder(new int[] {best.feature}), scorer(trees));
    }

    /** A model that always says the mean. */
    FoldModel constant() {
        List<Tree> trees = new ArrayList<>();
        for (int output = 0; output < outputs; output++) {
            trees.add(Tree.leaf(prior[output], rows.length));
        }
        return new FoldModel(new SubsetEncoder(new int[0]), scorer(trees));
    }

    private TreeEnsemble scorer(List<Tree> trees) {
        return TreeEnsemble.of(trees, outputs, new double[outputs], Link.IDENTITY, 1);
    }

    private double target(int row, int output) {
        double label = data.labels()[row];
        return data.task() == Task.MULTICLASS ? (label == output ? 1 : 0) : label;
    }

    private Cells cells(int feature) {
        boolean category = data.outputs().get(feature).isCategory();
        float[] column = data.features()[feature];
        double[] cuts = category
                ? new double
                        [Math.min(
                                MOST_LEVELS,
                                data.outputs().get(feature).levels().size())]
                : cuts(column);
        int size = cuts.length + 2;
        double[][] sums = new double[size][outputs];
        double[] counts = new double[size];
        for (int row : rows) {
            int cell = cell(column[row], cuts, category);
            counts[cell]++;
            for (int output = 0; output < outputs; output++) {
                sums[cell][output] += target(row, output);
            }
        }
        double gain = 0;
        for (int cell = 0; cell < size; cell++) {
            for (int output = 0; output < outputs; output++) {
                double mean = mean(sums[cell][output], counts[cell], output);
                gain += counts[cell] * (mean - prior[output]) * (mean - prior[output]);
            }
        }
        return new Cells(feature, category ? new double[0] : cuts, sums, counts, gain);
    }

    private static int cell(float value, double[] cuts, boolean category) {
        if (Float.isNaN(value)) {
            return cuts.length + 1;
        }
        if (category) {
            return Math.min((int) value, cuts.length);
        }
        int cell = 0;
        while (cell < cuts.length && value > cuts[cell]) {
            cell++;
        }
        return cell;
    }

    private double[] cuts(float[] column) {
        int step = Math.max(1, rows.length / SAMPLE);
        double[] values = new double[rows.length / step + 1];
        int count = 0;
        for (int i = 0; i < rows.length; i += step) {
            if (!Float.isNaN(column[rows[i]])) {
                values[count++] = column[rows[i]];
            }
        }
        double[] sorted = Arrays.copyOf(values, count);
        Arrays.sort(sorted);
        double[] cuts = new double[count == 0 ? 0 : BINS - 1];
        for (int bin = 1; bin < BINS && count > 0; bin++) {
            cuts[bin - 1] = sorted[(int) ((long) bin * (count - 1) / BINS)];
        }
        return Arrays.stream(cuts).distinct().filter(cut -> count(cut, sorted)).toArray();
    }

    private static boolean count(double cut, double[] sorted) {
        return cut < sorted[sorted.length - 1];
    }

    private double mean(double sum, double count, int output) {
        return (sum + SMOOTHING * prior[output]) / (count + SMOOTHING);
    }

    /** A chain of cuts, or of levels; the root parts missing values from all others. */
    private Tree tree(Cells cells, int output) {
        boolean category = data.outputs().get(cells.feature).isCategory();
        int leaves = cells.counts.length;
        int nodes = leaves - 1;
        int[] feature = new int[nodes];
        double[] threshold = new double[nodes];
        int[] left = new int[nodes];
        int[] right = new int[nodes];
        boolean[] defaultLeft = new boolean[nodes];
        long[][] categories = category ? new long[nodes][] : new long[0][];
        double[] cover = new double[nodes];
        double[] values = new double[leaves];
        double[] leafCover = new double[leaves];
        for (int leaf = 0; leaf < leaves; leaf++) {
            values[leaf] = mean(cells.sums[leaf][output], cells.counts[leaf], output);
            leafCover[leaf] = Math.max(1, cells.counts[leaf]);
        }
        threshold[0] = Double.POSITIVE_INFINITY;
        left[0] = nodes == 1 ? ~0 : 1;
        right[0] = ~(leaves - 1);
        for (int node = 1; node < nodes; node++) {
            int cell = node - 1;
            if (category) {
                categories[node] = new long[cell / 64 + 1];
                categories[node][cell / 64] = 1L << cell % 64;
            } else {
                threshold[node] = cells.cuts[cell];
            }
            left[node] = ~cell;
            right[node] = node + 1 < nodes ? node + 1 : ~(cell + 1);
        }
        for (int node = nodes - 1; node >= 0; node--) {
            cover[node] = below(left[node], cover, leafCover) + below(right[node], cover, leafCover);
        }
        return new Tree(feature, threshold, left, right, defaultLeft, categories, cover, values, leafCover);
    }

    private static double below(int child, double[] cover, double[] leafCover) {
        return child >= 0 ? cover[child] : leafCover[~child];
    }
}
