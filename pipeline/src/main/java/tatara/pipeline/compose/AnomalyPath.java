package tatara.pipeline.compose;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import tatara.core.design.FeatureDesign;
import tatara.core.design.TrainingDesign;
import tatara.core.evidence.FeatureEvidence;
import tatara.core.frame.Frame;
import tatara.core.json.Json;
import tatara.core.json.RecordCodec;
import tatara.core.run.Evaluation;
import tatara.core.spec.Spec;
import tatara.model.bundle.ModelBundle;
import tatara.model.transform.OutputFeature;
import tatara.pipeline.execute.ContentKey;
import tatara.pipeline.execute.StepResult;
import tatara.pipeline.execute.StepSpec;
import tatara.train.anomaly.AnomalyResult;
import tatara.train.anomaly.AnomalyTraining;

/** Rows unlike the others, with or without labels to judge by. */
final class AnomalyPath implements ModelPath {
    private static final int TRAIN = 1;

    private final RunContext run;
    private final Spec spec;
    private final DesignedData data;
    private final FeatureDesign design;
    private final FeatureTable table;

    AnomalyPath(RunContext run, Spec spec, DesignedData data) {
        this.run = run;
        this.spec = spec;
        this.data = data;
        this.design = data.features().design();
        this.table = new FeatureTable(run, spec, data);
    }

    @Override
    public FeatureEvidence evidence() {
        List<OutputFeature> outputs = table.transform().outputs();
        return new FeatureEvidence(
                data.table().rows() - table.holdoutRows(),
                table.holdoutRows(),
                outputs.size(),
                (int) outputs.stream().filter(OutputFeature::isCategory).count(),
                outputs.stream()
                        .mapToInt(output -> output.levels().size())
                        .max()
                        .orElse(0),
                (int) outputs.stream().filter(OutputFeature::term).count(),
                0,
                List.of(),
                0,
                Map.of(),
                run.settings().threads(),
                run.settings().heapMegabytes());
    }

    @Override
    public Result train(TrainingDesign training) {
        List<String> inputs = new ArrayList<>();
        inputs.add(table.key());
        inputs.add(ContentKey.of(RecordCodec.write(training)));
        inputs.add(ContentKey.of(RecordCodec.write(design.evaluation())));
        inputs.add(data.data().key());
        StepResult trained = run.execution()
                .step(new StepSpec("train:anomaly", 2, "train and judge the detector", TRAIN, inputs), scope -> {
                    AnomalyResult made = AnomalyTraining.train(
                            table.trainingRows(),
                            table.holdoutRowsWith(design.evaluation().segments()),
                            table.transform(),
                            design,
                            training,
                            run.execution().events());
                    new HoldoutLedger(run.workspace(), spec.name())
                            .enter("anomaly", run.clock().instant());
                    ModelBundle.tabular(
                                    Signatures.tabular(spec, data, table.transform(), made.threshold()),
                                    table.transform(),
                                    made.ensemble())
                            .write(
                                    ModelPath.bundle(scope.directory()),
                                    Map.of(
                                            "data",
                                            data.tableKey(),
                                            "feature-design",
                                            data.features().key()));
                    return Json.object()
                            .with("value", RecordCodec.write(made.evaluation()))
                            .with("summary", Sentences.evaluated(made.evaluation()));
                });
        long rows = data.table().rows() - table.holdoutRows();
        return new Result(
                ModelPath.bundle(trained.directory()),
                trained.key(),
                trained.value(Evaluation.class),
                Double.NaN,
                rows);
    }

    @Override
    public Frame sample(int rows) {
        List<String> inputs =
                table.transform().inputs().stream().map(field -> field.name()).toList();
        return Samples.head(run.lake().get().frames(data.table(), inputs), rows);
    }
}
