package tatara.specialists.phase2.mlengineer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import tatara.core.design.Decision;
import tatara.core.design.FeatureDesign;
import tatara.core.design.Proposal;
import tatara.core.design.TrainingDesign;
import tatara.core.design.TrainingDesign.Candidate;
import tatara.core.design.TrainingDesign.Learner;
import tatara.core.evidence.FeatureEvidence;
import tatara.core.evidence.ValueCount;
import tatara.core.json.JsonText;
import tatara.core.json.RecordCodec;
import tatara.core.spec.Constraints;
import tatara.core.spec.Metric;
import tatara.core.spec.Spec;
import tatara.core.spec.Task;

class MlEngineerTest {
    private final MlEngineer engineer = new MlEngineer();

    @Test
    void aFewThousandRowsGetEightFoldsAndManyLearners() {
        TrainingDesign design = design(Task.BINARY, 5_600, 19, 60).design();
        assertThat(design.folds()).isEqualTo(8);
        assertThat(design.candidates())
                .extracting(Candidate::learner)
                .contains(Learner.LIGHTGBM, Learner.XGBOOST, Learner.LINEAR, Learner.EXTRA_TREES);
        assertThat(design.candidates().get(0).estimatedSeconds()).isLessThan(3);
        assertThat(design.plannedSeconds())
                .isEqualTo(
                        design.candidates().stream()
                                .mapToDouble(Candidate::estimatedSeconds)
                                .sum(),
                        within(1e-9))
                .isLessThan(48);
        assertThat(design.candidates()).extracting(Candidate::id).doesNotHaveDuplicates();
    }

    @Test
    void theSameEvidenceGivesTheSameDocument() {
        for (Task task : List.of(Task.BINARY, Task.MULTICLASS, Task.REGRESSION)) {
            String first = JsonText.write(
                    RecordCodec.write(design(task, 20_000, 30, 60).design()));
            assertThat(JsonText.write(
                            RecordCodec.write(design(task, 20_000, 30, 60).design())))
                    .isEqualTo(first);
        }
    }

    @Test
    void everyPlanKeepsToItsBudget() {
        for (Task task : List.of(Task.BINARY, Task.MULTICLASS, Task.REGRESSION)) {
            for (long rows : new long[] {2, 30, 500, 8_000, 100_000, 2_000_000, 10_000_000}) {
                for (int width : new int[] {1, 20, 800, 10_000}) {
                    for (double budget : new double[] {5, 60, 600}) {
                        TrainingDesign design =
                                design(task, rows, width, budget).design();
                        String what = task + " " + rows + " x " + width + " in " + budget;
                        assertThat(design.candidates()).as(what).isNotEmpty();
                        double others = design.plannedSeconds()
                                - design.candidates().get(0).estimatedSeconds();
                        assertThat(others).as(what).isLessThanOrEqualTo(0.8 * budget);
                        assertThat(design.folds()).as(what).isBetween(2, 8);
                        assertThat(design.trainingRows() * 4.0 * width).as(what).isLessThan(0.5 * 4_096e6);
                    }
                }
            }
        }
    }

    @Test
    void moreBudgetNeverMeansFewerCandidates() {
        int before = 0;
        for (double budget : new double[] {2, 10, 60, 300}) {
            int candidates = design(Task.REGRESSION, 40_000, 25, budget)
                    .design()
                    .candidates()
                    .size();
            assertThat(candidates).isGreaterThanOrEqualTo(before);
            before = candidates;
        }
        assertThat(before).isGreaterThan(8);
    }

    @Test
    void manyRowsAreSampledAndFoldedLess() {
        TrainingDesign design = design(Task.BINARY, 10_000_000, 20, 60).design();
        assertThat(design.trainingRows()).isBetween(20_000L, 2_000_000L);
        assertThat(design.folds()).isLessThan(8);
    }

    @Test
    void aRareClassLimitsTheFolds() {
        List<ValueCount> classes = List.of(new ValueCount("no", 996), new ValueCount("yes", 4));
        assertThat(design(Task.BINARY, 1_000, 5, 60, classes, Constraints.none())
                        .design()
                        .folds())
                .isEqualTo(4);
    }

    @Test
    void explainableMeansSumsOfTerms() {
        Constraints none = Constraints.none();
        Constraints explainable = new Constraints(
                none.alertsPerDay(),
                none.topShare(),
                none.minPrecision(),
                none.minRecall(),
                none.falsePositiveCost(),
                none.falseNegativeCost(),
                true,
                none.maxLatencyMillis(),
                none.goals());
        TrainingDesign design = design(Task.BINARY, 5_000, 20, 60, classes(Task.BINARY, 5_000), explainable)
                .design();
        assertThat(design.ensemble().maxMembers()).isEqualTo(1);
        assertThat(design.candidates())
                .allMatch(candidate -> candidate.learner() == Learner.LINEAR
                        || candidate.parameters().get("num_leaves") == 2);
    }

    @Test
    void everyDecisionHasAReason() {
        Proposal<TrainingDesign> proposal = design(Task.MULTICLASS, 1_700, 6, 60);
        assertThat(proposal.decisions()).hasSizeGreaterThan(5);
        for (Decision decision : proposal.decisions()) {
            assertThat(decision.what()).isNotBlank();
            assertThat(decision.why()).isNotBlank();
            assertThat(decision.evidence()).as(decision.what()).isNotEmpty();
        }
    }

    private Proposal<TrainingDesign> design(Task task, long rows, int width, double budget) {
        return design(task, rows, width, budget, classes(task, rows), Constraints.none());
    }

    private static List<ValueCount> classes(Task task, long rows) {
        List<ValueCount> classes = new ArrayList<>();
        int count = task == Task.REGRESSION ? 0 : task == Task.BINARY ? 2 : 5;
        for (int one = 0; one < count; one++) {
            classes.add(new ValueCount("class " + one, rows / count));
        }
        return classes;
    }

    private Proposal<TrainingDesign> design(
            Task task, long rows, int width, double budget, List<ValueCount> classes, Constraints constraints) {
        Metric metric = task == Task.REGRESSION ? Metric.RMSE : Metric.LOG_LOSS;
        Spec spec = new Spec(
                "test",
                "predict it",
                List.of(),
                task,
                "table",
                Optional.of("target"),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                metric,
                constraints,
                budget,
                7,
                Map.of(),
                List.of());
        FeatureDesign features = new FeatureDesign(
                List.of(),
                List.of(),
                new FeatureDesign.Target(
                        task,
                        Optional.of("target"),
                        classes.stream().map(ValueCount::value).toList(),
                        Optional.empty(),
                        false),
                new FeatureDesign.Split(FeatureDesign.Split.Kind.RANDOM, Optional.empty(), 0.2, ""),
                new FeatureDesign.Evaluation(metric, List.of(), List.of(), List.of(), Optional.empty(), List.of()),
                Optional.empty());
        FeatureEvidence evidence = new FeatureEvidence(
                rows, rows / 4, width, width / 3, 12, 0, 0.02, classes, 0, Map.of("linear", 0.4), 2, 4_096);
        return engineer.design(spec, features, evidence);
    }
}
