package tatara.pipeline.compose;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tatara.core.design.DataDesign;
import tatara.core.design.Design;
import tatara.core.design.Specialist;
import tatara.core.error.Problem;
import tatara.core.evidence.ColumnLink;
import tatara.core.evidence.FeatureEvidence;
import tatara.core.evidence.ValueCount;
import tatara.specialists.Consistency;

/** Edits of a person: one text is replaced in a hand-off, and the contradiction has to be found at its place. */
class ConsistencyTest {
    private static final Map<String, Designs> CACHE = new ConcurrentHashMap<>();

    /**
     * @param in which hand-off is edited
     * @param from text replaced once
     * @param document in which the problem is found
     * @param path where in it
     * @param message what the problem says
     */
    private record Edit(
            String data, Specialist in, String from, String to, Specialist document, String path, String message) {
        Edit(String data, Specialist in, String from, String to, String path, String message) {
            this(data, in, from, to, in, path, message);
        }

        @Override
        public String toString() {
            return data + ", " + in.key() + ": " + from.strip().replace('\n', ' ') + " -> "
                    + to.strip().replace('\n', ' ');
        }
    }

    private static Designs designs(String data) {
        return CACHE.computeIfAbsent(data, name -> switch (name) {
            case "telco" ->
                Designs.of(
                        "predict Churn, at least 80 % precision, AUC at least 0.8",
                        Optional.of("Churn"), List.of(), "telco");
            case "subscriptions" ->
                Designs.of(
                        "predict which customers will cancel",
                        Optional.empty(),
                        List.of(new ColumnLink("payments", "customer_id", "customers", "customer_id", 1)),
                        "customers",
                        "payments");
            case "passengers" -> Designs.of("forecast passengers", Optional.empty(), List.of(), "airline_passengers");
            default -> Designs.of("predict price", Optional.of("median_house_value"), List.of(), "housing");
        });
    }

