package tatara.pipeline.compose;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import tatara.core.design.FeatureDesign;
import tatara.core.design.TrainingDesign;
import tatara.core.evidence.FeatureEvidence;
import tatara.core.evidence.ValueCount;
import tatara.core.frame.Frame;
import tatara.core.json.Json;
import tatara.core.json.RecordCodec;
import tatara.core.run.Evaluation;
import tatara.core.run.RunEvent;
import tatara.core.spec.Spec;
import tatara.model.bundle.ModelBundle;
import tatara.model.transform.OutputFeature;
import tatara.pipeline.execute.ContentKey;
import tatara.pipeline.execute.Lazy;
import tatara.pipeline.execute.StepResult;
import tatara.pipeline.execute.StepSpec;
import tatara.train.baseline.Baselines;
import tatara.train.ensemble.EnsembleTraining;
import tatara.train.ensemble.TrainedEnsemble;
import tatara.train.evaluate.Splits;
import tatara.train.search.CandidateTraining;
import tatara.train.search.Deadline;
import tatara.train.search.TrainedCandidate;
import tatara.train.search.TrainingSet;

/** Classification and regression of single rows. */
final class TabularPath implements ModelPath {
    private static final int EVIDENCE = 1;
    private static final int CANDIDATE = 1;
    private static final int ENSEMBLE = 1;
    private static final int MOST_EVIDENCE_ROWS = 100_000;
    private static final int LEAST_EVIDENCE_ROWS = 2_000;
    private static final int MOST_EVIDENCE_CELLS = 20_000_000;

    private final RunContext run;
    private final Spec spec;
    private final DesignedData data;
    private final FeatureDesign design;
    private final FeatureTable table;

    TabularPath(RunContext run, Spec spec, DesignedData data) {
        this.run = run;
        this.spec = spec;
        this.data = data;
        this.design = data.features().design();
        this.table = new FeatureTable(run, spec, data);
    }

    @Override
    public FeatureEvidence evidence() {
        StepSpec step = StepSpec.of(
                1,
                "baselines",
                "baselines",
                EVIDENCE,
                table.key(),
                design.evaluation().metric().key(),
                Long.toString(spec.seed()),
                Integer.toString(run.settings().threads()),
                Integer.toString(run.settings().heapMegabytes()));
        return run.execution()
                .step(step, scope -> {
                    TrainingSet set = table.trainingSet(evidenceRows(), spec.seed());
                    Map<String, Double> baselines = new Baselines(
                                    design.evaluation().metric(), spec.seed())
                            .crossValidated(set, design.split().kind());
                    FeatureEvidence evidence = evidence(set, baselines);
                    return Json.object()
                            .with("value", RecordCodec.write(evidence))
                            .with("summary", summary(baselines));
                })
                .value(FeatureEvidence.class);
    }

    /** Fewer rows of wide tables, so that a look costs about the same everywhere. */
    private int evidenceRows() {
        int width = Math.max(1, table.transform().outputs().size());
        return Math.max(LEAST_EVIDENCE_ROWS, Math.min(MOST_EVIDENCE_ROWS, MOST_EVIDENCE_CELLS / width));
    }

    private FeatureEvidence evidence(TrainingSet set, Map<String, Double> baselines) {
        List<OutputFeature> outputs = table.transform().outputs();
        return new FeatureEvidence(
                set.rows() + set.notSampled(),
                table.holdoutRows(),
                outputs.size(),
                (int) outputs.stream().filter(OutputFeature::isCategory).count(),
                outputs.stream()
                        .mapToInt(output -> output.levels().size())
                        .max()
                        .orElse(0),
                (int) outputs.stream().filter(OutputFeature::term).count(),
                missingShare(set),
                classes(set),
                0,
                baselines,
                run.settings().threads(),
                run.settings().heapMegabytes());
    }

    private static double missingShare(TrainingSet set) {
        long missing = 0;
        float[][] features = set.data().features();
        for (float[] feature : features) {
            for (int row = 0; row < set.rows(); row++) {
                missing += Float.isNaN(feature[row]) ? 1 : 0;
            }
        }
        return set.rows() == 0 || features.length == 0 ? 0 : (double) missing / set.rows() / features.length;
    }

    private List<ValueCount> classes(TrainingSet set) {
        List<String> names = design.target().classes();
        long[] counts = new long[names.size()];
        if (design.target().task().isClassification()) {
            for (int row = 0; row < set.rows(); row++) {
                counts[(int) set.data().labels()[row]]++;
            }
        }
        List<ValueCount> classes = new ArrayList<>();
        for (int i = 0; i < counts.length; i++) {
            classes.add(new ValueCount(names.get(i), counts[i]));
        }
        classes.sort((a, b) -> Long.compare(b.count(), a.count()));
        return classes;
    }

    private String summary(Map<String, Double> baselines) {
        StringBuilder text = new StringBuilder(design.evaluation().metric().key());
        baselines.forEach((name, value) -> text.append(String.format(Locale.ROOT, ", %s %.4g", name, value)));
        return text.toString();
    }

    @Override
    public Result train(TrainingDesign training) {
        try (Lazy<Ground> ground = new Lazy<>(() -> new Ground(training))) {
            List<StepResult> candidates = candidates(training, ground);
            StepResult joined = ensemble(training, candidates, ground);
            String bundleKey = joined.key();
            Evaluation evaluation =
                    new HoldoutEvaluation(run, spec, design, table).evaluate(joined, bundleKey, () -> ground.get().set);
            double difference = joined.value(Joined.class, "").difference();
            return new Result(
                    ModelPath.bundle(joined.directory()),
                    bundleKey,
                    evaluation,
                    difference,
                    joined.value(Joined.class, "").rows());
        }
    }

