package tatara.train.learner;

import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import ml.dmlc.xgboost4j.java.Booster;
import ml.dmlc.xgboost4j.java.DMatrix;
import ml.dmlc.xgboost4j.java.XGBoost;
import ml.dmlc.xgboost4j.java.XGBoostError;
import tatara.core.error.Fault;
import tatara.core.error.TataraException;
import tatara.core.spec.Metric;
import tatara.core.spec.Task;
import tatara.model.calibrate.Link;
import tatara.model.ensemble.FoldModel;
import tatara.model.tree.Tree;
import tatara.model.tree.TreeEnsemble;

/**
 * Gradient boosted trees by XGBoost (Chen and Guestrin, KDD 2016): histogram method, one thread, categories one-hot or as
 * out-of-fold target means, stopped early on the rows left out.
 */
final class XgboostLearner implements Learner {
    private static final Set<String> NATIVE = Set.of(
            "eta",
            "max_depth",
            "max_leaves",
            "min_child_weight",
            "subsample",
            "colsample_bytree",
            "colsample_bynode",
            "lambda",
            "alpha",
            "gamma",
            "max_bin",
            "max_delta_step");
    /** One-hot up to so many levels; rounds at most; least patience; leaf-wise growth. */
    private static final Set<String> OWN = Set.of("onehot_levels", "rounds", "patience", "lossguide");

    private final TrainingData data;
    private final LabelScale scale;
    private final float[] labels;
    private final Metric metric;
    private final Parameters parameters;

    XgboostLearner(TrainingData data, LabelScale scale, float[] labels, Metric metric, Parameters parameters) {
        this.data = data;
        this.scale = scale;
        this.labels = labels;
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
        CategoryEncoding encoding =
                CategoryEncoding.fit(data, fold, parameters.integer("onehot_levels", 12), fold.seed());
        try {
            DMatrix train = matrix(encoding.train(), encoding.width(), fold.train());
            try {
                DMatrix valid = matrix(encoding.valid(), encoding.width(), fold.valid());
                try {
                    return train(train, valid, encoding, fold);
                } finally {
                    valid.dispose();
                }
            } finally {
                train.dispose();
            }
        } catch (XGBoostError e) {
            throw new TataraException(
                    TrainErrorCode.NATIVE_CALL,
                    Fault.of("XGBoost: " + e.getMessage()).at("training"),
                    e);
        }
    }

    private DMatrix matrix(float[] values, int width, int[] rows) throws XGBoostError {
        DMatrix matrix = new DMatrix(values, rows.length, width, Float.NaN);
        float[] chosen = new float[rows.length];
        for (int i = 0; i < rows.length; i++) {
            chosen[i] = labels[rows[i]];
        }
        matrix.setLabel(chosen);
        return matrix;
    }

    private FoldResult train(DMatrix train, DMatrix valid, CategoryEncoding encoding, Fold fold) throws XGBoostError {
        int limit = parameters.integer("rounds", 1000);
        String name = NativeMetric.xgboost(data.task(), metric);
        EarlyStopping stopping = new EarlyStopping(parameters.integer("patience", 60));
        Booster booster = XGBoost.train(train, settings(name, fold), 1, Map.of(), null, null);
        try {
            DMatrix[] watched = {valid};
            String[] names = {"valid"};
            boolean done = false;
            for (int round = 1; round <= limit && !done; round++) {
                if (round > 1) {
                    booster.update(train, round - 1);
                }
                done = stopping.after(round, score(booster.evalSet(watched, names, round - 1)));
                done |= round % 16 == 0 && fold.abort().getAsBoolean();
            }
            return result(booster, valid, stopping.bestRound(), encoding, fold);
        } finally {
            booster.dispose();
        }
    }

    private FoldResult result(Booster booster, DMatrix valid, int rounds, CategoryEncoding encoding, Fold fold)
            throws XGBoostError {
        TreeEnsemble scorer = XgboostModel.read(
                booster.toByteArray("ubj"),
                rounds,
                data.scorerOutputs(),
                NativeMetric.link(data),
                scale.centre(),
                scale.scale());
        FoldModel model = new FoldModel(encoding.encoder(), scorer);
        double[][] predictions = ScorerCheck.score(model, data, fold.valid());
        double difference = difference(booster.predict(valid, false, rounds), model, scorer, fold.valid());
        return new FoldResult(model, predictions, rounds, difference);
    }

    /**
     * XGBoost adds leaves up in single precision, tree by tree; thousands of trees round to about 1e-5. To see faults of reading and
     * not that rounding, the trees' leaves are added up likewise here.
     */
    private double difference(float[][] natives, FoldModel model, TreeEnsemble scorer, int[] rows) {
        int[] checked = ScorerCheck.sample(rows);
        int outputs = scorer.outputs();
        double[] base = scorer.baseScore();
        double[][] expected = new double[checked.length][outputs];
        double[][] found = new double[checked.length][outputs];
        float[] shared = new float[data.width()];
        float[] encoded = new float[model.encoder().width()];
        Link link = data.task() == Task.REGRESSION ? Link.IDENTITY : scorer.link();
        for (int i = 0; i < checked.length; i++) {
            data.row(checked[i], shared);
            model.encoder().encode(shared, encoded);
            float[] sums = new float[outputs];
            for (int output = 0; output < outputs; output++) {
                sums[output] = (float) ((base[output] - scale.centre()) / scale.scale());
            }
            for (int tree = 0; tree < scorer.trees().size(); tree++) {
                Tree one = scorer.trees().get(tree);
                sums[tree % outputs] += (float) one.leafValue()[one.leafOf(encoded)];
            }
            float[] row = natives[Arrays.binarySearch(rows, checked[i])];
            for (int output = 0; output < outputs; output++) {
                expected[i][output] = row[output];
                found[i][output] = sums[output];
            }
            link.apply(found[i]);
        }
        ScorerCheck.rescale(expected, scale);
        ScorerCheck.rescale(found, scale);
        return ScorerCheck.difference(expected, found, checked, checked);
    }

    private static double score(String evaluation) {
        String text = evaluation.substring(evaluation.lastIndexOf(':') + 1).strip();
        return text.contains("nan") ? Double.NaN : Double.parseDouble(text);
    }

    private Map<String, Object> settings(String metricName, Fold fold) {
        Map<String, Object> settings = new TreeMap<>();
        parameters.values().forEach((name, value) -> {
            if (NATIVE.contains(name)) {
                settings.put(name, Parameters.text(value));
            }
        });
        settings.put("objective", objective());
        settings.put("base_score", Double.toString(base(fold.train())));
        settings.put("eval_metric", metricName);
        settings.put("tree_method", "hist");
        settings.put("nthread", 1);
        settings.put("verbosity", 0);
        settings.put("seed", fold.intSeed());
        if (parameters.flag("lossguide")) {
            settings.put("grow_policy", "lossguide");
        }
        if (data.task() == Task.MULTICLASS) {
            settings.put("num_class", data.classes());
        }
        return settings;
    }

    private String objective() {
        return switch (data.task()) {
            case BINARY -> "binary:logistic";
            case MULTICLASS -> "multi:softprob";
            default -> metric == Metric.MAE ? "reg:absoluteerror" : "reg:squarederror";
        };
    }

    /** The prior, kept off 0 and 1; 0 where labels are already centred. */
    private double base(int[] rows) {
        if (data.task() == Task.BINARY) {
            double positives =
                    Arrays.stream(rows).mapToDouble(row -> labels[row]).sum();
            return (positives + 0.5) / (rows.length + 1.0);
        }
        return data.task() == Task.MULTICLASS ? 0.5 : 0;
    }
}