    static Stream<Edit> edits() {
        Specialist data = Specialist.DATA_ENGINEER;
        Specialist features = Specialist.DATA_SCIENTIST;
        Specialist training = Specialist.ML_ENGINEER;
        Specialist production = Specialist.PRODUCTION_ENGINEER;
        Specialist deployment = Specialist.MLOPS_ENGINEER;
        Specialist cluster = Specialist.KUBERNETES_ARCHITECT;
        Specialist watch = Specialist.OBSERVABILITY_ENGINEER;
        return Stream.of(
                new Edit(
                        "telco",
                        data,
                        "mainTable: telco",
                        "mainTable: other",
                        "spec.mainTable",
                        "not among the tables"),
                new Edit(
                        "telco",
                        data,
                        "name: tenure",
                        "name: tenür",
                        "spec.tables[0].columns[5].name",
                        "has no column"),
                new Edit("telco", data, "name: tenure", "name: gender", "spec.tables[0].columns[5].name", "twice"),
                new Edit(
                        "telco",
                        data,
                        "type: integer\n          role: feature",
                        "type: integer\n          role: target",
                        "spec.tables[0].columns[2].role",
                        "target is \"Churn\""),
                new Edit(
                        "telco",
                        data,
                        "role: target",
                        "role: feature",
                        "spec.tables[0].columns[20].role",
                        "its role is target"),
                new Edit(
                        "telco", data, "role: feature", "role: leak", features, "spec.features[0].column", "role leak"),
                new Edit("telco", data, "limit: 0.2", "limit: 20", "spec.gates[", "share from 0 to 1"),
                new Edit("telco", data, "id: data.min-features", "id: data.min-rows", "spec.gates[", "twice"),
                new Edit("telco", data, "layer: raw", "layer: cellar", "spec.retention[0].layer", "cellar"),
                new Edit(
                        "telco",
                        data,
                        "key:\n        - customerID",
                        "key:\n        - nobody",
                        "spec.tables[0].key[0]",
                        "nobody"),
                new Edit(
                        "subscriptions",
                        data,
                        "toColumn: customer_id",
                        "toColumn: id",
                        "spec.links[0].toColumn",
                        "has no column"),
                new Edit("telco", features, "column: tenure", "column: nothing", "spec.features[4].column", "nothing"),
                new Edit(
                        "telco", features, "column: tenure", "column: Churn", "spec.features[4].column", "role target"),
                new Edit(
                        "telco",
                        features,
                        "kind: number-feature\n      column: tenure\n      missingFlag: false",
                        "kind: time-feature\n      column: tenure\n      parts:\n        - month",
                        "spec.features[4].kind",
                        "integer"),
                new Edit("telco", features, "task: binary", "task: multiclass", "spec.target.task", "binary"),
                new Edit("telco", features, "column: Churn", "column: Partner", "spec.target.column", "Churn"),
                new Edit("telco", features, "positive: 'true'", "positive: maybe", "spec.target.positive", "maybe"),
                new Edit(
                        "telco",
                        features,
                        "logarithm: false",
                        "logarithm: true",
                        "spec.target.logarithm",
                        "regression"),
                new Edit("telco", features, "kind: stratified", "kind: group", "spec.split.column", "needs a column"),
                new Edit(
                        "telco",
                        features,
                        "kind: stratified",
                        "kind: time\n    column: gone",
                        "spec.split.column",
                        "gone"),
                new Edit(
                        "telco",
                        features,
                        "kind: stratified",
                        "kind: time\n    column: gender",
                        "spec.split.column",
                        "no order"),
                new Edit("telco", features, "holdoutShare: 0.2", "holdoutShare: 0.9", "spec.split.holdoutShare", "0.9"),
                new Edit("telco", features, "metric: roc-auc", "metric: rmse", "spec.evaluation.metric", "rmse"),
                new Edit(
                        "telco",
                        features,
                        "value: 0.8\n      why",
                        "value: 8\n      why",
                        "spec.evaluation.threshold.value",
                        "share"),
                new Edit("telco", features, "- gender\n", "- Churn\n", "spec.evaluation.segments[0]", "Churn"),
                new Edit("subscriptions", features, "key: customer_id", "key: id", "spec.views[0].key", "\"id\""),
                new Edit(
                        "subscriptions",
                        features,
                        "table: payments",
                        "table: refunds",
                        "spec.views[0].table",
                        "refunds"),
                new Edit(
                        "subscriptions",
                        features,
                        "column: amount",
                        "column: status",
                        "spec.views[5].aggregate",
                        "category"),
                new Edit(
                        "subscriptions",
                        features,
                        "name: payments_count_90d",
                        "name: payments_count_30d",
                        "spec.views[0].name",
                        "twice"),
                new Edit(
                        "subscriptions",
                        data,
                        "eventTime: date",
                        "eventTime: date2",
                        "spec.tables[1].eventTime",
                        "date2"),
                new Edit("passengers", features, "horizon: 18", "horizon: 0", "spec.forecast.horizon", "at least 1"),
                new Edit("passengers", features, "- 12", "- 1", "spec.forecast.periods[0]", "at least 2"),
                new Edit(
                        "passengers",
                        features,
                        "time: Month",
                        "time: Passengers",
                        "spec.forecast.time",
                        "no column of times"),
                new Edit("housing", features, "kind: random", "kind: stratified", "spec.split.kind", "needs classes"),
                new Edit("telco", training, "learner: linear", "learner: theta", "spec.candidates[1].learner", "theta"),
                new Edit("telco", training, "folds: ", "folds: 300", "spec.folds", "class \"Yes\""),
                new Edit("telco", training, "rounds: 25", "rounds: 0", "spec.ensemble.rounds", "at least 1"),
                new Edit(
                        "housing",
                        training,
                        "calibration: none",
                        "calibration: isotonic",
                        "spec.calibration",
                        "probabilities"),
                new Edit("telco", production, "metric: roc-auc", "metric: rmse", "spec.gates[0].metric", "rmse"),
                new Edit(
                        "telco",
                        production,
                        "id: model.not-worse",
                        "id: model.beats-baseline",
                        "spec.gates[1].id",
                        "twice"),
                new Edit("telco", deployment, "maxBatchRows: ", "maxBatchRows: -", "spec.maxBatchRows", "at least 1"),
                new Edit("telco", deployment, "- /predict/churn", "- predict", "spec.endpoints[0]", "starts with /"),
                new Edit("telco", cluster, "minReplicas: 2", "minReplicas: 20", "spec.scaling.maxReplicas", "fewer"),
                new Edit(
                        "telco",
                        cluster,
                        "trainingSpotShare: 0.9",
                        "trainingSpotShare: 90",
                        "spec.trainingSpotShare",
                        "90"),
                new Edit(
                        "telco",
                        cluster,
                        "cpuLimitMillis: 2000",
                        "cpuLimitMillis: 10",
                        "spec.server.cpuLimitMillis",
                        "below"),
                new Edit("telco", watch, "column: tenure", "column: moon", "", "moon"),
                new Edit("telco", watch, "test: ks", "test: feeling", "", "feeling"),
                new Edit("telco", watch, "logSample: 1.0", "logSample: 2.0", "spec.logSample", "share"));
    }

