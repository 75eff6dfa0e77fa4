package tatara.web.report;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import tatara.core.design.DataDesign;
import tatara.core.design.DataDesign.Contract;
import tatara.core.design.DataDesign.Role;
import tatara.core.design.Decision;
import tatara.core.design.Evidence;
import tatara.core.design.FeatureDesign;
import tatara.core.design.ObservabilityDesign;
import tatara.core.design.Specialist;
import tatara.core.design.TrainingDesign;
import tatara.core.evidence.CellFormat;
import tatara.core.evidence.ColumnLink;
import tatara.core.evidence.ColumnProfile;
import tatara.core.evidence.ColumnType;
import tatara.core.evidence.DataEvidence;
import tatara.core.evidence.GateResult;
import tatara.core.evidence.NumberSummary;
import tatara.core.evidence.SourceAudit;
import tatara.core.evidence.SourceFile;
import tatara.core.evidence.Suspect;
import tatara.core.evidence.TableProfile;
import tatara.core.evidence.TableRef;
import tatara.core.evidence.TimeSummary;
import tatara.core.evidence.ValueCount;
import tatara.core.json.Json;
import tatara.core.run.Evaluation;
import tatara.core.spec.Constraints;
import tatara.core.spec.DataArgument;
import tatara.core.spec.Goal;
import tatara.core.spec.Metric;
import tatara.core.spec.Reading;
import tatara.core.spec.Spec;
import tatara.core.spec.Task;
import tatara.testkit.subscription.CustomerHistory;
import tatara.testkit.subscription.Scenario;
import tatara.testkit.subscription.Simulation;
import tatara.testkit.subscription.Snapshot;
import tatara.web.report.ReportContent.Example;
import tatara.web.report.ReportContent.HandOff;
import tatara.web.report.ReportContent.RegisteredModel;
import tatara.web.report.ReportContent.StepTime;

/** Contents as runs on simulated customers would give them; the truth plays the model. */
final class SampleContent {
    static final int ROWS = 4_000;
    static final String HASH = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08";

    private SampleContent() {}

    static ReportContent cancellations() {
        Simulation simulation = Simulation.of(Scenario.of(ROWS, 3));
        List<CustomerHistory> customers =
                IntStream.range(0, ROWS).mapToObj(simulation::customer).toList();
        Spec spec = new Spec(
                "customers-cancelled",
                "predict which customers will cancel, ROC AUC at least 0.8",
                List.of(new DataArgument("", "examples/subscriptions")),
                Task.BINARY,
                "customers",
                Optional.of("cancelled"),
                Optional.of("yes"),
                Optional.of("snapshot_date"),
                Optional.of("customer_id"),
                Optional.empty(),
                Metric.ROC_AUC,
                new Constraints(
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.of(1.0),
                        Optional.of(5.0),
                        false,
                        Optional.empty(),
                        List.of(new Goal(Metric.ROC_AUC, true, 0.8))),
                300,
                1,
                Map.of(),
                List.of(
                        new Reading(
                                "target",
                                "cancelled",
                                List.of(
                                        "“cancel” is the stem of the column cancelled",
                                        "it has two values, yes and no"),
                                List.of("newsletter: two values, but no word of the sentence")),
                        new Reading("task", "binary", List.of("cancelled has two values"), List.of())));
        Evaluation evaluation = SampleEvaluations.binary(customers.subList(3_000, ROWS));
        return new ReportContent(
                spec,
                new DataEvidence(
                        List.of(customerTable(customers), paymentTable()),
                        List.of(new ColumnLink("payments", "customer_id", "customers", "customer_id", 1)),
                        suspects()),
                handOffs(),
                List.of(
                        new GateResult("data.min-rows", true, ROWS, 200, true, "4,000 rows, enough to learn from"),
                        new GateResult(
                                "data.duplicates",
                                false,
                                0.031,
                                0.01,
                                false,
                                "3.1 % of the rows repeat an earlier one; they were dropped")),
                List.of(
                        new GateResult("model.beats-baseline", true, 0.12, 0, true, "0.12 above the best baseline"),
                        new GateResult("model.parity", true, 0, 1e-6, true, "1,000 rows answered alike on every path")),
                Optional.of(evaluation),
                Optional.of(new RegisteredModel(
                        "customers-cancelled", "1", "production", Optional.of("http://127.0.0.1:7070"))),
                List.of(
                        new StepTime(1, "Read customers", 0.41, true),
                        new StepTime(1, "Profile", 1.27, false),
                        new StepTime(2, "Train", 298.6, false),
                        new StepTime(3, "Deploy", 2.2, false)),
                provenance(),
                Optional.of(new Example(
                        Json.object()
                                .with("plan", "premium")
                                .with("age", 41)
                                .with("monthly_fee", 39.9)
                                .with("last_ticket_subject", "I can't log in, \"again\"")
                                .with("days_to_renewal", Json.NULL),
                        Optional.of(Json.object()
                                .with("prediction", "yes")
                                .with(
                                        "probabilities",
                                        Json.object().with("yes", 0.71).with("no", 0.29))))));
    }

