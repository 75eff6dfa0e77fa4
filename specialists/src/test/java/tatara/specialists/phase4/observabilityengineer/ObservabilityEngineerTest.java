package tatara.specialists.phase4.observabilityengineer;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import tatara.core.design.DataDesign;
import tatara.core.design.DeploymentDesign;
import tatara.core.design.FeatureDesign;
import tatara.core.design.ObservabilityDesign;
import tatara.core.design.ObservabilityDesign.DriftTest;
import tatara.core.design.ObservabilityDesign.Objective;
import tatara.core.evidence.ModelEvidence;
import tatara.core.run.Interval;
import tatara.core.spec.Metric;
import tatara.core.spec.Task;
import tatara.specialists.Asked;
import tatara.specialists.Quantiles;
import tatara.specialists.phase1.dataengineer.DataEngineer;
import tatara.specialists.phase1.datascientist.DataScientist;

class ObservabilityEngineerTest {
    private static final DeploymentDesign DEPLOYMENT = new DeploymentDesign(
            "realtime",
            "embedded",
            DeploymentDesign.Strategy.BLUE_GREEN,
            List.of(),
            200,
            200,
            1e-9,
            1_000,
            1 << 20,
            64,
            2_000,
            3);

    private static ObservabilityDesign design(Asked asked, ModelEvidence evidence) {
        DataDesign data = new DataEngineer().design(asked.spec(), asked.data()).design();
        FeatureDesign features =
                new DataScientist().design(asked.spec(), asked.data(), data).design();
        return new ObservabilityEngineer()
                .design(asked.spec(), features, DEPLOYMENT, evidence)
                .design();
    }

    private static ModelEvidence model(Metric metric, double value, double low, double high, long rows) {
        return Asked.model(metric, new Interval(value, low, high), rows, 4_000, 20);
    }

    @Test
    void driftLimitsAreQuantilesForTheWindow() {
        ObservabilityDesign design = design(Asked.churn(), model(Metric.ROC_AUC, 0.84, 0.82, 0.86, 5_600));
        assertThat(design.drift()).hasSize(20);
        double alpha = 0.01 / 20;
        DriftTest tenure = test(design, "tenure");
        assertThat(tenure.test()).isEqualTo("ks");
        assertThat(tenure.limit())
                .isEqualTo(
                        Quantiles.kolmogorovSmirnov(alpha, 5_600, design.windowRows()),
                        org.assertj.core.api.Assertions.within(1e-4));
        assertThat(test(design, "Contract").test()).isEqualTo("psi");
        assertThat(test(design, "prediction").limit()).isLessThanOrEqualTo(0.1001);
    }

    @Test
    void smallerReferencesAreMoreTolerant() {
        ObservabilityDesign small = design(Asked.churn(), model(Metric.ROC_AUC, 0.84, 0.82, 0.86, 1_000));
        ObservabilityDesign large = design(Asked.churn(), model(Metric.ROC_AUC, 0.84, 0.82, 0.86, 1_000_000));
        assertThat(test(small, "tenure").limit()).isGreaterThan(0);
        assertThat(small.windowRows()).isGreaterThanOrEqualTo(large.windowRows());
    }

    @Test
    void qualityToleratesWhatChanceExplains() {
        Objective narrow = quality(design(Asked.churn(), model(Metric.ROC_AUC, 0.84, 0.835, 0.845, 5_600)));
        assertThat(narrow.target()).isEqualTo(0.84 * 0.95, org.assertj.core.api.Assertions.within(1e-12));
        assertThat(narrow.atLeast()).isTrue();
        Objective wide = quality(design(Asked.churn(), model(Metric.ROC_AUC, 0.84, 0.7, 0.95, 100)));
        assertThat(wide.target()).isEqualTo(0.7);
        Objective error = quality(design(
                Asked.of(Task.REGRESSION, "housing", "median_house_value"), model(Metric.RMSE, 100, 98, 102, 10_000)));
        assertThat(error.target()).isEqualTo(105);
        assertThat(error.atLeast()).isFalse();
    }

    @Test
    void whatIsNotMeasuredStaysFinite() {
        Objective unknown = quality(design(
                Asked.of(Task.ANOMALY, "sensors", ""),
                model(Metric.AVERAGE_PRECISION, Double.NaN, Double.NaN, Double.NaN, 10_000)));
        assertThat(unknown.target()).isFinite();
    }

    @Test
    void retrainingHasFourReasons() {
        ObservabilityDesign design = design(Asked.churn(), model(Metric.ROC_AUC, 0.84, 0.82, 0.86, 5_600));
        assertThat(design.retraining())
                .extracting(ObservabilityDesign.Trigger::kind)
                .containsExactly("quality", "rows", "drift", "schedule");
        assertThat(design.retraining().get(1).limit()).isEqualTo(2_800);
    }

    private static DriftTest test(ObservabilityDesign design, String column) {
        return design.drift().stream()
                .filter(test -> test.column().equals(column))
                .findFirst()
                .orElseThrow();
    }

    private static Objective quality(ObservabilityDesign design) {
        return design.objectives().stream()
                .filter(objective -> objective.name().equals("quality"))
                .findFirst()
                .orElseThrow();
    }
}