    @ParameterizedTest
    @MethodSource("edits")
    void findsTheContradiction(Edit edit) {
        Designs given = designs(edit.data);
        String text = HandoffFile.write(edit.in, List.of(), given.proposals().get(edit.in));
        int spec = text.indexOf("\nspec:");
        int at = text.indexOf(edit.from, spec);
        assertThat(at).as("the text to edit, in\n" + text.substring(spec)).isNotNegative();
        String edited = text.substring(0, at) + edit.to + text.substring(at + edit.from.length());
        Map<Specialist, Design> designs = new EnumMap<>(given.designs());
        designs.put(
                edit.in, HandoffFile.read(edit.in, edit.in.fileName(), edited).design());
        List<Problem> problems =
                Consistency.check(given.spec(), Optional.of(given.data()), Optional.of(given.features()), designs);
        assertThat(problems).anySatisfy(problem -> {
            assertThat(problem.document()).isEqualTo(edit.document.fileName());
            assertThat(problem.path()).startsWith(edit.path);
            assertThat(problem.message()).contains(edit.message);
        });
    }

    @Test
    void aContractThatIsMissingIsNoticed() {
        Designs given = designs("telco");
        Map<Specialist, Design> designs = given.designs();
        DataDesign data = (DataDesign) designs.get(Specialist.DATA_ENGINEER);
        DataDesign.Table main = data.main();
        List<DataDesign.Contract> fewer = new ArrayList<>(main.columns());
        fewer.removeIf(contract -> contract.name().equals("Churn"));
        designs.put(
                Specialist.DATA_ENGINEER,
                new DataDesign(
                        data.mainTable(),
                        List.of(new DataDesign.Table(
                                main.name(),
                                fewer,
                                main.key(),
                                main.eventTime(),
                                main.arrivalTime(),
                                main.duplicates())),
                        data.links(),
                        data.gates(),
                        data.retention()));
        assertThat(Consistency.check(given.spec(), Optional.of(given.data()), Optional.empty(), designs))
                .extracting(Problem::message)
                .anyMatch(message -> message.contains("\"Churn\" of the data has no contract"))
                .anyMatch(message -> message.contains("target \"Churn\" has no contract"));
    }

    @Test
    void documentsThatAreNotThereYetAreNotMissed() {
        Designs given = designs("telco");
        assertThat(Consistency.check(given.spec(), Optional.empty(), Optional.empty(), Map.of()))
                .isEmpty();
    }

    @Test
    void foldsAreComparedWithTheRarestClass() {
        Designs given = designs("telco");
        FeatureEvidence rare = new FeatureEvidence(
                1_000,
                250,
                10,
                0,
                0,
                0,
                0,
                List.of(new ValueCount("No", 997), new ValueCount("Yes", 3)),
                0,
                Map.of(),
                2,
                1_000);
        assertThat(Consistency.check(given.spec(), Optional.of(given.data()), Optional.of(rare), given.designs()))
                .extracting(Problem::path)
                .containsExactly("spec.folds");
    }
}
