package tatara.train.learner;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tatara.core.spec.Metric;
import tatara.core.spec.Task;
import tatara.model.ensemble.FoldModel;
import tatara.model.ensemble.IdentityEncoder;
import tatara.model.tree.Tree;
import tatara.model.tree.TreeEnsemble;

/**
 * Gradient boosted trees by LightGBM (Ke et al., NeurIPS 2017), with native categories, stopped early on the rows left out.
 * Deterministic: one thread, fixed seeds.
 */
final class LightGbmLearner implements Learner {
    private static final Set<String> NATIVE = Set.of(
            "learning_rate",
            "num_leaves",
            "max_depth",
            "min_data_in_leaf",
            "min_sum_hessian_in_leaf",
            "feature_fraction",
            "feature_fraction_bynode",
            "bagging_fraction",
            "bagging_freq",
            "lambda_l1",
            "lambda_l2",
            "min_gain_to_split",
            "path_smooth",
            "extra_trees",
            "cat_smooth",
            "cat_l2",
            "max_cat_to_onehot",
            "max_cat_threshold",
            "min_data_per_group");
    /** Rounds at most and least patience. */
    private static final Set<String> OWN = Set.of("rounds", "patience");

    private final TrainingData data;
    private final LightGbmDataset dataset;
    private final LabelScale scale;
    private final Metric metric;
    private final Parameters parameters;

    LightGbmLearner(
            TrainingData data, LightGbmDataset dataset, LabelScale scale, Metric metric, Parameters parameters) {
        this.data = data;
        this.dataset = dataset;
        this.scale = scale;
        this.metric = metric;
        this.parameters = parameters;
    }

    static Set<String> known() {
        Set<String> names = new java.util.HashSet<>(NATIVE);
        names.addAll(OWN);
        return names;
    }

    @Override
    public FoldResult train(Fold fold) {
        int limit = parameters.integer("rounds", 1000);
        EarlyStopping stopping = new EarlyStopping(parameters.integer("patience", 60));
        try (LightGbmDataset train = dataset.subset(fold.train());
                LightGbmDataset valid = dataset.subset(fold.valid());
                LightGbmBooster booster = LightGbmBooster.of(train, valid, settings(fold))) {
            boolean done = false;
            for (int round = 1; round <= limit && !done; round++) {
                done = booster.update();
                done |= stopping.after(round, booster.score());
                done |= round % 16 == 0 && fold.abort().getAsBoolean();
            }
            return result(booster, stopping.bestRound(), fold);
        }
    }

    private FoldResult result(LightGbmBooster booster, int rounds, Fold fold) {
        List<Tree> trees = LightGbmText.trees(booster.text(rounds));
        double[] base = new double[data.scorerOutputs()];
        java.util.Arrays.fill(base, scale.centre());
        TreeEnsemble scorer = TreeEnsemble.of(trees, base.length, base, NativeMetric.link(data), scale.scale());
        FoldModel model = new FoldModel(new IdentityEncoder(data.width()), scorer);
        double[][] predictions = ScorerCheck.score(model, data, fold.valid());
        int[] checked = ScorerCheck.sample(fold.valid());
        double[][] natives = booster.predict(data, checked, rounds, base.length);
        ScorerCheck.rescale(natives, scale);
        double difference = ScorerCheck.difference(natives, predictions, fold.valid(), checked);
        return new FoldResult(model, predictions, trees.size() / base.length, difference);
    }

    private String settings(Fold fold) {
        Map<String, String> settings = new LinkedHashMap<>();
        settings.put("objective", objective());
        if (data.task() == Task.MULTICLASS) {
            settings.put("num_class", Integer.toString(data.classes()));
        }
        settings.put("metric", NativeMetric.lightGbm(data.task(), metric));
        parameters.values().forEach((name, value) -> {
            if (NATIVE.contains(name)) {
                settings.put(name, Parameters.text(value));
            }
        });
        settings.put("extra_trees", Boolean.toString(parameters.flag("extra_trees")));
        settings.put("deterministic", "true");
        settings.put("force_row_wise", "true");
        settings.put("num_threads", "1");
        settings.put("verbosity", "-1");
        settings.put("seed", Integer.toString(fold.intSeed()));
        StringBuilder text = new StringBuilder();
        settings.forEach(
                (name, value) -> text.append(name).append('=').append(value).append(' '));
        return text.toString();
    }

    private String objective() {
        return switch (data.task()) {
            case BINARY -> "binary";
            case MULTICLASS -> "multiclass";
            default -> metric == Metric.MAE ? "regression_l1" : "regression";
        };
    }
}