    static ReportContent with(ReportContent base, Spec spec, Optional<Evaluation> evaluation) {
        return new ReportContent(
                spec,
                base.data(),
                base.handOffs(),
                base.dataGates(),
                base.modelGates(),
                evaluation,
                base.model(),
                base.steps(),
                base.provenance(),
                base.example());
    }

    /** The same, decided as a forecast of daily values would be. */
    static ReportContent daily(ReportContent base) {
        FeatureDesign design = new FeatureDesign(
                List.of(),
                List.of(),
                new FeatureDesign.Target(Task.FORECAST, Optional.of("signups"), List.of(), Optional.empty(), false),
                new FeatureDesign.Split(FeatureDesign.Split.Kind.TIME, Optional.of("date"), 0.07, "the last 28 days"),
                new FeatureDesign.Evaluation(
                        Metric.MASE, List.of(), List.of("seasonal-naive"), List.of(), Optional.empty(), List.of()),
                Optional.of(new FeatureDesign.Forecast(
                        Optional.of("country"), Optional.of("date"), 28, List.of(7), 86_400)));
        return new ReportContent(
                base.spec(),
                base.data(),
                List.of(new HandOff(Specialist.DATA_SCIENTIST, design, List.of(), HASH, false)),
                base.dataGates(),
                base.modelGates(),
                base.evaluation(),
                base.model(),
                base.steps(),
                base.provenance(),
                base.example());
    }

    static Spec asTask(Spec spec, Task task, Metric metric, String sentence, String target) {
        return new Spec(
                spec.name(),
                sentence,
                spec.data(),
                task,
                spec.table(),
                Optional.of(target),
                Optional.empty(),
                spec.time(),
                Optional.empty(),
                task == Task.FORECAST ? Optional.of(28) : Optional.empty(),
                metric,
                Constraints.none(),
                spec.budgetSeconds(),
                spec.seed(),
                Map.of(),
                List.of());
    }

    private static Map<String, String> provenance() {
        Map<String, String> provenance = new LinkedHashMap<>();
        provenance.put("program", "0.1.0");
        provenance.put("data", HASH);
        provenance.put("seed", "1");
        return provenance;
    }

    private static List<Suspect> suspects() {
        return List.of(
                new Suspect(
                        "customer_id",
                        Suspect.Kind.IDENTIFIER,
                        List.of(),
                        "distinct_share",
                        1,
                        "every row has its own",
                        true),
                new Suspect(
                        "cancellation_reason",
                        Suspect.Kind.KNOWN_AFTER_TARGET,
                        List.of(),
                        "roc_auc",
                        0.9987,
                        "filled only where cancelled is yes",
                        true),
                new Suspect(
                        "days_to_renewal",
                        Suspect.Kind.KNOWN_AFTER_TARGET,
                        List.of(),
                        "roc_auc",
                        0.61,
                        "no more than a cause could",
                        false));
    }