    @Override
    public Frame sample(int rows) {
        return Samples.head(run.lake().get().frames(data.table(), inputs()), rows);
    }

    private List<String> inputs() {
        return table.transform().inputs().stream().map(field -> field.name()).toList();
    }

    /** What training keeps in memory while any candidate has to be trained. */
    private final class Ground implements AutoCloseable {
        private final TrainingSet set;
        private final CandidateTraining trainer;

        Ground(TrainingDesign training) {
            set = table.trainingSet(training.trainingRows(), training.seed());
            List<int[]> folds = new ArrayList<>();
            for (int repeat = 0; repeat < training.repeats(); repeat++) {
                folds.add(Splits.folds(
                        design.split().kind(),
                        set.data().labels(),
                        set.rows(),
                        set.data().classes(),
                        set.keys(),
                        training.folds(),
                        training.seed() + repeat));
            }
            trainer = new CandidateTraining(
                    set,
                    folds,
                    training,
                    design.evaluation().metric(),
                    run.execution().events());
        }

        @Override
        public void close() {
            trainer.close();
        }
    }

    /** Trains in order until the plan or the budget ends; both decide from stored seconds, so a resumed run decides the same. */
    private List<StepResult> candidates(TrainingDesign training, Lazy<Ground> ground) {
        List<StepResult> trained = new ArrayList<>();
        double spent = 0;
        for (TrainingDesign.Candidate candidate : training.candidates()) {
            if (!trained.isEmpty() && spent + candidate.estimatedSeconds() > training.budgetSeconds()) {
                run.execution()
                        .events()
                        .emit(new RunEvent.Note(
                                "train:" + candidate.id(),
                                "left out " + candidate.id() + ": the budget of " + training.budgetSeconds()
                                        + " s is used up"));
                continue;
            }
            StepResult result = run.execution().step(step(training, candidate), scope -> {
                CandidateTraining trainer = ground.get().trainer;
                Deadline deadline =
                        Deadline.after(run.clock(), Duration.ofMillis((long) (training.budgetSeconds() * 1000)));
                TrainedCandidate made = trainer.train(candidate, deadline).orElseThrow();
                made.write(scope.directory());
                return Json.object()
                        .with("score", made.value())
                        .with("seconds", made.seconds())
                        .with("summary", String.format(Locale.ROOT, "%.5g", made.value()));
            });
            trained.add(result);
            spent += result.document().find("seconds").orElse(Json.NULL) instanceof Json.Num number
                    ? number.asDouble()
                    : 0;
        }
        return trained;
    }

    private StepSpec step(TrainingDesign training, TrainingDesign.Candidate candidate) {
        return StepSpec.of(
                2,
                "train:" + candidate.id(),
                "train " + candidate.id(),
                CANDIDATE,
                table.key(),
                candidate.id(),
                candidate.learner().name(),
                ContentKey.of(RecordCodec.write(new LinkedHashMap<>(candidate.parameters()))),
                training.folds() + "x" + training.repeats(),
                Long.toString(training.trainingRows()),
                Long.toString(training.seed()),
                ContentKey.of(RecordCodec.write(design.split())),
                design.evaluation().metric().key());
    }

    /** The stored form of a joined model. */
    record Joined(double value, double difference, long rows, String summary) {}

    private StepResult ensemble(TrainingDesign training, List<StepResult> candidates, Lazy<Ground> ground) {
        List<String> inputs = new ArrayList<>();
        candidates.forEach(candidate -> inputs.add(candidate.key()));
        inputs.add(ContentKey.of(RecordCodec.write(training.ensemble())));
        inputs.add(training.calibration().name());
        inputs.add(ContentKey.of(RecordCodec.write(
                design.evaluation().threshold().<Json>map(RecordCodec::write).orElse(Json.NULL))));
        inputs.add(data.data().key());
        return run.execution().step(new StepSpec("ensemble", 2, "join and calibrate", ENSEMBLE, inputs), scope -> {
            List<TrainedCandidate> members = new ArrayList<>();
            for (StepResult candidate : candidates) {
                members.add(TrainedCandidate.read(candidate.directory()));
            }
            TrainingSet set = ground.get().set;
            TrainedEnsemble made = new EnsembleTraining(
                            training,
                            design.evaluation().metric(),
                            design.evaluation().threshold())
                    .join(set, members);
            ModelBundle.tabular(
                            Signatures.tabular(
                                    spec,
                                    data,
                                    table.transform(),
                                    made.threshold().threshold()),
                            table.transform(),
                            made.ensemble())
                    .write(ModelPath.bundle(scope.directory()), provenance(training));
            return JoinedFile.write(scope.directory(), made, set.rows());
        });
    }

    private Map<String, String> provenance(TrainingDesign training) {
        Map<String, String> origin = new LinkedHashMap<>();
        origin.put("data", data.tableKey());
        origin.put("data-design", data.data().key());
        origin.put("feature-design", data.features().key());
        origin.put("training-design", ContentKey.of(RecordCodec.write(training)));
        origin.put("split", table.splitKey());
        origin.put("seed", Long.toString(training.seed()));
        return origin;
    }
}
