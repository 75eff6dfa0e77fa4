package tatara.model.explain;

import tatara.core.error.Fault;
import tatara.core.error.TataraException;
import tatara.model.ensemble.FoldModel;
import tatara.model.linear.LinearScorer;
import tatara.model.tree.Tree;
import tatara.model.tree.TreeEnsemble;

/** Explains one fold's model by raw columns. Not thread-safe. */
final class FoldExplanation {
    private final FoldModel model;
    private final int[] columnOf;
    private final ExplainedScale scale;
    private final double[] base;
    private final float[] encoded;
    private final double[] margins;
    private final double[] contributions;
    private final TreeShap shap = new TreeShap();

    /** @param columnOf raw column of each shared feature */
    FoldExplanation(FoldModel model, int[] columnOf, ExplainedScale scale) {
        this.model = model;
        int width = model.encoder().width();
        this.columnOf = new int[width];
        for (int i = 0; i < width; i++) {
            this.columnOf[i] = columnOf[model.encoder().source(i)];
        }
        this.scale = scale;
        this.encoded = new float[width];
        this.contributions = new double[width];
        this.margins = new double[model.scorer().outputs()];
        this.base = base();
    }

    private double[] base() {
        double[] expected = new double[margins.length];
        if (model.scorer() instanceof TreeEnsemble trees) {
            double[] sums = new double[margins.length];
            for (int t = 0; t < trees.trees().size(); t++) {
                sums[t % sums.length] += TreeShap.expected(trees.trees().get(t));
            }
            for (int output = 0; output < sums.length; output++) {
                expected[output] = trees.baseScore()[output] + trees.scale() * sums[output];
            }
        } else if (model.scorer() instanceof LinearScorer linear) {
            for (int output = 0; output < expected.length; output++) {
                expected[output] = linear.bias()[output];
                for (int i = 0; i < linear.means().length; i++) {
                    expected[output] += linear.weights()[output][i] * linear.means()[i];
                }
            }
        } else {
            throw new TataraException(
                    ExplainErrorCode.NOT_EXPLAINABLE,
                    Fault.of("A model of class " + model.scorer().getClass().getSimpleName() + " can't be explained")
                            .expecting("trees or a linear model"));
        }
        return expected;
    }

    /** What is expected of an output without knowing any column, on the explained scale. */
    double base(int output) {
        return scale.of(model.scorer(), base[output]);
    }

    /**
     * Adds {@code share} times the contributions of one row to one output.
     *
     * @param features shared feature vector
     * @param sums per raw column
     */
    void add(float[] features, int output, double share, double[] sums) {
        model.encoder().encode(features, encoded);
        java.util.Arrays.fill(contributions, 0);
        if (model.scorer() instanceof TreeEnsemble trees) {
            for (int t = output; t < trees.trees().size(); t += margins.length) {
                Tree tree = trees.trees().get(t);
                shap.add(tree, encoded, trees.scale(), contributions);
            }
            trees.margins(encoded, margins);
        } else {
            LinearScorer linear = (LinearScorer) model.scorer();
            for (int i = 0; i < contributions.length; i++) {
                float value = Float.isNaN(encoded[i]) ? 0 : encoded[i];
                contributions[i] = linear.weights()[output][i] * (value - linear.means()[i]);
            }
            linear.margins(encoded, margins);
        }
        double factor = share * scale.factor(model.scorer(), base[output], margins[output]);
        for (int i = 0; i < contributions.length; i++) {
            sums[columnOf[i]] += factor * contributions[i];
        }
    }
}
