package tatara.specialists.phase2.productionengineer;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import tatara.core.design.DataDesign;
import tatara.core.design.FeatureDesign;
import tatara.core.design.ProductionDesign;
import tatara.core.design.ProductionDesign.Check;
import tatara.core.design.ProductionDesign.ModelGate;
import tatara.core.design.TrainingDesign;
import tatara.core.evidence.FeatureEvidence;
import tatara.core.evidence.ValueCount;
import tatara.core.spec.Goal;
import tatara.core.spec.Metric;
import tatara.core.spec.Task;
import tatara.specialists.Asked;
import tatara.specialists.phase1.dataengineer.DataEngineer;
import tatara.specialists.phase1.datascientist.DataScientist;

class ProductionEngineerTest {
    private static final TrainingDesign TRAINING = new TrainingDesign(
            5,
            1,
            1_000_000,
            2,
            List.of(new TrainingDesign.Candidate("a", TrainingDesign.Learner.LINEAR, Map.of(), 1)),
            new TrainingDesign.Ensemble(25, 8),
            TrainingDesign.Calibration.BEST,
            300,
            10,
            1);
    private static final FeatureEvidence LARGE =
            Asked.features(80_000, 20_000, new ValueCount("false", 60_000), new ValueCount("true", 20_000));
    private static final FeatureEvidence SMALL =
            Asked.features(800, 200, new ValueCount("false", 600), new ValueCount("true", 200));

    private static ProductionDesign design(Asked asked, FeatureEvidence evidence) {
        DataDesign data = new DataEngineer().design(asked.spec(), asked.data()).design();
        FeatureDesign features =
                new DataScientist().design(asked.spec(), asked.data(), data).design();
        return new ProductionEngineer()
                .design(asked.spec(), features, TRAINING, evidence)
                .design();
    }

    private static Optional<ModelGate> gate(ProductionDesign design, String id) {
        return design.gates().stream().filter(gate -> gate.id().equals(id)).findFirst();
    }

    @Test
    void toleranceShrinksWithTheHoldout() {
        ProductionDesign small = design(Asked.churn(), SMALL);
        ProductionDesign large = design(Asked.churn(), LARGE);
        for (String id : List.of("model.calibration", "model.overfit")) {
            assertThat(gate(small, id).orElseThrow().limit())
                    .isGreaterThan(gate(large, id).orElseThrow().limit());
        }
        assertThat(gate(small, "model.not-worse").orElseThrow().limit())
                .isLessThan(gate(large, "model.not-worse").orElseThrow().limit());
        assertThat(gate(large, "model.not-worse").orElseThrow().blocks()).isTrue();
        assertThat(gate(large, "model.beats-baseline").orElseThrow().limit()).isZero();
    }

    @Test
    void goalsBlock() {
        Goal goal = new Goal(Metric.ROC_AUC, true, 0.84);
        ProductionDesign design = design(
                Asked.churn()
                        .constraints(
                                Asked.limits(Optional.empty(), Optional.empty(), Optional.of(10.0), List.of(goal))),
                LARGE);
        ModelGate gate = gate(design, "model.goal-roc-auc").orElseThrow();
        assertThat(gate.check()).isEqualTo(Check.GOAL);
        assertThat(gate.limit()).isEqualTo(0.84);
        assertThat(gate.blocks()).isTrue();
        assertThat(gate(design, "model.latency").orElseThrow().limit()).isEqualTo(5_000);
        assertThat(gate(design, "model.latency").orElseThrow().blocks()).isTrue();
    }

    @Test
    void onlyProbabilitiesAreCalibrated() {
        ProductionDesign design =
                design(Asked.of(Task.REGRESSION, "housing", "median_house_value"), Asked.features(16_000, 4_000));
        assertThat(gate(design, "model.calibration")).isEmpty();
        assertThat(gate(design, "model.robust").orElseThrow().limit()).isEqualTo(1);
    }

    @Test
    void unlabelledAnomaliesHaveNoQualityGate() {
        ProductionDesign design = design(Asked.of(Task.ANOMALY, "sensors", ""), Asked.features(16_000, 4_000));
        assertThat(design.gates())
                .noneMatch(gate -> gate.check() == Check.BEATS_BASELINE || gate.check() == Check.OVERFIT_GAP);
    }

    @Test
    void theRunKeepsToTheMachine() {
        ProductionDesign design = design(Asked.churn(), LARGE);
        assertThat(design.heapMegabytes()).isEqualTo(1_500);
        assertThat(design.cacheMegabytes()).isPositive();
        assertThat(design.externalAttempts()).isPositive();
    }
}
