package tatara.specialists.phase3.kubernetesarchitect;

import java.util.ArrayList;
import java.util.List;
import tatara.core.design.ClusterDesign;
import tatara.core.design.ClusterDesign.Resources;
import tatara.core.design.ClusterDesign.Scaling;
import tatara.core.design.Decision;
import tatara.core.design.DeploymentDesign;
import tatara.core.design.Proposal;
import tatara.core.evidence.ModelEvidence;
import tatara.core.spec.Spec;
import tatara.specialists.Figures;
import tatara.specialists.ScoringCost;

/**
 * The Kubernetes architect (K1–K12): computes from counted operations and bytes what the pipeline would need on a cluster; every
 * conversion is a stated planning constant. Deterministic, thread-safe.
 */
public final class KubernetesArchitect {
    private static final double MEGABYTE = 1 << 20;
    private static final double GIGABYTE = 1 << 30;
    /** Memory of the program without a model. */
    private static final int PROGRAM_MEGABYTES = 256;
    /** Memory of a loaded bundle for each byte of it on disk. */
    private static final double LOADED = 4;

    private static final int SERVER_CPU_MILLIS = 1_000;
    private static final int TARGET_CPU_PERCENT = 60;
    private static final int LEAST_REPLICAS = 2;
    private static final int MOST_REPLICAS = 10;
    private static final int TRAINING_CPU_MILLIS = 4_000;
    /** Bytes of a training value, its bin, its share of predictions and of the copies that a fold makes. */
    private static final double BYTES_PER_VALUE = 24;
    /** Volume for each byte of the sources: raw, processed, features, versions of them, predictions. */
    private static final double STORED = 6;

    private static final double SPOT_SHARE = 0.9;

    public Proposal<ClusterDesign> design(Spec spec, DeploymentDesign deployment, ModelEvidence evidence) {
        List<Decision> decisions = new ArrayList<>();
        Resources server = server(deployment, evidence, decisions);
        Scaling scaling = scaling(evidence, decisions);
        Resources training = training(spec, evidence, decisions);
        double storage = storage(deployment, evidence, decisions);
        decisions.add(new Decision(
                Figures.percent(SPOT_SHARE) + " of training may run on spot capacity",
                "each step is written when it is done, so a lost machine costs one step; the last tenth runs on capacity that stays",
                List.of()));
        return new Proposal<>(new ClusterDesign(server, training, scaling, SPOT_SHARE, storage), decisions);
    }

    private static Resources server(DeploymentDesign deployment, ModelEvidence evidence, List<Decision> decisions) {
        double models = (1 + deployment.keepVersions()) * LOADED * evidence.bundleBytes() / MEGABYTE;
        double requests = Math.min(256, 8 * deployment.maxBodyBytes() / MEGABYTE);
        int memory = roundUp(PROGRAM_MEGABYTES + models + requests, 64);
        decisions.add(new Decision(
                "A server pod asks for " + SERVER_CPU_MILLIS + " m of CPU and " + memory + " MB",
                PROGRAM_MEGABYTES + " MB for the program, " + Figures.number(LOADED) + " bytes for each byte of "
                        + (1 + deployment.keepVersions())
                        + " bundles, room for requests in flight; memory is not overcommitted",
                List.of(
                        Figures.evidence("bytes of the bundle", evidence.bundleBytes(), "bundle"),
                        Figures.evidence(
                                "bytes of the greatest request", deployment.maxBodyBytes(), "deployment design"))));
        return new Resources(SERVER_CPU_MILLIS, memory, 2 * SERVER_CPU_MILLIS, memory);
    }

    private static Scaling scaling(ModelEvidence evidence, List<Decision> decisions) {
        ScoringCost cost = ScoringCost.of(evidence);
        double perSecond = SERVER_CPU_MILLIS / 1000.0 * TARGET_CPU_PERCENT / 100.0 * 1000 / cost.millis(1);
        double rounded = Math.max(1, Math.floor(perSecond));
        decisions.add(new Decision(
                LEAST_REPLICAS + " to " + MOST_REPLICAS + " replicas, each for " + Figures.number(rounded)
                        + " requests a second",
                "one core at " + TARGET_CPU_PERCENT + " % answers so many requests of one row: " + cost.formula()
                        + "; two replicas survive the loss of one",
                List.of(
                        Figures.evidence("operations a row", evidence.operationsPerRow(), "hold-out"),
                        Figures.evidence("columns of a request", evidence.inputColumns(), "signature"),
                        Figures.evidence("milliseconds a request", cost.millis(1), "computed"))));
        return new Scaling(LEAST_REPLICAS, MOST_REPLICAS, rounded, TARGET_CPU_PERCENT);
    }

    private static Resources training(Spec spec, ModelEvidence evidence, List<Decision> decisions) {
        double matrix = BYTES_PER_VALUE * evidence.trainRows() * Math.max(1, evidence.inputColumns()) / MEGABYTE;
        double reading = Math.min(4_096, 2 * evidence.dataBytes() / MEGABYTE);
        int memory = roundUp(2 * PROGRAM_MEGABYTES + matrix + reading, 256);
        decisions.add(new Decision(
                "Training asks for " + TRAINING_CPU_MILLIS + " m of CPU and " + memory + " MB",
                Figures.number(BYTES_PER_VALUE)
                        + " bytes a value, and twice the sources up to 4 GB for reading them; candidates"
                        + " train side by side, one a core",
                List.of(
                        Figures.evidence("rows trained on", evidence.trainRows(), "training"),
                        Figures.evidence("columns", evidence.inputColumns(), "signature"),
                        Figures.evidence("bytes of the sources", evidence.dataBytes(), "source audit"),
                        Figures.evidence("training budget in seconds", spec.budgetSeconds(), "requirement"))));
        return new Resources(TRAINING_CPU_MILLIS, memory, TRAINING_CPU_MILLIS, memory);
    }

    private static double storage(DeploymentDesign deployment, ModelEvidence evidence, List<Decision> decisions) {
        double bytes = STORED * evidence.dataBytes() + 10.0 * (1 + deployment.keepVersions()) * evidence.bundleBytes();
        double gigabytes = Math.max(1, Math.ceil(bytes / GIGABYTE));
        decisions.add(new Decision(
                "The volume has " + Figures.number(gigabytes) + " GB",
                Figures.number(STORED)
                        + " times the sources for raw, processed, features, their versions and predictions, and"
                        + " ten times the bundles kept",
                List.of(
                        Figures.evidence("bytes of the sources", evidence.dataBytes(), "source audit"),
                        Figures.evidence("bytes of the bundle", evidence.bundleBytes(), "bundle"))));
        return gigabytes;
    }

    private static int roundUp(double value, int step) {
        double capped = Math.min(value, 1 << 24);
        return (int) (Math.ceil(capped / step) * step);
    }
}
