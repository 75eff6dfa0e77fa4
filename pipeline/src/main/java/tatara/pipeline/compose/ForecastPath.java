package tatara.pipeline.compose;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tatara.core.design.FeatureDesign;
import tatara.core.design.TrainingDesign;
import tatara.core.evidence.FeatureEvidence;
import tatara.core.frame.Frame;
import tatara.core.frame.FrameSource;
import tatara.core.json.Json;
import tatara.core.json.RecordCodec;
import tatara.core.run.Evaluation;
import tatara.core.spec.Spec;
import tatara.model.bundle.ModelBundle;
import tatara.pipeline.execute.ContentKey;
import tatara.pipeline.execute.StepResult;
import tatara.pipeline.execute.StepSpec;
import tatara.train.forecast.ForecastResult;
import tatara.train.forecast.ForecastTraining;
import tatara.train.forecast.SeriesSet;

/** Forecasts of one or many series; the hold-out is the last steps of each, set apart inside training. */
final class ForecastPath implements ModelPath {
    private static final int EVIDENCE = 1;
    private static final int TRAIN = 2;

    private final RunContext run;
    private final Spec spec;
    private final DesignedData data;
    private final FeatureDesign design;
    private @Nullable ModelBundle bundle;

    ForecastPath(RunContext run, Spec spec, DesignedData data) {
        this.run = run;
        this.spec = spec;
        this.data = data;
        this.design = data.features().design();
    }

    private List<String> columns() {
        FeatureDesign.Forecast forecast = design.forecast().orElseThrow();
        Set<String> columns = new LinkedHashSet<>();
        forecast.series().ifPresent(columns::add);
        forecast.time().ifPresent(columns::add);
        if (forecast.time().isEmpty()
                && data.data().design().main().find("step").isPresent()) {
            columns.add("step");
        }
        design.features().forEach(feature -> columns.add(feature.column()));
        design.target().column().ifPresent(columns::add);
        return List.copyOf(columns);
    }

    private FrameSource rows() {
        return run.lake().get().frames(data.table(), columns());
    }

    private String forecastKey() {
        return ContentKey.of(
                data.tableKey(),
                ContentKey.of(RecordCodec.write(design.forecast().orElseThrow())),
                ContentKey.of(RecordCodec.write(design.target())),
                ContentKey.of(RecordCodec.write(design.features())));
    }

    @Override
    public FeatureEvidence evidence() {
        StepSpec step = StepSpec.of(
                1,
                "series",
                "gather the series",
                EVIDENCE,
                forecastKey(),
                Integer.toString(run.settings().threads()),
                Integer.toString(run.settings().heapMegabytes()));
        return run.execution()
                .step(step, scope -> {
                    SeriesSet set = SeriesSet.read(rows(), design);
                    int horizon = design.forecast().orElseThrow().horizon();
                    long held = (long) set.series().size() * horizon;
                    FeatureEvidence evidence = new FeatureEvidence(
                            Math.max(0, set.observations() - held),
                            Math.min(held, set.observations()),
                            columns().size(),
                            0,
                            0,
                            0,
                            0,
                            List.of(),
                            set.series().size(),
                            Map.of(),
                            run.settings().threads(),
                            run.settings().heapMegabytes());
                    return Json.object()
                            .with("value", RecordCodec.write(evidence))
                            .with("summary", set.series().size() + " series, " + set.observations() + " observations");
                })
                .value(FeatureEvidence.class);
    }

    @Override
    public Result train(TrainingDesign training) {
        List<String> inputs = new ArrayList<>();
        inputs.add(forecastKey());
        inputs.add(ContentKey.of(RecordCodec.write(training)));
        inputs.add(ContentKey.of(RecordCodec.write(design.evaluation())));
        inputs.add(data.data().key());
        StepResult trained = run.execution()
                .step(new StepSpec("train:forecast", 2, "train and judge forecasts", TRAIN, inputs), scope -> {
                    ForecastResult made = ForecastTraining.train(
                            rows(), design, training, run.execution().events());
                    new HoldoutLedger(run.workspace(), spec.name())
                            .enter("forecast", run.clock().instant());
                    run.lake()
                            .get()
                            .replace(
                                    "predictions",
                                    spec.name() + ".holdout",
                                    made.holdout().schema(),
                                    sink -> sink.accept(made.holdout()));
                    ModelBundle.forecast(Signatures.forecast(spec, data, made.model()), made.model())
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
        bundle = ModelBundle.load(ModelPath.bundle(trained.directory()));
        Evaluation evaluation = trained.value(Evaluation.class);
        return new Result(
                ModelPath.bundle(trained.directory()),
                trained.key(),
                evaluation,
                Double.NaN,
                evidence().trainRows());
    }

    @Override
    public Frame sample(int rows) {
        ModelBundle trained = bundle;
        if (trained == null) {
            throw new IllegalStateException("sample before train");
        }
        return Samples.head(FrameSource.of(trained.horizonFrame()), rows);
    }
}