    private static TableProfile customerTable(List<CustomerHistory> customers) {
        List<Snapshot> rows = customers.stream().map(CustomerHistory::snapshot).toList();
        List<ColumnProfile> columns = List.of(
                texts("customer_id", ColumnType.IDENTIFIER, rows, Snapshot::customerId),
                time("snapshot_date", rows, Snapshot::snapshotDate),
                time("signup_date", rows, Snapshot::signupDate),
                numbers("tenure_months", ColumnType.INTEGER, rows, Snapshot::tenureMonths),
                texts("plan", ColumnType.CATEGORY, rows, Snapshot::plan),
                texts("country", ColumnType.CATEGORY, rows, Snapshot::country),
                numbers(
                        "age",
                        ColumnType.INTEGER,
                        rows,
                        row -> row.age().isPresent() ? row.age().getAsInt() : Double.NaN),
                numbers("monthly_fee", ColumnType.NUMBER, rows, Snapshot::monthlyFee),
                texts("contract", ColumnType.CATEGORY, rows, Snapshot::contract),
                numbers(
                        "days_to_renewal",
                        ColumnType.INTEGER,
                        rows,
                        row -> row.daysToRenewal().isPresent()
                                ? row.daysToRenewal().getAsInt()
                                : Double.NaN),
                numbers("usage_last_30d", ColumnType.NUMBER, rows, Snapshot::usageLast30d),
                numbers("usage_trend", ColumnType.NUMBER, rows, Snapshot::usageTrend),
                numbers("failed_payments", ColumnType.INTEGER, rows, Snapshot::failedPayments),
                texts("last_ticket_subject", ColumnType.TEXT, rows, row -> row.lastTicketSubject()
                        .orElse("")),
                texts("newsletter", ColumnType.BOOLEAN, rows, row -> row.newsletter() ? "yes" : "no"),
                texts(
                        "cancelled",
                        ColumnType.BOOLEAN,
                        rows,
                        row -> row.cancelled().orElseThrow() ? "yes" : "no"));
        return new TableProfile(
                "customers",
                new TableRef("raw", "customers-cancelled.customers", 1, ROWS),
                new SourceAudit(
                        "customers",
                        "csv",
                        List.of(new SourceFile("/home/ada/data/subscriptions/customers.csv", 456_789, HASH)),
                        new LinkedHashMap<>(Map.of("delimiter", ",")),
                        ROWS,
                        3,
                        "tatara-home/lake/raw/customers.quarantine.jsonl",
                        List.of("the last column had no name and no value; it was dropped")),
                columns,
                124,
                List.of("customer_id"));
    }

    private static TableProfile paymentTable() {
        ColumnProfile id = new ColumnProfile(
                "customer_id",
                ColumnType.IDENTIFIER,
                "values of customers.customer_id",
                CellFormat.plain(),
                9_000,
                0,
                0,
                ROWS,
                List.of(new ValueCount("C0000001", 5)),
                Optional.empty(),
                Optional.empty(),
                8,
                1);
        return new TableProfile(
                "payments",
                new TableRef("raw", "customers-cancelled.payments", 2, 9_000),
                new SourceAudit(
                        "payments",
                        "csv",
                        List.of(new SourceFile("payments.csv", 300_000, HASH)),
                        Map.of(),
                        9_000,
                        0,
                        "",
                        List.of()),
                List.of(id),
                0,
                List.of());
    }

    private static List<HandOff> handOffs() {
        DataDesign data = new DataDesign(
                "customers",
                List.of(new DataDesign.Table(
                        "customers",
                        List.of(
                                contract("customer_id", Role.ENTITY, "names the customer"),
                                contract("cancelled", Role.TARGET, "the question"),
                                contract("plan", Role.FEATURE, "four values"),
                                contract("snapshot_date", Role.TIME, "orders the rows")),
                        List.of("customer_id"),
                        Optional.of("snapshot_date"),
                        Optional.empty(),
                        DataDesign.Duplicates.DROP)),
                List.of(),
                List.of(),
                List.of());
        FeatureDesign features = new FeatureDesign(
                List.of(
                        new FeatureDesign.NumberFeature("age", Optional.empty(), Optional.empty(), true),
                        new FeatureDesign.CategoryFeature("plan", 50, 10),
                        new FeatureDesign.TextFeature("last_ticket_subject", 200, 5, true)),
                List.of(),
                new FeatureDesign.Target(
                        Task.BINARY, Optional.of("cancelled"), List.of("no", "yes"), Optional.of("yes"), false),
                new FeatureDesign.Split(
                        FeatureDesign.Split.Kind.TIME, Optional.of("snapshot_date"), 0.25, "rows are ordered by time"),
                new FeatureDesign.Evaluation(
                        Metric.ROC_AUC, List.of(), List.of("majority"), List.of(), Optional.empty(), List.of("plan")),
                Optional.empty());
        TrainingDesign training = new TrainingDesign(
                5,
                1,
                100_000,
                2,
                List.of(
                        new TrainingDesign.Candidate("lightgbm-1", TrainingDesign.Learner.LIGHTGBM, Map.of(), 20),
                        new TrainingDesign.Candidate("lightgbm-2", TrainingDesign.Learner.LIGHTGBM, Map.of(), 20),
                        new TrainingDesign.Candidate("linear-1", TrainingDesign.Learner.LINEAR, Map.of(), 3)),
                new TrainingDesign.Ensemble(30, 8),
                TrainingDesign.Calibration.BEST,
                300,
                180,
                1);
        ObservabilityDesign watch = new ObservabilityDesign(
                List.of(new ObservabilityDesign.Objective(
                        "answers in time", "latency_p99_ms", false, 50, 28, "a person waits for it")),
                List.of(new ObservabilityDesign.DriftTest("usage_last_30d", "psi", 0.0412)),
                1,
                2_000,
                List.of(new ObservabilityDesign.Trigger("schedule", 30, "labels are complete after 30 days")));
        List<Decision> decisions = List.of(
                new Decision(
                        "customers is the main table; payments is joined to it",
                        "each row is one customer, and the question is about customers",
                        List.of(
                                new Evidence("distinct share of customer_id", "1.0", "profile of customers"),
                                new Evidence("payments.customer_id found in customers", "100 %", "links"))),
                new Decision("rows equal to an earlier one are dropped", "they would weigh twice", List.of()));
        return List.of(
                new HandOff(Specialist.DATA_ENGINEER, data, decisions, HASH, false),
                new HandOff(Specialist.DATA_SCIENTIST, features, decisions, HASH, true),
                new HandOff(Specialist.ML_ENGINEER, training, decisions, HASH, false),
                new HandOff(Specialist.OBSERVABILITY_ENGINEER, watch, decisions.subList(1, 2), HASH, false));
    }

