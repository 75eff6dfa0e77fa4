package tatara.train.learner;

import tatara.core.spec.Metric;
import tatara.core.spec.Task;
import tatara.model.calibrate.Link;

/** The metric by which a native learner stops: the leading metric where the library has it, else the loss it minimises. */
final class NativeMetric {
    private NativeMetric() {}

    static String lightGbm(Task task, Metric metric, boolean loss) {
        if (task == Task.BINARY) {
            if (!loss && metric == Metric.ROC_AUC) {
                return "auc";
            }
            return !loss && metric == Metric.AVERAGE_PRECISION ? "average_precision" : "binary_logloss";
        }
        if (task == Task.MULTICLASS) {
            return "multi_logloss";
        }
        return metric == Metric.MAE ? "l1" : "rmse";
    }

    static String xgboost(Task task, Metric metric, boolean loss) {
        if (task == Task.BINARY) {
            if (!loss && metric == Metric.ROC_AUC) {
                return "auc";
            }
            return !loss && metric == Metric.AVERAGE_PRECISION ? "aucpr" : "logloss";
        }
        if (task == Task.MULTICLASS) {
            return "mlogloss";
        }
        return metric == Metric.MAE ? "mae" : "rmse";
    }

    static boolean higherIsBetter(String name) {
        return name.equals("auc") || name.equals("average_precision") || name.equals("aucpr");
    }

    static Link link(TrainingData data) {
        return switch (data.task()) {
            case BINARY -> Link.SIGMOID;
            case MULTICLASS -> Link.SOFTMAX;
            default -> data.logarithm() ? Link.EXPM1 : Link.IDENTITY;
        };
    }
}
