package tatara.train.learner;

import tatara.core.spec.Metric;
import tatara.core.spec.Task;
import tatara.model.calibrate.Link;

/**
 * The measure by which a native learner stops: the loss it minimises. Stopping by a ranking measure gave the same ranking of new
 * rows on five sets, but folds of different scale: their pooled out-of-fold AUC fell by .001 to .016 and misled the ensemble.
 */
final class NativeMetric {
    private NativeMetric() {}

    static String lightGbm(Task task, Metric metric) {
        return switch (task) {
            case BINARY -> "binary_logloss";
            case MULTICLASS -> "multi_logloss";
            default -> metric == Metric.MAE ? "l1" : "rmse";
        };
    }

    static String xgboost(Task task, Metric metric) {
        return switch (task) {
            case BINARY -> "logloss";
            case MULTICLASS -> "mlogloss";
            default -> metric == Metric.MAE ? "mae" : "rmse";
        };
    }

    static Link link(TrainingData data) {
        return switch (data.task()) {
            case BINARY -> Link.SIGMOID;
            case MULTICLASS -> Link.SOFTMAX;
            default -> data.logarithm() ? Link.EXPM1 : Link.IDENTITY;
        };
    }
}
