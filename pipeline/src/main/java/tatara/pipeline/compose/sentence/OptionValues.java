package tatara.pipeline.compose.sentence;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import tatara.core.error.Fault;
import tatara.core.error.TataraException;

/** The seven options (O1–O7) and the values that each can be set to. */
final class OptionValues {
    private static final Map<String, Set<String>> VALUES = new LinkedHashMap<>();

    static {
        VALUES.put("experiment_tracking", Set.of("mlflow", "wandb", "neptune", "clearml"));
        VALUES.put("feature_store", Set.of("feast", "tecton", "databricks", "custom"));
        VALUES.put("serving_platform", Set.of("embedded", "kserve", "seldon", "torchserve", "triton"));
        VALUES.put("orchestration", Set.of("kubeflow", "airflow", "prefect", "dagster"));
        VALUES.put("cloud_provider", Set.of("aws", "azure", "gcp", "multi-cloud"));
        VALUES.put("deployment_mode", Set.of("realtime", "batch", "streaming", "hybrid"));
        VALUES.put("monitoring_stack", Set.of("prometheus", "datadog", "newrelic", "custom"));
    }

    private OptionValues() {}

    /** @throws TataraException with {@code UNKNOWN_OPTION} that lists what there is */
    static void check(Map<String, String> options) {
        options.forEach((option, value) -> {
            Set<String> values = VALUES.get(option);
            if (values == null) {
                throw unknown("no such option: " + ColumnMatch.shown(option), VALUES.keySet());
            }
            if (!values.contains(value)) {
                throw unknown(
                        "the option " + option + " has no value " + ColumnMatch.shown(value), new TreeSet<>(values));
            }
        });
    }

    private static TataraException unknown(String what, Set<String> known) {
        return new TataraException(
                SentenceErrorCode.UNKNOWN_OPTION,
                Fault.of("--set: " + what)
                        .expecting("one of " + String.join(", ", known))
                        .todo("Correct --set"));
    }
}
