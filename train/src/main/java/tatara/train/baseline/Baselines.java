package tatara.train.baseline;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tatara.core.design.FeatureDesign;
import tatara.core.design.TrainingDesign;
import tatara.core.design.TrainingDesign.Candidate;
import tatara.core.spec.Metric;
import tatara.core.spec.Task;
import tatara.model.ensemble.FoldModel;
import tatara.train.evaluate.Metrics;
import tatara.train.evaluate.Splits;
import tatara.train.learner.Fold;
import tatara.train.learner.Learners;
import tatara.train.learner.TrainingData;
import tatara.train.search.TrainingSet;

/**
 * The baselines of a table's target: {@value #MAJORITY} (class shares) or {@value #MEAN}, the best table on {@value #ONE_FEATURE},
 * and a {@value #LINEAR} model. Fitted on at most 20,000 rows. Deterministic.
 */
public final class Baselines {
    public static final String MAJORITY = "majority";
    public static final String MEAN = "mean";
    public static final String ONE_FEATURE = "one-feature";
    public static final String LINEAR = "linear";

    private static final int FOLDS = 5;
    private static final int MOST_ROWS = 20_000;

    private final Metric metric;
    private final long seed;

    /** @param metric leads */
    public Baselines(Metric metric, long seed) {
        this.metric = metric;
        this.seed = seed;
    }

    /** The leading metric of each baseline, five-fold cross-validated on training rows; empty with fewer than 10 rows. */
    public Map<String, Double> crossValidated(TrainingSet set, FeatureDesign.Split.Kind split) {
        TrainingData data = set.data();
        if (set.rows() < 2 * FOLDS) {
            return Map.of();
        }
        int[] foldOf = Splits.folds(split, data.labels(), set.rows(), data.classes(), set.keys(), FOLDS, seed);
        Map<String, double[][]> predictions = new LinkedHashMap<>();
        try (Learners learners = new Learners(data, metric, seed)) {
            for (int fold = 0; fold < FOLDS; fold++) {
                int[] train = rows(foldOf, fold, false);
                int[] valid = rows(foldOf, fold, true);
                if (train.length > 0 && valid.length > 0) {
                    fit(learners, data, train, valid).forEach((name, model) -> {
                        double[][] all = predictions.computeIfAbsent(
                                name, absent -> new double[set.rows()][data.scorerOutputs()]);
                        score(model, data, valid, all);
                    });
                }
            }
        }
        return values(predictions, data);
    }

    /** The leading metric of each baseline fitted on training rows, on the rows of the hold-out. */
    public Map<String, Double> heldOut(TrainingSet training, TrainingSet holdout) {
        if (training.rows() < 2 || holdout.rows() == 0) {
            return Map.of();
        }
        int[] all = new int[training.rows()];
        Arrays.setAll(all, i -> i);
        Map<String, double[][]> predictions = new LinkedHashMap<>();
        try (Learners learners = new Learners(training.data(), metric, seed)) {
            fit(learners, training.data(), all, new int[] {0})
                    .forEach((name, model) ->
                            predictions.put(name, model.score(holdout.data().features(), holdout.rows())));
        }
        return values(predictions, holdout.data());
    }

    private Map<String, FoldModel> fit(Learners learners, TrainingData data, int[] train, int[] valid) {
        int[] rows = evenly(train);
        OneFeature table = new OneFeature(data, rows);
        Map<String, FoldModel> models = new LinkedHashMap<>();
        models.put(data.task() == Task.REGRESSION ? MEAN : MAJORITY, table.constant());
        models.put(ONE_FEATURE, table.fit());
        Candidate linear =
                new Candidate(LINEAR, TrainingDesign.Learner.LINEAR, Map.of("l2_steps", 6.0, "rounds", 100.0), 0);
        models.put(
                LINEAR,
                learners.of(linear)
                        .train(new Fold(rows, valid, seed, () -> false))
                        .model());
        return models;
    }

    private static int[] evenly(int[] rows) {
        if (rows.length <= MOST_ROWS) {
            return rows;
        }
        int[] chosen = new int[MOST_ROWS];
        Arrays.setAll(chosen, i -> rows[(int) ((long) i * rows.length / MOST_ROWS)]);
        return chosen;
    }

    private static int[] rows(int[] foldOf, int fold, boolean inside) {
        List<Integer> rows = new ArrayList<>();
        for (int row = 0; row < foldOf.length; row++) {
            if (foldOf[row] == fold == inside) {
                rows.add(row);
            }
        }
        return rows.stream().mapToInt(i -> i).toArray();
    }

    private static void score(FoldModel model, TrainingData data, int[] rows, double[][] into) {
        float[] shared = new float[data.width()];
        float[] encoded = new float[model.encoder().width()];
        for (int row : rows) {
            data.row(row, shared);
            model.encoder().encode(shared, encoded);
            model.scorer().score(encoded, into[row]);
        }
    }

    private Map<String, Double> values(Map<String, double[][]> predictions, TrainingData data) {
        Metrics metrics = Metrics.forSearch(data.task(), data.classes());
        Map<String, Double> values = new LinkedHashMap<>();
        predictions.forEach((name, rows) -> {
            double value = metrics.of(metric, data.labels(), rows);
            if (!Double.isNaN(value)) {
                values.put(name, value);
            }
        });
        return values;
    }
}
