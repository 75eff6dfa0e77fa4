package tatara.train.evaluate;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import tatara.core.run.Evaluation.Importance;
import tatara.core.spec.Task;
import tatara.model.ensemble.Ensemble;
import tatara.model.ensemble.FoldModel;
import tatara.model.ensemble.Member;
import tatara.model.explain.Contributions;
import tatara.model.explain.EnsembleExplanation;
import tatara.model.transform.OutputFeature;
import tatara.model.tree.Tree;
import tatara.model.tree.TreeEnsemble;

/** Columns by mean absolute SHAP value (Lundberg et al., Nature Machine Intelligence 2020) over an even sample of rows. */
public final class Importances {
    private static final int MOST_ROWS = 300;
    private static final int LEAST_ROWS = 20;
    private static final double MOST_NODES = 8_000_000;

    private Importances() {}

    /**
     * @param features the shared features of some rows, [feature][row]; at most 300 of them are explained, fewer for large ensembles
     * @return greatest first, ties by name
     */
    public static List<Importance> of(
            Ensemble ensemble, List<OutputFeature> outputs, Task task, float[][] features, int rows) {
        int count = (int) Math.min(rows, Math.max(LEAST_ROWS, Math.min(MOST_ROWS, MOST_NODES / nodes(ensemble))));
        float[][] sample = new float[features.length][count];
        for (int feature = 0; feature < features.length; feature++) {
            for (int i = 0; i < count; i++) {
                sample[feature][i] = features[feature][(int) ((long) i * rows / count)];
            }
        }
        int[] explained = new int[count];
        if (task == Task.MULTICLASS) {
            double[][] scores = ensemble.score(sample, count);
            for (int row = 0; row < count; row++) {
                for (int output = 1; output < scores[row].length; output++) {
                    explained[row] = scores[row][output] > scores[row][explained[row]] ? output : explained[row];
                }
            }
        }
        Contributions contributions =
                new EnsembleExplanation(ensemble, outputs, task).explain(sample, count, explained);
        double[] means = contributions.meanAbsolute();
        double total = 0;
        for (double mean : means) {
            total += mean;
        }
        List<Importance> importance = new ArrayList<>();
        for (int column = 0; column < means.length; column++) {
            importance.add(new Importance(
                    contributions.columns()[column], means[column], total > 0 ? means[column] / total : 0));
        }
        importance.sort(
                Comparator.comparingDouble((Importance one) -> -one.value()).thenComparing(Importance::column));
        return importance;
    }

    private static double nodes(Ensemble ensemble) {
        double nodes = 1;
        for (Member member : ensemble.members()) {
            for (FoldModel fold : member.folds()) {
                if (fold.scorer() instanceof TreeEnsemble trees) {
                    nodes += trees.trees().stream().mapToDouble(Tree::nodes).sum();
                }
            }
        }
        return nodes;
    }
}
