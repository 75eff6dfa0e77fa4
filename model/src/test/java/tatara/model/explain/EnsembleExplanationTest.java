package tatara.model.explain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import tatara.core.spec.Task;
import tatara.model.calibrate.Link;
import tatara.model.calibrate.NoCalibrator;
import tatara.model.ensemble.Ensemble;
import tatara.model.ensemble.FoldModel;
import tatara.model.ensemble.IdentityEncoder;
import tatara.model.ensemble.LinearEncoder;
import tatara.model.ensemble.Member;
import tatara.model.linear.LinearScorer;
import tatara.model.transform.OutputFeature;
import tatara.model.tree.RandomTrees;
import tatara.model.tree.Tree;
import tatara.model.tree.TreeEnsemble;

class EnsembleExplanationTest {
    private static final int WIDTH = 4;

    private static List<OutputFeature> features(String... columns) {
        List<OutputFeature> features = new ArrayList<>();
        for (String column : columns) {
            features.add(new OutputFeature("f" + features.size(), column, List.of(), false));
        }
        return features;
    }

    private static Ensemble ensemble(int outputs, FoldModel... folds) {
        return new Ensemble(List.of(new Member("m", 1, List.of(folds))), new NoCalibrator(), outputs);
    }

    private static float[][] matrix(float[]... rows) {
        float[][] columns = new float[rows[0].length][rows.length];
        for (int row = 0; row < rows.length; row++) {
            for (int column = 0; column < columns.length; column++) {
                columns[column][row] = rows[row][column];
            }
        }
        return columns;
    }

    /** What a tree says on average when only some features of a row are known. */
    private static double conditional(Tree tree, int at, float[] row, int known) {
        if (at < 0) {
            return tree.leafValue()[~at];
        }
        if ((known >> tree.feature()[at] & 1) != 0) {
            return conditional(tree, tree.next(at, row), row, known);
        }
        int left = tree.left()[at];
        int right = tree.right()[at];
        double leftCover = left < 0 ? tree.leafCover()[~left] : tree.nodeCover()[left];
        double rightCover = right < 0 ? tree.leafCover()[~right] : tree.nodeCover()[right];
        double share = leftCover / (leftCover + rightCover);
        return share * conditional(tree, left, row, known) + (1 - share) * conditional(tree, right, row, known);
    }

    /** Shapley values by their definition, over all subsets of features. */
    private static double[] bruteForce(Tree tree, float[] row) {
        double[] factorials = {1, 1, 2, 6, 24};
        double[] values = new double[WIDTH];
        int root = tree.nodes() == 0 ? ~0 : 0;
        for (int feature = 0; feature < WIDTH; feature++) {
            for (int known = 0; known < 1 << WIDTH; known++) {
                if ((known >> feature & 1) == 0) {
                    int size = Integer.bitCount(known);
                    double weight = factorials[size] * factorials[WIDTH - size - 1] / factorials[WIDTH];
                    values[feature] += weight
                            * (conditional(tree, root, row, known | 1 << feature)
                                    - conditional(tree, root, row, known));
                }
            }
        }
        return values;
    }

    @Test
    void treeContributionsAreTheShapleyValues() {
        RandomTrees random = new RandomTrees(3, WIDTH, 1);
        for (int i = 0; i < 60; i++) {
            Tree tree = random.tree(i % 7);
            float[] row = random.row();
            TreeEnsemble trees = TreeEnsemble.of(List.of(tree), 1, new double[] {0.5}, Link.IDENTITY, 1);
            EnsembleExplanation explanation = new EnsembleExplanation(
                    ensemble(1, new FoldModel(new IdentityEncoder(WIDTH), trees)),
                    features("a", "b", "c", "d"),
                    Task.REGRESSION);
            Contributions found = explanation.explain(matrix(row), 1, new int[1]);
            assertThat(found.values()[0]).containsExactly(bruteForce(tree, row), within(1e-10));
            double margin = 0.5 + tree.leafValue()[tree.leafOf(row)];
            assertThat(found.base() + sum(found.values()[0])).isEqualTo(margin, within(1e-10));
        }
    }

    @Test
    void contributionsAddUpToTheWeightedMeanMargin() {
        RandomTrees random = new RandomTrees(9, WIDTH, 1);
        TreeEnsemble boosted = TreeEnsemble.of(random.list(12, 6), 1, new double[] {-0.3}, Link.SIGMOID, 0.8);
        TreeEnsemble forest = TreeEnsemble.of(random.list(10, 8), 1, new double[] {0.5}, Link.IDENTITY, 0.03);
        LinearEncoder encoder = new LinearEncoder(List.of(
                new LinearEncoder.Levels(0, 3, true),
                new LinearEncoder.Scaled(1, 0, 0, 1, 5, true),
                new LinearEncoder.Terms(2, 2)));
        double[][] weights = {new SplittableRandom(1).doubles(encoder.width()).toArray()};
        double[] means = new SplittableRandom(2).doubles(encoder.width()).toArray();
        LinearScorer linear = new LinearScorer(weights, new double[] {-1}, Link.SIGMOID, means);
        Ensemble ensemble = new Ensemble(
                List.of(
                        new Member("boosted", 0.5, List.of(new FoldModel(new IdentityEncoder(WIDTH), boosted))),
                        new Member("forest", 0.25, List.of(new FoldModel(new IdentityEncoder(WIDTH), forest))),
                        new Member("linear", 0.25, List.of(new FoldModel(encoder, linear)))),
                new NoCalibrator(),
                1);
        float[][] rows = {random.row(), random.row(), random.row(), random.row()};
        for (float[] row : rows) {
            row[2] = Math.max(-2, Math.min(2, row[2]));
            row[3] = 0.5f;
        }
        Contributions found = new EnsembleExplanation(ensemble, features("x", "y", "x", "z"), Task.BINARY)
                .explain(matrix(rows), rows.length, new int[rows.length]);
        assertThat(found.columns()).containsExactly("x", "y", "z");
        for (int i = 0; i < rows.length; i++) {
            double expected = 0.5 * margin(boosted, rows[i])
                    + 0.25 * logit(margin(forest, rows[i]))
                    + 0.25 * linearMargin(encoder, linear, rows[i]);
            assertThat(found.base() + sum(found.values()[i])).isEqualTo(expected, within(1e-9));
        }
    }

