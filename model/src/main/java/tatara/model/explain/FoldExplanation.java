package tatara.model.explain;

import tatara.core.error.Fault;
import tatara.core.error.TataraException;
import tatara.model.ensemble.FoldModel;
import tatara.model.linear.LinearScorer;
import tatara.model.tree.TreeEnsemble;

/** Explains one fold's model by raw columns. Immutable, thread-safe. */
final class FoldExplanation {
    private final FoldModel model;
    private final int[] columnOf;
    private final ExplainedScale scale;
    private final int outputs;
    private final int[] depths;
    private final double[] base;

    /** What the explanation of one row after the other works with. Not thread-safe. */
    final class Work {
        private final float[] encoded = new float[columnOf.length];
        private final double[] contributions = new double[columnOf.length];
        private final double[] margins = new double[outputs];
        private final TreeShap shap = new TreeShap(columnOf.length);

        /**
         * Adds {@code share} times the contributions of one row to one output.
         *
         * @param features shared feature vector
         * @param sums per raw column
         */
        void add(float[] features, int output, double share, double[] sums) {
            model.encoder().encode(features, encoded);
            java.util.Arrays.fill(contributions, 0);
            double factor = share;
            if (model.scorer() instanceof TreeEnsemble trees) {
                for (int t = output; t < depths.length; t += outputs) {
                    shap.add(trees.trees().get(t), depths[t], encoded, contributions);
                }
                trees.margins(encoded, margins);
                factor *= trees.scale();
            } else if (model.scorer() instanceof LinearScorer linear) {
                for (int i = 0; i < contributions.length; i++) {
                    float value = Float.isNaN(encoded[i]) ? 0 : encoded[i];
                    contributions[i] = linear.weights()[output][i] * (value - linear.means()[i]);
                }
                linear.margins(encoded, margins);
            }
            factor *= scale.factor(model.scorer(), base[output], margins[output]);
            for (int i = 0; i < contributions.length; i++) {
                sums[columnOf[i]] += factor * contributions[i];
            }
        }
    }

    /** @param columnOf raw column of each shared feature */
    FoldExplanation(FoldModel model, int[] columnOf, ExplainedScale scale) {
        this.model = model;
        this.scale = scale;
        this.outputs = model.scorer().outputs();
        this.columnOf = new int[model.encoder().width()];
        for (int i = 0; i < this.columnOf.length; i++) {
            this.columnOf[i] = columnOf[model.encoder().source(i)];
        }
        if (model.scorer() instanceof TreeEnsemble trees) {
            this.depths = trees.trees().stream().mapToInt(TreeShap::depth).toArray();
            this.base = base(trees);
        } else if (model.scorer() instanceof LinearScorer linear) {
            this.depths = new int[0];
            this.base = base(linear);
        } else {
            throw new TataraException(
                    ExplainErrorCode.NOT_EXPLAINABLE,
                    Fault.of("A model of class " + model.scorer().getClass().getSimpleName() + " can't be explained")
                            .expecting("trees or a linear model"));
        }
    }

    private static double[] base(TreeEnsemble trees) {
        double[] expected = trees.baseScore();
        for (int t = 0; t < trees.trees().size(); t++) {
            expected[t % expected.length] +=
                    trees.scale() * TreeShap.expected(trees.trees().get(t));
        }
        return expected;
    }

    private static double[] base(LinearScorer linear) {
        double[] expected = linear.bias().clone();
        for (int output = 0; output < expected.length; output++) {
            for (int i = 0; i < linear.means().length; i++) {
                expected[output] += linear.weights()[output][i] * linear.means()[i];
            }
        }
        return expected;
    }

    /** What is expected of an output without knowing any column, on the explained scale. */
    double base(int output) {
        return scale.of(model.scorer(), base[output]);
    }
}
