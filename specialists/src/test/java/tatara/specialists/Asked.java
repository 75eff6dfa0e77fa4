package tatara.specialists;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import tatara.core.evidence.ColumnLink;
import tatara.core.evidence.DataEvidence;
import tatara.core.evidence.FeatureEvidence;
import tatara.core.evidence.ModelEvidence;
import tatara.core.evidence.Suspect;
import tatara.core.evidence.TableProfile;
import tatara.core.evidence.ValueCount;
import tatara.core.run.Evaluation;
import tatara.core.run.Interval;
import tatara.core.spec.Constraints;
import tatara.core.spec.Goal;
import tatara.core.spec.Metric;
import tatara.core.spec.Spec;
import tatara.core.spec.Task;
import tatara.testkit.profile.ProfileText;

/** Specs and evidence for tests, built part by part. Each method returns a changed copy. */
public record Asked(Spec spec, List<TableProfile> tables, List<ColumnLink> links, List<Suspect> suspects) {
    public static Asked of(Task task, String table, String target) {
        Metric metric =
                switch (task) {
                    case BINARY -> Metric.ROC_AUC;
                    case MULTICLASS -> Metric.LOG_LOSS;
                    case REGRESSION -> Metric.RMSE;
                    case FORECAST -> Metric.SMAPE;
                    case ANOMALY -> Metric.AVERAGE_PRECISION;
                };
        Spec spec = new Spec(
                "name",
                "predict it",
                List.of(),
                task,
                table,
                Optional.of(target).filter(name -> !name.isEmpty()),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                metric,
                Constraints.none(),
                300,
                1,
                Map.of(),
                List.of());
        return new Asked(spec, List.of(ProfileText.table(table)), List.of(), List.of());
    }

    public static Asked churn() {
        return of(Task.BINARY, "telco", "Churn").positive("true").entity("customerID");
    }

    /** The subscription business in several tables. */
    public static Asked subscriptions() {
        return of(Task.BINARY, "customers", "cancelled")
                .positive("true")
                .entity("customer_id")
                .time("snapshot_date")
                .sentence("predict which customers will cancel")
                .linked("payments", "usage", "tickets", "cancellations");
    }

    public DataEvidence data() {
        return new DataEvidence(tables, links, suspects);
    }

    public TableProfile main() {
        return tables.get(0);
    }

    public Asked sentence(String sentence) {
        return with(
                sentence,
                spec.positive(),
                spec.time(),
                spec.entity(),
                spec.horizon(),
                spec.constraints(),
                spec.options());
    }

    public Asked positive(String value) {
        return with(
                spec.sentence(),
                Optional.of(value),
                spec.time(),
                spec.entity(),
                spec.horizon(),
                spec.constraints(),
                spec.options());
    }

    public Asked time(String column) {
        return with(
                spec.sentence(),
                spec.positive(),
                Optional.of(column),
                spec.entity(),
                spec.horizon(),
                spec.constraints(),
                spec.options());
    }

    public Asked withoutTime() {
        return with(
                spec.sentence(),
                spec.positive(),
                Optional.empty(),
                spec.entity(),
                spec.horizon(),
                spec.constraints(),
                spec.options());
    }

    public Asked entity(String column) {
        return with(
                spec.sentence(),
                spec.positive(),
                spec.time(),
                Optional.of(column),
                spec.horizon(),
                spec.constraints(),
                spec.options());
    }

    public Asked horizon(int steps) {
        return with(
                spec.sentence(),
                spec.positive(),
                spec.time(),
                spec.entity(),
                Optional.of(steps),
                spec.constraints(),
                spec.options());
    }

    public Asked constraints(Constraints constraints) {
        return with(
                spec.sentence(),
                spec.positive(),
                spec.time(),
                spec.entity(),
                spec.horizon(),
                constraints,
                spec.options());
    }

    public Asked options(Map<String, String> options) {
        return with(
                spec.sentence(),
                spec.positive(),
                spec.time(),
                spec.entity(),
                spec.horizon(),
                spec.constraints(),
                options);
    }

    public Asked suspect(String column, Suspect.Kind kind, boolean exclude) {
        Suspect suspect = new Suspect(column, kind, List.of(), "roc_auc", 0.97, "measured on " + column, exclude);
        return new Asked(
                spec,
                tables,
                links,
                java.util.stream.Stream.concat(suspects.stream(), java.util.stream.Stream.of(suspect))
                        .toList());
    }

    private Asked linked(String... names) {
        List<TableProfile> more = java.util.stream.Stream.concat(
                        tables.stream(), java.util.Arrays.stream(names).map(ProfileText::table))
                .toList();
        List<ColumnLink> keys = java.util.Arrays.stream(names)
                .map(name -> new ColumnLink(name, "customer_id", "customers", "customer_id", 1))
                .toList();
        return new Asked(spec, more, keys, suspects);
    }

    private Asked with(
            String sentence,
            Optional<String> positive,
            Optional<String> time,
            Optional<String> entity,
            Optional<Integer> horizon,
            Constraints constraints,
            Map<String, String> options) {
        Spec changed = new Spec(
                spec.name(),
                sentence,
                spec.data(),
                spec.task(),
                spec.table(),
                spec.target(),
                positive,
                time,
                entity,
                horizon,
                spec.metric(),
                constraints,
                spec.budgetSeconds(),
                spec.seed(),
                options,
                spec.readings());
        return new Asked(changed, tables, links, suspects);
    }

    /** No constraint but those given. */
    public static Constraints limits(
            Optional<Double> alerts, Optional<Double> precision, Optional<Double> latency, List<Goal> goals) {
        return new Constraints(
                alerts,
                Optional.empty(),
                precision,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                false,
                latency,
                goals);
    }

    public static FeatureEvidence features(long trainRows, long holdoutRows, ValueCount... classes) {
        return new FeatureEvidence(
                trainRows,
                holdoutRows,
                40,
                5,
                12,
                0,
                0.01,
                List.of(classes),
                0,
                Map.of("linear", 0.82, "majority", 0.5),
                2,
                2_000);
    }

    public static ModelEvidence model(Metric metric, Interval value, long trainRows, long operations, int columns) {
        Evaluation evaluation = new Evaluation(
                Task.BINARY,
                metric,
                value,
                value.value(),
                1_400,
                Map.of(metric.key(), value.value()),
                Map.of(),
                List.of(),
                Optional.empty(),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of());
        return new ModelEvidence(evaluation, 3_000_000, operations, columns, trainRows, 50_000_000);
    }
}