    @Test
    void contributionsOfDeepTreesAddUp() {
        int width = 15;
        RandomTrees random = new RandomTrees(8, width, 3);
        String[] names = new String[width];
        java.util.Arrays.setAll(names, i -> "c" + i);
        for (int i = 0; i < 30; i++) {
            TreeEnsemble trees = TreeEnsemble.of(random.list(5, 16), 1, new double[1], Link.IDENTITY, 1);
            float[] row = random.row();
            Contributions found = new EnsembleExplanation(
                            ensemble(1, new FoldModel(new IdentityEncoder(width), trees)),
                            features(names),
                            Task.REGRESSION)
                    .explain(matrix(row), 1, new int[1]);
            assertThat(found.base() + sum(found.values()[0])).isEqualTo(margin(trees, row), within(1e-9));
        }
    }

    @Test
    void logarithmicTargetsAreExplainedInTheirOwnUnit() {
        RandomTrees random = new RandomTrees(4, WIDTH, 0);
        TreeEnsemble trees = TreeEnsemble.of(random.list(9, 6), 1, new double[] {3}, Link.EXPM1, 1);
        float[] row = random.row();
        Contributions found = new EnsembleExplanation(
                        ensemble(1, new FoldModel(new IdentityEncoder(WIDTH), trees)),
                        features("a", "b", "c", "d"),
                        Task.REGRESSION)
                .explain(matrix(row), 1, new int[1]);
        double[] value = new double[1];
        trees.score(row, value);
        assertThat(found.base() + sum(found.values()[0])).isEqualTo(value[0], within(1e-9));
    }

    @Test
    void severalClassesAreExplainedOneByOne() {
        RandomTrees random = new RandomTrees(6, WIDTH, 0);
        TreeEnsemble trees = TreeEnsemble.of(random.list(12, 5), 3, new double[3], Link.SOFTMAX, 1);
        float[] row = random.row();
        EnsembleExplanation explanation = new EnsembleExplanation(
                ensemble(3, new FoldModel(new IdentityEncoder(WIDTH), trees)),
                features("a", "b", "c", "d"),
                Task.MULTICLASS);
        double[] margins = new double[3];
        trees.margins(row, margins);
        for (int output = 0; output < 3; output++) {
            Contributions found = explanation.explain(matrix(row), 1, new int[] {output});
            assertThat(found.base() + sum(found.values()[0])).isEqualTo(margins[output], within(1e-9));
        }
        assertThat(explanation.explain(matrix(row, row), 2, new int[] {0, 1}).base())
                .isNaN();
    }

    @Test
    void aChildWithoutTrainingRowsDoesNoHarm() {
        Tree tree = new Tree(
                new int[] {0, 0},
                new double[] {0, 1},
                new int[] {~0, ~1},
                new int[] {1, ~2},
                new boolean[2],
                new long[0][],
                new double[] {10, 0},
                new double[] {1, 2, 3},
                new double[] {10, 0, 0});
        TreeEnsemble trees = TreeEnsemble.of(List.of(tree), 1, new double[1], Link.IDENTITY, 1);
        EnsembleExplanation explanation = new EnsembleExplanation(
                ensemble(1, new FoldModel(new IdentityEncoder(1), trees)), features("a"), Task.REGRESSION);
        for (float value : new float[] {-1, 0.5f, 2}) {
            Contributions found = explanation.explain(new float[][] {{value}}, 1, new int[1]);
            double expected = tree.leafValue()[tree.leafOf(new float[] {value})];
            assertThat(found.base() + sum(found.values()[0])).isEqualTo(expected, within(1e-12));
        }
    }

    private static double sum(double[] values) {
        double sum = 0;
        for (double value : values) {
            sum += value;
        }
        return sum;
    }

    private static double margin(TreeEnsemble trees, float[] row) {
        double[] out = new double[1];
        trees.margins(row, out);
        return out[0];
    }

    private static double linearMargin(LinearEncoder encoder, LinearScorer linear, float[] row) {
        float[] encoded = new float[encoder.width()];
        encoder.encode(row, encoded);
        double[] out = new double[1];
        linear.margins(encoded, out);
        return out[0];
    }

    private static double logit(double probability) {
        return Math.log(probability / (1 - probability));
    }
}
