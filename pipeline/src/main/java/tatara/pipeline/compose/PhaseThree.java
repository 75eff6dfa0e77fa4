package tatara.pipeline.compose;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tatara.core.design.ClusterDesign;
import tatara.core.design.DeploymentDesign;
import tatara.core.design.Specialist;
import tatara.core.evidence.ModelEvidence;
import tatara.core.frame.Frame;
import tatara.core.json.Json;
import tatara.core.json.RecordCodec;
import tatara.core.port.ModelRegistry;
import tatara.core.spec.Spec;
import tatara.model.bundle.ModelBundle;
import tatara.pipeline.execute.ContentKey;
import tatara.pipeline.execute.StepResult;
import tatara.pipeline.execute.StepSpec;
import tatara.specialists.phase3.kubernetesarchitect.KubernetesArchitect;
import tatara.specialists.phase3.mlopsengineer.MlopsEngineer;

/** Phase 3: the MLOps engineer and the Kubernetes architect; registration, and going live only after every path answered alike. */
final class PhaseThree {
    private static final int EVIDENCE = 1;
    private static final int LIVE = 1;
    private static final int COUNTED_ROWS = 500;

    private final RunContext run;
    private final HandoffDesk desk;
    private final Spec spec;
    private final DesignedData data;
    private final TrainedModel trained;

    PhaseThree(RunContext run, HandoffDesk desk, Spec spec, DesignedData data, TrainedModel trained) {
        this.run = run;
        this.desk = desk;
        this.spec = spec;
        this.data = data;
        this.trained = trained;
    }

    DeployedModel execute() {
        ModelEvidence evidence = evidence();
        List<Read> reads = List.of(
                new Read("requirement", ContentKey.of(RecordCodec.write(spec))),
                new Read("phase1.data-scientist.output", data.features().key()),
                new Read(
                        "phase2.production-engineer.output",
                        trained.production().key()),
                new Read("evidence.model", ContentKey.of(RecordCodec.write(evidence))));
        Handed<DeploymentDesign> deployment =
                desk.handOff(Specialist.MLOPS_ENGINEER, DeploymentDesign.class, reads, () -> new MlopsEngineer()
                        .design(
                                spec,
                                data.features().design(),
                                trained.production().design(),
                                evidence));
        desk.handOff(
                Specialist.KUBERNETES_ARCHITECT,
                ClusterDesign.class,
                List.of(reads.get(0), new Read("phase3.mlops-engineer.output", deployment.key()), reads.get(3)),
                () -> new KubernetesArchitect().design(spec, deployment.design(), evidence));
        desk.check(spec, Optional.of(data.evidence()), Optional.empty());
        ModelRegistry.Version staged = register();
        LiveCheck.Proof proof = prove(staged, deployment);
        PhaseOne.refuse(
                proof.gates(),
                "live answers differ from batch predictions, so the model does not go to production",
                "This is a fault of the program: please report it with the message above");
        ModelRegistry.Version live = staged.stage().equals("production")
                ? staged
                : run.registry()
                        .get()
                        .promote(
                                spec.name(),
                                staged.version(),
                                "production",
                                "all gates passed, live answers equal batch predictions");
        return new DeployedModel(live, proof.endpoint(), proof.gates(), evidence, deployment, proof.exampleRow());
    }

    private ModelEvidence evidence() {
        StepSpec step = StepSpec.of(
                3,
                "model-evidence",
                "weigh the model",
                EVIDENCE,
                trained.bundleKey(),
                data.tableKey(),
                ContentKey.of(RecordCodec.write(trained.evaluation())));
        return run.execution()
                .step(step, scope -> {
                    ModelBundle bundle = ModelBundle.load(trained.bundle());
                    Frame sample = trained.path().sample(COUNTED_ROWS);
                    ModelEvidence evidence = new ModelEvidence(
                            Portable.evaluation(trained.evaluation()),
                            size(trained.bundle()),
                            bundle.operationsPerRow(sample),
                            bundle.signature().inputs().size(),
                            trained.trainRows(),
                            data.dataBytes());
                    return Json.object()
                            .with("value", RecordCodec.write(evidence))
                            .with(
                                    "summary",
                                    evidence.operationsPerRow() + " operations a row, " + (evidence.bundleBytes() >> 10)
                                            + " KiB");
                })
                .value(ModelEvidence.class);
    }

    private static long size(Path directory) throws IOException {
        try (var files = Files.walk(directory)) {
            long bytes = 0;
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                bytes += Files.size(file);
            }
            return bytes;
        }
    }

    private ModelRegistry.Version register() {
        ModelRegistry registry = run.registry().get();
        ModelRegistry.Version version = registry.register(
                spec.name(),
                trained.bundle(),
                trained.bundleKey(),
                Map.of(
                        "metric",
                        trained.evaluation().metric().key(),
                        "value",
                        Double.toString(trained.evaluation().value().value())));
        if (version.stage().equals("production") || version.stage().equals("staging")) {
            return version;
        }
        return registry.promote(spec.name(), version.version(), "staging", "model gates passed");
    }

    private LiveCheck.Proof prove(ModelRegistry.Version staged, Handed<DeploymentDesign> deployment) {
        StepSpec step = StepSpec.of(
                3,
                "live-check",
                "deploy and compare live answers",
                LIVE,
                trained.bundleKey(),
                Integer.toString(staged.version()),
                deployment.key());
        StepResult result = run.execution().step(step, scope -> {
            Frame rows = trained.path().sample(deployment.design().parityRows());
            LiveCheck check = new LiveCheck(run, spec, deployment.design(), scope.directory());
            LiveCheck.Proof proof = check.prove(staged, rows);
            return Json.object()
                    .with("value", RecordCodec.write(proof))
                    .with("summary", proof.gates().get(0).message());
        });
        return result.value(LiveCheck.Proof.class);
    }
}
