package tatara.pipeline.compose.sentence;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import tatara.core.spec.Constraints;
import tatara.core.spec.Metric;
import tatara.core.spec.Reading;
import tatara.core.spec.Task;
import tatara.specialists.MetricFit;

/** Chooses the leading metric: the one that the sentence names if it fits, otherwise the task's own. */
final class MetricReader {
    private static final double RARE = 0.05;

    private MetricReader() {}

    /** @param positiveShare share of rows with the positive value, NaN if there is none */
    static Reading read(Sentence sentence, Task task, Constraints constraints, double positiveShare) {
        Optional<Metric> named = ConstraintReader.named(sentence);
        List<String> rejected = new ArrayList<>();
        if (named.isPresent()) {
            String key = named.get().key();
            if (MetricFit.leading(task).contains(named.get())) {
                return new Reading("metric", key, List.of("the sentence names it"), List.of());
            }
            rejected.add(key + ": does not fit the task " + TaskReader.word(task));
        }
        return switch (task) {
            case BINARY -> binary(constraints, positiveShare, rejected);
            case MULTICLASS ->
                new Reading(
                        "metric",
                        Metric.LOG_LOSS.key(),
                        List.of("it judges the probabilities of all classes"),
                        rejected);
            case REGRESSION ->
                new Reading("metric", Metric.RMSE.key(), List.of("the usual measure of a predicted number"), rejected);
            case FORECAST ->
                new Reading("metric", Metric.SMAPE.key(), List.of("it compares series of different size"), rejected);
            case ANOMALY ->
                new Reading("metric", Metric.AVERAGE_PRECISION.key(), List.of("what is unusual is rare"), rejected);
        };
    }

    private static Reading binary(Constraints constraints, double positiveShare, List<String> rejected) {
        boolean ranked =
                constraints.alertsPerDay().isPresent() || constraints.topShare().isPresent();
        if (ranked || positiveShare < RARE) {
            rejected.add("roc_auc: it hardly sees the top of the ranking");
            String why = ranked
                    ? "only the top of the ranking is acted on"
                    : String.format(Locale.ROOT, "only %.2f %% of the rows are positive", 100 * positiveShare);
            return new Reading("metric", Metric.AVERAGE_PRECISION.key(), List.of(why), rejected);
        }
        return new Reading(
                "metric",
                Metric.ROC_AUC.key(),
                List.of("it judges the ranking of all rows, whatever the threshold"),
                rejected);
    }
}
