package tatara.specialists.phase3.mlopsengineer;

import java.util.ArrayList;
import java.util.List;
import tatara.core.design.Decision;
import tatara.core.design.DeploymentDesign;
import tatara.core.design.DeploymentDesign.Strategy;
import tatara.core.design.FeatureDesign;
import tatara.core.design.ProductionDesign;
import tatara.core.design.Proposal;
import tatara.core.evidence.ModelEvidence;
import tatara.core.spec.Spec;
import tatara.core.spec.Task;
import tatara.specialists.Figures;
import tatara.specialists.ScoringCost;

/**
 * The MLOps engineer (V1–V4, R1–R4): decides how the model goes live, how much one request may ask for, and how an earlier
 * version comes back. Deterministic, thread-safe.
 */
public final class MlopsEngineer {
    private static final double USUAL_P99_MILLIS = 200;
    private static final long LONGEST_DEADLINE = 30_000;
    private static final int MEGABYTE = 1 << 20;
    /** Bytes of one cell in a JSON request: its name, its value, the marks around. */
    private static final int BYTES_PER_CELL = 48;

    private static final double WARMUP_OPERATIONS = 20e6;

    /** What reading and transforming a cell costs beside the model's own operations. */
    private static final double CELL_OPERATIONS = 100;

    private static final double SAME_PREDICTION = 1e-9;

    public Proposal<DeploymentDesign> design(
            Spec spec, FeatureDesign features, ProductionDesign production, ModelEvidence evidence) {
        List<Decision> decisions = new ArrayList<>();
        ScoringCost cost = ScoringCost.of(evidence);
        String mode = spec.options().getOrDefault("deployment_mode", "realtime");
        String platform = spec.options().getOrDefault("serving_platform", "embedded");
        Strategy strategy = strategy(evidence, decisions);
        long deadline = deadline(spec, decisions);
        int batch = batch(cost, deadline, evidence, decisions);
        long body =
                Math.min(64L * MEGABYTE, Math.max(MEGABYTE, (long) batch * evidence.inputColumns() * BYTES_PER_CELL));
        int queue = queue(cost, deadline, decisions);
        int warmup = (int) Math.max(
                200,
                Math.min(
                        5_000,
                        WARMUP_OPERATIONS
                                / (1 + evidence.operationsPerRow() + CELL_OPERATIONS * evidence.inputColumns())));
        int parity = (int) Math.max(1, Math.min(500, evidence.evaluation().rows()));
        int keep = evidence.bundleBytes() < 200L * MEGABYTE ? 3 : 1;
        decisions.add(
                0,
                new Decision(
                        "The model answers in mode " + mode + " on " + platform,
                        spec.options().isEmpty()
                                ? "nothing else was asked for: one program serves it"
                                : "the options say so, the rest is the default",
                        spec.options().entrySet().stream()
                                .sorted(java.util.Map.Entry.comparingByKey())
                                .map(option -> Figures.evidence(option.getKey(), option.getValue(), "requirement"))
                                .toList()));
        explainProof(features, production, parity, warmup, keep, evidence, decisions);
        return new Proposal<>(
                new DeploymentDesign(
                        mode,
                        platform,
                        strategy,
                        endpoints(spec),
                        warmup,
                        parity,
                        SAME_PREDICTION,
                        batch,
                        body,
                        queue,
                        deadline,
                        keep),
                decisions);
    }

    private static List<String> endpoints(Spec spec) {
        return List.of(
                "/predict/" + spec.name(),
                "/v2/models/" + spec.name() + "/infer",
                "/invocations/" + spec.name(),
                "/feedback/" + spec.name());
    }

    /** Both versions fit in memory side by side: switch at once. A large bundle is replaced in place. */
    private static Strategy strategy(ModelEvidence evidence, List<Decision> decisions) {
        boolean small = evidence.bundleBytes() < 1_024L * MEGABYTE;
        decisions.add(new Decision(
                small
                        ? "A new version takes over at once, the old one stays ready"
                        : "A new version replaces the old one",
                small
                        ? "both fit in memory side by side, so the switch and the way back cost no downtime"
                        : "two bundles of this size would crowd the memory",
                List.of(Figures.evidence("bytes of the bundle", evidence.bundleBytes(), "bundle"))));
        return small ? Strategy.BLUE_GREEN : Strategy.DIRECT;
    }

    private static long deadline(Spec spec, List<Decision> decisions) {
        double p99 = spec.constraints().maxLatencyMillis().orElse(USUAL_P99_MILLIS);
        long deadline = (long) Math.max(50, Math.min(LONGEST_DEADLINE, 10 * p99));
        decisions.add(new Decision(
                "A request may take " + deadline + " ms",
                "ten times the p99 of " + Figures.number(p99) + " ms that is aimed at: later the caller has given up",
                spec.constraints()
                        .maxLatencyMillis()
                        .map(millis -> List.of(Figures.evidence("asked latency in ms", millis, "requirement")))
                        .orElse(List.of())));
        return deadline;
    }

    private static int batch(ScoringCost cost, long deadline, ModelEvidence evidence, List<Decision> decisions) {
        double rows = (deadline * 1e6 / 4 - cost.requestNanos()) / cost.rowNanos();
        int batch = (int) Math.max(1, Math.min(10_000, rows));
        decisions.add(new Decision(
                "One request may hold " + batch + " rows",
                "they take at most a quarter of the deadline: " + cost.formula(),
                List.of(
                        Figures.evidence("operations a row", evidence.operationsPerRow(), "hold-out"),
                        Figures.evidence("columns of a request", evidence.inputColumns(), "signature"))));
        return batch;
    }

    private static int queue(ScoringCost cost, long deadline, List<Decision> decisions) {
        double single = cost.millis(1);
        int queue = (int) Math.max(16, Math.min(2_000, deadline / 4.0 / single));
        decisions.add(new Decision(
                queue + " requests may wait, more are turned away",
                "a request of one row takes " + Figures.number(single)
                        + " ms; who waits longer than a quarter of the deadline" + " is better told to come again",
                List.of()));
        return queue;
    }

    private static void explainProof(
            FeatureDesign features,
            ProductionDesign production,
            int parity,
            int warmup,
            int keep,
            ModelEvidence evidence,
            List<Decision> decisions) {
        long blocking = production.gates().stream()
                .filter(ProductionDesign.ModelGate::blocks)
                .count();
        decisions.add(new Decision(
                parity + " recorded rows go through every path before the model is live",
                "request and batch run the same code, so their answers have to be equal; " + blocking
                        + " blocking gates stand before",
                List.of(
                        Figures.evidence(
                                "rows of the hold-out", evidence.evaluation().rows(), "evaluation"),
                        Figures.evidence("features", features.features().size(), "feature design"))));
        decisions.add(new Decision(
                warmup + " rows warm the server, " + keep + " earlier versions stay ready",
                features.target().task() == Task.FORECAST
                        ? "the first callers should not wait, and a way back has to be quick"
                        : "the first callers should not wait for the compiler, and a way back has to be quick",
                List.of(Figures.evidence("bytes of the bundle", evidence.bundleBytes(), "bundle"))));
    }
}
