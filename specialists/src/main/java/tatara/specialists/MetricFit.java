package tatara.specialists;

import java.util.EnumSet;
import java.util.Set;
import tatara.core.spec.Metric;
import tatara.core.spec.Task;

/** Which metrics make sense for which task. */
public final class MetricFit {
    private MetricFit() {}

    /** Metrics that a search can optimise. */
    public static Set<Metric> leading(Task task) {
        return switch (task) {
            case BINARY ->
                EnumSet.of(
                        Metric.ROC_AUC,
                        Metric.AVERAGE_PRECISION,
                        Metric.LOG_LOSS,
                        Metric.BRIER,
                        Metric.ACCURACY,
                        Metric.BALANCED_ACCURACY,
                        Metric.F1);
            case MULTICLASS ->
                EnumSet.of(Metric.LOG_LOSS, Metric.BRIER, Metric.ACCURACY, Metric.BALANCED_ACCURACY, Metric.F1);
            case REGRESSION -> EnumSet.of(Metric.RMSE, Metric.MAE, Metric.MAPE, Metric.SMAPE, Metric.R2);
            case FORECAST -> EnumSet.of(Metric.SMAPE, Metric.MASE, Metric.RMSE, Metric.MAE, Metric.MAPE, Metric.R2);
            case ANOMALY -> EnumSet.of(Metric.AVERAGE_PRECISION, Metric.ROC_AUC);
        };
    }

    /** Metrics that can be reported. */
    public static Set<Metric> reported(Task task) {
        Set<Metric> metrics = leading(task);
        if (task.isClassification() || task == Task.ANOMALY) {
            metrics.addAll(EnumSet.of(Metric.PRECISION, Metric.RECALL));
        }
        if (task == Task.MULTICLASS) {
            metrics.add(Metric.ROC_AUC);
        }
        if (task == Task.BINARY || task == Task.ANOMALY) {
            metrics.addAll(EnumSet.of(Metric.PRECISION_AT_K, Metric.F1));
        }
        return metrics;
    }
}
