package tatara.model.explain;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tatara.core.spec.Task;
import tatara.model.ensemble.Ensemble;
import tatara.model.ensemble.FoldModel;
import tatara.model.ensemble.Member;
import tatara.model.transform.OutputFeature;

/**
 * Explains an ensemble: the weighted mean of the SHAP values of its folds' models, summed over the features of each raw column.
 * Exact for trees and linear models. Immutable, thread-safe.
 */
public final class EnsembleExplanation {
    private final Ensemble ensemble;
    private final ExplainedScale scale;
    private final String[] columns;
    private final int[] columnOf;
    private volatile @Nullable List<Weighted> prepared;

    /** A fold's model with its share in the ensemble. */
    private record Weighted(FoldExplanation explanation, double share) {}

    /** @param features the shared features that the ensemble's encoders see */
    public EnsembleExplanation(Ensemble ensemble, List<OutputFeature> features, Task task) {
        this.ensemble = ensemble;
        this.scale = switch (task) {
            case BINARY -> ExplainedScale.LOG_ODDS;
            case MULTICLASS -> ExplainedScale.LOG_PROBABILITY;
            case REGRESSION, FORECAST, ANOMALY -> ExplainedScale.VALUE;
        };
        Map<String, Integer> index = new LinkedHashMap<>();
        this.columnOf = new int[features.size()];
        for (int i = 0; i < columnOf.length; i++) {
            Integer known = index.putIfAbsent(features.get(i).column(), index.size());
            columnOf[i] = known == null ? index.size() - 1 : known;
        }
        this.columns = index.keySet().toArray(String[]::new);
    }

    /**
     * @param features the shared features, [feature][row]
     * @param outputOf for each row which output is explained
     */
    public Contributions explain(float[][] features, int rows, int[] outputOf) {
        double[][] values = new double[rows][columns.length];
        double[] base = new double[ensemble.outputs()];
        float[] shared = new float[features.length];
        for (Weighted fold : folds()) {
            FoldExplanation.Work work = fold.explanation().new Work();
            for (int output = 0; output < base.length; output++) {
                base[output] += fold.share() * fold.explanation().base(output);
            }
            for (int row = 0; row < rows; row++) {
                for (int feature = 0; feature < shared.length; feature++) {
                    shared[feature] = features[feature][row];
                }
                work.add(shared, outputOf[row], fold.share(), values[row]);
            }
        }
        boolean same = Arrays.stream(outputOf, 0, rows).distinct().count() <= 1;
        return new Contributions(columns.clone(), same ? base[rows == 0 ? 0 : outputOf[0]] : Double.NaN, values);
    }

    /** What does not depend on rows, computed on first use; two threads may compute the same. */
    private List<Weighted> folds() {
        List<Weighted> known = prepared;
        if (known == null) {
            known = new ArrayList<>();
            for (Member member : ensemble.members()) {
                double share = member.weight() / member.folds().size();
                for (FoldModel fold : member.folds()) {
                    known.add(new Weighted(new FoldExplanation(fold, columnOf, scale), share));
                }
            }
            prepared = known;
        }
        return known;
    }
}
