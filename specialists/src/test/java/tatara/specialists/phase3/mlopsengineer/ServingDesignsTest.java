package tatara.specialists.phase3.mlopsengineer;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import tatara.core.design.ClusterDesign;
import tatara.core.design.DataDesign;
import tatara.core.design.DeploymentDesign;
import tatara.core.design.FeatureDesign;
import tatara.core.design.ProductionDesign;
import tatara.core.design.Proposal;
import tatara.core.evidence.ModelEvidence;
import tatara.core.run.Interval;
import tatara.core.spec.Metric;
import tatara.specialists.Asked;
import tatara.specialists.phase1.dataengineer.DataEngineer;
import tatara.specialists.phase1.datascientist.DataScientist;
import tatara.specialists.phase3.kubernetesarchitect.KubernetesArchitect;

class ServingDesignsTest {
    private static final ProductionDesign PRODUCTION = new ProductionDesign(List.of(), 1_000, 1_000, 30, 3);
    private static final Interval AUC = new Interval(0.84, 0.82, 0.86);

    private static DeploymentDesign deployment(Asked asked, ModelEvidence evidence) {
        DataDesign data = new DataEngineer().design(asked.spec(), asked.data()).design();
        FeatureDesign features =
                new DataScientist().design(asked.spec(), asked.data(), data).design();
        return new MlopsEngineer()
                .design(asked.spec(), features, PRODUCTION, evidence)
                .design();
    }

    private static ModelEvidence model(long operations, int columns) {
        return Asked.model(Metric.ROC_AUC, AUC, 5_600, operations, columns);
    }

    @Test
    void answersByDefaultInRealTime() {
        DeploymentDesign design = deployment(Asked.churn(), model(4_000, 20));
        assertThat(design.mode()).isEqualTo("realtime");
        assertThat(design.platform()).isEqualTo("embedded");
        assertThat(design.strategy()).isEqualTo(DeploymentDesign.Strategy.BLUE_GREEN);
        assertThat(design.endpoints()).contains("/predict/name", "/v2/models/name/infer");
        assertThat(design.parityRows()).isEqualTo(500);
    }

    @Test
    void optionsAreTaken() {
        DeploymentDesign design = deployment(
                Asked.churn().options(Map.of("deployment_mode", "batch", "serving_platform", "triton")),
                model(4_000, 20));
        assertThat(design.mode()).isEqualTo("batch");
        assertThat(design.platform()).isEqualTo("triton");
    }

    @Test
    void dearerModelsTakeSmallerRequests() {
        DeploymentDesign cheap = deployment(Asked.churn(), model(4_000, 20));
        DeploymentDesign dear = deployment(Asked.churn(), model(4_000_000, 20));
        assertThat(dear.maxBatchRows()).isLessThan(cheap.maxBatchRows());
        assertThat(dear.queueLimit()).isLessThan(cheap.queueLimit());
        assertThat(dear.warmupRows()).isLessThan(cheap.warmupRows());
        DeploymentDesign hasty = deployment(
                Asked.churn()
                        .constraints(Asked.limits(Optional.empty(), Optional.empty(), Optional.of(10.0), List.of())),
                model(4_000, 20));
        assertThat(hasty.deadlineMillis()).isEqualTo(100);
    }

    @Test
    void theClusterIsComputedFromCounts() {
        Asked asked = Asked.churn();
        ModelEvidence cheap = model(4_000, 20);
        ModelEvidence dear = model(400_000, 20);
        ClusterDesign small = new KubernetesArchitect()
                .design(asked.spec(), deployment(asked, cheap), cheap)
                .design();
        Proposal<ClusterDesign> large = new KubernetesArchitect().design(asked.spec(), deployment(asked, dear), dear);
        assertThat(large.design().scaling().requestsPerSecondPerReplica())
                .isLessThan(small.scaling().requestsPerSecondPerReplica());
        double perSecond = 0.6e9 / (150_000 + 8.0 * 4_000 + 500.0 * 20);
        assertThat(small.scaling().requestsPerSecondPerReplica()).isEqualTo(Math.floor(perSecond));
        assertThat(small.server().memoryLimitMegabytes())
                .isGreaterThanOrEqualTo(small.server().memoryMegabytes());
        assertThat(small.scaling().minReplicas()).isEqualTo(2);
        assertThat(large.decisions()).anyMatch(decision -> decision.why().contains("planning constants"));
        assertThat(large.decisions().stream().flatMap(decision -> decision.evidence().stream()))
                .anyMatch(evidence -> evidence.measure().equals("operations a row")
                        && evidence.value().equals("400000"));
    }

    @Test
    void hugeInputsStayWithinBounds() {
        Asked asked = Asked.churn();
        ModelEvidence huge = new ModelEvidence(
                model(1, 1).evaluation(), 1L << 40, Long.MAX_VALUE / 16, 1_000_000, 1L << 40, 1L << 50);
        DeploymentDesign deployment = deployment(asked, huge);
        assertThat(deployment.maxBatchRows()).isEqualTo(1);
        assertThat(deployment.strategy()).isEqualTo(DeploymentDesign.Strategy.DIRECT);
        ClusterDesign cluster =
                new KubernetesArchitect().design(asked.spec(), deployment, huge).design();
        assertThat(cluster.training().memoryMegabytes()).isPositive();
        assertThat(cluster.storageGigabytes()).isPositive().isFinite();
    }
}
