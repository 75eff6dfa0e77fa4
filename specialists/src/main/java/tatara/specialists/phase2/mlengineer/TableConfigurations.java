package tatara.specialists.phase2.mlengineer;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import tatara.core.design.TrainingDesign.Learner;
import tatara.core.evidence.FeatureEvidence;
import tatara.core.spec.Task;

/**
 * The configurations tried on a table, in order of value. They follow the first entries of TabRepo's zero-shot portfolio (Salinas and
 * Erickson, AutoML 2024), thinned by what they added on twelve public sets, and joined by shallow boosters, forests and a linear
 * model, which carried most of the weight on small and noisy sets.
 */
final class TableConfigurations {
    private static final double VALUE_SHARE = 0.6;

    private final FeatureEvidence evidence;
    private final double rows;

    TableConfigurations(FeatureEvidence evidence, double rows) {
        this.evidence = evidence;
        this.rows = rows;
    }

    /**
     * A configuration that may become a candidate.
     *
     * @param parameters by the learner's own names
     */
    record Configuration(String id, Learner learner, Map<String, Double> parameters, String why) {}

    /** All of them for a task, the first a cheap one. */
    List<Configuration> of(Task task) {
        return task == Task.REGRESSION ? valued() : classed();
    }

    Configuration additive() {
        return lightGbm(
                "lightgbm-additive",
                "trees of one split each add up to one readable curve per column",
                "learning_rate",
                0.05,
                "num_leaves",
                2,
                "min_data_in_leaf",
                20);
    }

    private static Configuration quick() {
        return new Configuration(
                "lightgbm-quick",
                Learner.LIGHTGBM,
                Map.of("learning_rate", 0.1, "num_leaves", 15.0, "rounds", 300.0, "patience", 20.0),
                "few small trees give a valid model within seconds");
    }

    Configuration linear() {
        return new Configuration(
                "linear",
                Learner.LINEAR,
                Map.of(),
                evidence.termFeatures() > 0
                        ? "on many sparse terms a regularised linear model is hard to beat"
                        : "it errs differently from trees, and is the surest on few rows");
    }

    private static Configuration deep() {
        return lightGbm(
                "lightgbm-deep",
                "large trees find interactions of many columns",
                "learning_rate",
                0.05,
                "num_leaves",
                128,
                "feature_fraction",
                0.7,
                "min_data_in_leaf",
                5);
    }

    private static Configuration middle() {
        return lightGbm(
                "lightgbm-middle",
                "middle-sized trees on a part of the columns each",
                "learning_rate",
                0.03,
                "num_leaves",
                53,
                "feature_fraction",
                0.7,
                "min_data_in_leaf",
                14);
    }

    private static Configuration shallow() {
        return lightGbm(
                "lightgbm-shallow",
                "many small trees follow smooth, additive effects",
                "learning_rate",
                0.03,
                "num_leaves",
                7,
                "feature_fraction",
                0.6,
                "min_data_in_leaf",
                20,
                "lambda_l2",
                2,
                "bagging_fraction",
                0.8,
                "bagging_freq",
                1);
    }

    private static Configuration shallowRandom() {
        return lightGbm(
                "lightgbm-shallow-random",
                "small trees with random cuts over-fit least where the target is noisy",
                "learning_rate",
                0.03,
                "num_leaves",
                7,
                "feature_fraction",
                0.6,
                "min_data_in_leaf",
                20,
                "lambda_l2",
                2,
                "bagging_fraction",
                0.9,
                "bagging_freq",
                1,
                "extra_trees",
                1);
    }

    private static Configuration random() {
        return lightGbm(
                "lightgbm-random",
                "random cuts on less than half of the columns make trees that differ",
                "learning_rate",
                0.03,
                "num_leaves",
                39,
                "feature_fraction",
                0.46,
                "bagging_fraction",
                0.877,
                "bagging_freq",
                1,
                "lambda_l1",
                0.24,
                "lambda_l2",
                0.36,
                "cat_smooth",
                15.4,
                "cat_l2",
                0.34,
                "max_cat_to_onehot",
                16,
                "min_data_per_group",
                9,
                "min_data_in_leaf",
                3,
                "extra_trees",
                1);
    }

    private static Configuration smooth() {
        return lightGbm(
                "lightgbm-smooth",
                "random cuts with large leaves",
                "learning_rate",
                0.04,
                "num_leaves",
                16,
                "feature_fraction",
                0.56,
                "min_data_in_leaf",
                48,
                "extra_trees",
                1);
    }

    private static Configuration xgboostShallow() {
        return xgboost(
                "xgboost-shallow",
                "trees of three levels, categories as numbers",
                "eta",
                0.04,
                "max_depth",
                3,
                "colsample_bytree",
                0.6,
                "subsample",
                0.8,
                "min_child_weight",
                3);
    }

    private static Configuration xgboostMiddle() {
        return xgboost(
                "xgboost-middle",
                "trees of five levels, categories as numbers",
                "eta",
                0.08,
                "max_depth",
                5,
                "colsample_bytree",
                0.66,
                "min_child_weight",
                0.63);
    }

    private static Configuration xgboostDeep() {
        return xgboost(
                "xgboost-deep",
                "trees of ten levels, grown level by level",
                "eta",
                0.05,
                "max_depth",
                10,
                "colsample_bytree",
                0.6,
                "min_child_weight",
                0.6);
    }

    /** A forest; the more rows, the larger its leaves, so that its size stays bounded. */
    private Configuration forest(String id, double leafRows, double share, String why) {
        double least = Math.max(leafRows, Math.ceil(rows / 8_000));
        return new Configuration(
                id,
                Learner.EXTRA_TREES,
                map("trees", 60, "min_leaf", least, "fit_rows", 100_000, "feature_share", share),
                why);
    }

    private List<Configuration> classed() {
        double root = Math.sqrt(Math.max(1, evidence.width())) / Math.max(1, evidence.width());
        return List.of(
                quick(),
                linear(),
                shallowRandom(),
                xgboostShallow(),
                additive(),
                middle(),
                forest(
                        "extra-trees",
                        1,
                        root,
                        "a forest of random trees with pure leaves: strong where boosting over-fits"),
                random(),
                xgboostMiddle(),
                shallow(),
                forest("extra-trees-smooth", 10, root, "a forest with larger leaves: smoother probabilities"),
                deep(),
                smooth(),
                xgboostDeep());
    }

    private List<Configuration> valued() {
        return List.of(
                quick(),
                linear(),
                middle(),
                xgboostMiddle(),
                deep(),
                forest(
                        "extra-trees",
                        1,
                        VALUE_SHARE,
                        "a forest of random trees: strong where neighbours have like values"),
                random(),
                shallow(),
                xgboostDeep(),
                xgboostShallow(),
                shallowRandom());
    }

    private static Configuration lightGbm(String id, String why, Object... parameters) {
        return new Configuration(id, Learner.LIGHTGBM, map(parameters), why);
    }

    private static Configuration xgboost(String id, String why, Object... parameters) {
        return new Configuration(id, Learner.XGBOOST, map(parameters), why);
    }

    private static Map<String, Double> map(Object... parameters) {
        Map<String, Double> map = new TreeMap<>();
        for (int i = 0; i < parameters.length; i += 2) {
            map.put((String) parameters[i], ((Number) parameters[i + 1]).doubleValue());
        }
        return map;
    }
}
