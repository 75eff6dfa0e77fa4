package tatara.train.forecast;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.IntStream;
import tatara.core.design.TrainingDesign;
import tatara.core.spec.Metric;
import tatara.core.spec.Task;
import tatara.model.forecast.BoostedSteps;
import tatara.model.forecast.WindowFeatures;
import tatara.model.transform.OutputFeature;
import tatara.model.tree.TreeEnsemble;
import tatara.train.learner.Fold;
import tatara.train.learner.Learners;
import tatara.train.learner.TrainingData;

/** Boosted trees over the windows of all series; the newest windows stop it early. */
final class PooledBoosting {
    private static final int LEAST_ROWS = 500;

    private final TrainingDesign.Candidate candidate;
    private final WindowFeatures features;
    private final long seed;

    PooledBoosting(TrainingDesign.Candidate candidate, WindowFeatures features, long seed) {
        this.candidate = candidate;
        this.features = features;
        this.seed = seed;
    }

    /** Empty if there are too few rows. */
    Optional<BoostedSteps> fit(PooledRows rows) {
        int[] train = IntStream.range(0, rows.rows())
                .filter(row -> !rows.fresh()[row])
                .toArray();
        int[] fresh =
                IntStream.range(0, rows.rows()).filter(row -> rows.fresh()[row]).toArray();
        if (train.length < LEAST_ROWS || fresh.length == 0) {
            return Optional.empty();
        }
        List<OutputFeature> outputs = new ArrayList<>();
        for (String name : features.names()) {
            outputs.add(new OutputFeature(name, name, List.of(), false));
        }
        TrainingData data =
                new TrainingData(rows.features(), outputs, rows.rows(), rows.labels(), Task.REGRESSION, 0, false);
        try (Learners learners = new Learners(data, Metric.MAE, seed)) {
            TrainingDesign.Candidate boosting = new TrainingDesign.Candidate(
                    candidate.id(), TrainingDesign.Learner.LIGHTGBM, parameters(), candidate.estimatedSeconds());
            TreeEnsemble trees = (TreeEnsemble) learners.of(boosting)
                    .train(new Fold(train, fresh, seed, () -> false))
                    .model()
                    .scorer();
            return Optional.of(new BoostedSteps(trees, rows.limit()));
        }
    }

    private Map<String, Double> parameters() {
        Map<String, Double> parameters = new TreeMap<>(Map.of(
                "rounds", 200.0,
                "patience", 30.0,
                "learning_rate", 0.08,
                "num_leaves", 31.0,
                "min_data_in_leaf", 40.0,
                "feature_fraction", 0.6,
                "lambda_l2", 1.0));
        parameters.putAll(candidate.parameters());
        return parameters;
    }
}
