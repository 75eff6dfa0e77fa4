package tatara.pipeline.compose;

import java.util.List;
import java.util.Optional;
import tatara.core.design.FeatureDesign;
import tatara.core.design.ProductionDesign;
import tatara.core.design.Specialist;
import tatara.core.design.TrainingDesign;
import tatara.core.evidence.FeatureEvidence;
import tatara.core.evidence.GateResult;
import tatara.core.frame.Frame;
import tatara.core.json.Json;
import tatara.core.json.RecordCodec;
import tatara.core.spec.Spec;
import tatara.model.bundle.ModelBundle;
import tatara.pipeline.execute.ContentKey;
import tatara.pipeline.execute.StepSpec;
import tatara.specialists.phase2.mlengineer.MlEngineer;
import tatara.specialists.phase2.productionengineer.ProductionEngineer;

/** Phase 2: the ML engineer and the production engineer; training, evaluation, and the gates before the registry. */
final class PhaseTwo {
    private static final int GATES = 1;
    private static final int CHECKED_ROWS = 200;

    private final RunContext run;
    private final HandoffDesk desk;
    private final Spec spec;
    private final DesignedData data;
    private final ModelPath path;

    PhaseTwo(RunContext run, HandoffDesk desk, Spec spec, DesignedData data) {
        this.run = run;
        this.desk = desk;
        this.spec = spec;
        this.data = data;
        this.path = switch (spec.task()) {
            case FORECAST -> new ForecastPath(run, spec, data);
            case ANOMALY -> new AnomalyPath(run, spec, data);
            case BINARY, MULTICLASS, REGRESSION -> new TabularPath(run, spec, data);
        };
    }

    /** The two designs, without training anything but baselines. */
    Optional<TrainedModel> designOnly() {
        designs();
        return Optional.empty();
    }

    private record Designs(Handed<TrainingDesign> training, Handed<ProductionDesign> production) {}

    private Designs designs() {
        FeatureDesign features = data.features().design();
        FeatureEvidence evidence = path.evidence();
        List<Read> reads = List.of(
                new Read("requirement", ContentKey.of(RecordCodec.write(spec))),
                new Read("phase1.data-scientist.output", data.features().key()),
                new Read("evidence.features", ContentKey.of(RecordCodec.write(evidence))));
        Handed<TrainingDesign> training =
                desk.handOff(Specialist.ML_ENGINEER, TrainingDesign.class, reads, () -> new MlEngineer()
                        .design(spec, features, evidence));
        List<Read> productionReads = new java.util.ArrayList<>(reads);
        productionReads.add(new Read("phase2.ml-engineer.output", training.key()));
        Handed<ProductionDesign> production = desk.handOff(
                Specialist.PRODUCTION_ENGINEER, ProductionDesign.class, productionReads, () -> new ProductionEngineer()
                        .design(spec, features, training.design(), evidence));
        desk.check(spec, Optional.of(data.evidence()), Optional.of(evidence));
        return new Designs(training, production);
    }

    TrainedModel execute() {
        Designs designs = designs();
        ModelPath.Result result = path.train(designs.training().design());
        List<GateResult> gates = gates(designs.production(), result);
        return new TrainedModel(
                designs.training(),
                designs.production(),
                path,
                result.bundle(),
                result.bundleKey(),
                result.evaluation(),
                gates,
                result.trainRows());
    }

    private List<GateResult> gates(Handed<ProductionDesign> production, ModelPath.Result result) {
        StepSpec step = StepSpec.of(
                2,
                "gates:model",
                "model gates",
                GATES,
                result.bundleKey(),
                production.key(),
                ContentKey.of(RecordCodec.write(result.evaluation())),
                ContentKey.of(RecordCodec.write(spec.constraints())));
        return run.execution()
                .step(step, scope -> {
                    Frame sample = path.sample(CHECKED_ROWS);
                    List<GateResult> gates = new ModelGates(
                                    ModelBundle.load(result.bundle()),
                                    result.evaluation(),
                                    result.scorerDifference(),
                                    spec.constraints().goals(),
                                    System::nanoTime)
                            .measure(production.design().gates(), sample);
                    return Json.object()
                            .with("gates", RecordCodec.write(gates))
                            .with("summary", Sentences.gates(gates));
                })
                .value(PhaseOne.Judged.class, "")
                .gates();
    }
}
