package tatara.specialists;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import tatara.core.design.ClusterDesign;
import tatara.core.design.ClusterDesign.Resources;
import tatara.core.design.DeploymentDesign;
import tatara.core.design.FeatureDesign;
import tatara.core.design.ObservabilityDesign;
import tatara.core.design.ObservabilityDesign.DriftTest;
import tatara.core.design.ObservabilityDesign.Objective;
import tatara.core.design.ObservabilityDesign.Trigger;
import tatara.core.spec.Spec;

/** The deployment, cluster and observability designs. */
final class ServingChecks {
    private static final Set<String> TESTS = new TreeSet<>(Set.of("psi", "ks", "chi_square"));

    private ServingChecks() {}

    static void deployment(Spec spec, DeploymentDesign design, Findings findings) {
        option(spec, "deployment_mode", design.mode(), "spec.mode", findings);
        option(spec, "serving_platform", design.platform(), "spec.platform", findings);
        findings.atLeast(design.warmupRows(), 0, "spec.warmupRows");
        findings.atLeast(design.parityRows(), 1, "spec.parityRows");
        findings.unless(
                design.parityTolerance() >= 0 && Double.isFinite(design.parityTolerance()),
                "spec.parityTolerance",
                "a tolerance is 0 or more");
        findings.atLeast(design.maxBatchRows(), 1, "spec.maxBatchRows");
        findings.atLeast((double) design.maxBodyBytes(), 1_024, "spec.maxBodyBytes");
        findings.atLeast(design.queueLimit(), 1, "spec.queueLimit");
        findings.atLeast((double) design.deadlineMillis(), 1, "spec.deadlineMillis");
        findings.atLeast(design.keepVersions(), 0, "spec.keepVersions");
        findings.distinct(design.endpoints(), "spec.endpoints", "");
        for (int i = 0; i < design.endpoints().size(); i++) {
            findings.unless(
                    design.endpoints().get(i).startsWith("/"),
                    "spec.endpoints[" + i + "]",
                    "an endpoint starts with /");
        }
    }

    private static void option(Spec spec, String option, String value, String path, Findings findings) {
        Optional.ofNullable(spec.options().get(option))
                .ifPresent(asked -> findings.unless(
                        asked.equals(value), path, "the requirement sets " + option + " to " + Findings.shown(asked)));
    }

    static void cluster(ClusterDesign design, Findings findings) {
        resources(design.server(), "spec.server", findings);
        resources(design.training(), "spec.training", findings);
        findings.atLeast(design.scaling().minReplicas(), 0, "spec.scaling.minReplicas");
        findings.unless(
                design.scaling().maxReplicas() >= Math.max(1, design.scaling().minReplicas()),
                "spec.scaling.maxReplicas",
                "the most replicas are fewer than the least");
        findings.unless(
                design.scaling().requestsPerSecondPerReplica() > 0,
                "spec.scaling.requestsPerSecondPerReplica",
                "a replica answers more than 0 requests a second");
        int percent = design.scaling().targetCpuPercent();
        findings.unless(
                percent >= 1 && percent <= 100,
                "spec.scaling.targetCpuPercent",
                "value: " + percent + " (expected: from 1 to 100)");
        findings.share(design.trainingSpotShare(), "spec.trainingSpotShare");
        findings.unless(design.storageGigabytes() > 0, "spec.storageGigabytes", "a volume is larger than 0");
    }

    private static void resources(Resources resources, String path, Findings findings) {
        findings.atLeast(resources.cpuMillis(), 1, path + ".cpuMillis");
        findings.atLeast(resources.memoryMegabytes(), 1, path + ".memoryMegabytes");
        findings.unless(
                resources.cpuLimitMillis() >= resources.cpuMillis(),
                path + ".cpuLimitMillis",
                "the limit is below the request");
        findings.unless(
                resources.memoryLimitMegabytes() >= resources.memoryMegabytes(),
                path + ".memoryLimitMegabytes",
                "the limit is below the request");
    }

    static void observability(Optional<FeatureDesign> features, ObservabilityDesign design, Findings findings) {
        List<String> watched = new ArrayList<>();
        for (int i = 0; i < design.drift().size(); i++) {
            drift(features, design.drift().get(i), "spec.drift[" + i + "]", findings);
            watched.add(design.drift().get(i).column() + " by "
                    + design.drift().get(i).test());
        }
        findings.distinct(watched, "spec.drift", "column");
        findings.distinct(design.objectives().stream().map(Objective::name).toList(), "spec.objectives", "name");
        for (int i = 0; i < design.objectives().size(); i++) {
            findings.atLeast(design.objectives().get(i).windowDays(), 1, "spec.objectives[" + i + "].windowDays");
        }
        findings.share(design.logSample(), "spec.logSample");
        findings.atLeast(design.windowRows(), 1, "spec.windowRows");
        findings.distinct(design.retraining().stream().map(Trigger::kind).toList(), "spec.retraining", "kind");
    }

    private static void drift(Optional<FeatureDesign> features, DriftTest test, String path, Findings findings) {
        boolean known = test.column().equals("prediction")
                || features.isEmpty()
                || features.get().features().stream()
                        .anyMatch(feature -> feature.column().equals(test.column()));
        findings.unless(
                known, path + ".column", "the feature design has no feature on " + Findings.shown(test.column()));
        findings.unless(
                TESTS.contains(test.test()),
                path + ".test",
                "test: " + Findings.shown(test.test()) + " (" + Findings.among(TESTS) + ")");
        findings.unless(
                test.limit() > 0 && Double.isFinite(test.limit()), path + ".limit", "a limit is a number above 0");
    }
}