    private static Contract contract(String name, Role role, String why) {
        return new Contract(
                name,
                ColumnType.CATEGORY,
                role,
                CellFormat.plain(),
                false,
                Optional.empty(),
                Optional.empty(),
                List.of(),
                why);
    }

    private static ColumnProfile numbers(
            String name, ColumnType type, List<Snapshot> rows, ToDoubleFunction<Snapshot> value) {
        double[] sorted = rows.stream()
                .mapToDouble(value)
                .filter(Double::isFinite)
                .sorted()
                .toArray();
        double min = sorted[0];
        double max = sorted[sorted.length - 1];
        double[] histogram = new double[20];
        Arrays.stream(sorted).forEach(each -> histogram[(int) Math.min(19, (each - min) / (max - min) * 20)]++);
        double[] quantiles = Arrays.stream(new double[] {0, .01, .05, .1, .25, .5, .75, .9, .95, .99, 1})
                .map(q -> sorted[(int) (q * (sorted.length - 1))])
                .toArray();
        return new ColumnProfile(
                name,
                type,
                "every value is a number",
                CellFormat.plain(),
                rows.size(),
                rows.size() - sorted.length,
                0,
                Arrays.stream(sorted).distinct().count(),
                List.of(),
                Optional.of(new NumberSummary(
                        Arrays.stream(sorted).average().orElseThrow(), 1, min, max, 0, quantiles, histogram, 0, 0)),
                Optional.empty(),
                4,
                1);
    }

    private static ColumnProfile texts(
            String name, ColumnType type, List<Snapshot> rows, Function<Snapshot, String> value) {
        Map<String, Long> counts = rows.stream()
                .map(value)
                .filter(text -> !text.isEmpty())
                .collect(Collectors.groupingBy(text -> text, Collectors.counting()));
        List<ValueCount> top = new ArrayList<>();
        counts.entrySet().stream()
                .sorted(Map.Entry.<String, Long>comparingByValue().reversed().thenComparing(Map.Entry.comparingByKey()))
                .limit(50)
                .forEach(entry -> top.add(new ValueCount(entry.getKey(), entry.getValue())));
        long present = counts.values().stream().mapToLong(Long::longValue).sum();
        return new ColumnProfile(
                name,
                type,
                "few distinct words",
                CellFormat.plain(),
                rows.size(),
                rows.size() - present,
                0,
                counts.size(),
                top,
                Optional.empty(),
                Optional.empty(),
                8,
                1.5);
    }

    private static ColumnProfile time(String name, List<Snapshot> rows, Function<Snapshot, java.time.LocalDate> value) {
        List<Instant> days = rows.stream()
                .map(row ->
                        value.apply(row).atStartOfDay(java.time.ZoneOffset.UTC).toInstant())
                .sorted()
                .toList();
        return new ColumnProfile(
                name,
                ColumnType.TIME,
                "dates, year first",
                CellFormat.plain(),
                rows.size(),
                0,
                0,
                days.stream().distinct().count(),
                List.of(),
                Optional.empty(),
                Optional.of(new TimeSummary(days.get(0), days.get(days.size() - 1), 86_400, 0.4, true)),
                10,
                1);
    }
}
