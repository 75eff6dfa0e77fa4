package tatara.pipeline.compose;

import java.nio.file.Files;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import tatara.core.design.FeatureDesign;
import tatara.core.evidence.TableRef;
import tatara.core.frame.FrameSource;
import tatara.core.json.Json;
import tatara.core.json.JsonText;
import tatara.core.json.RecordCodec;
import tatara.core.spec.Spec;
import tatara.features.fit.TransformFitter;
import tatara.model.transform.FittedTransform;
import tatara.pipeline.execute.ContentKey;
import tatara.pipeline.execute.Lazy;
import tatara.pipeline.execute.StepResult;
import tatara.pipeline.execute.StepSpec;
import tatara.train.evaluate.Splits;
import tatara.train.search.TrainingSet;

/** The rows a model is made from, split into training rows and the sealed hold-out, with the transform fitted on the former. */
final class FeatureTable {
    private static final int SPLIT = 1;
    private static final int TRANSFORM = 1;
    private static final String HOLDOUT_FILE = "holdout.bits";
    private static final String TRANSFORM_FILE = "transform.json";

    private final RunContext run;
    private final Spec spec;
    private final DesignedData data;
    private final FeatureDesign design;
    private final StepResult split;
    private final StepResult fitted;
    private final Lazy<BitSet> holdout;
    private final Lazy<FittedTransform> transform;

    FeatureTable(RunContext run, Spec spec, DesignedData data) {
        this.run = run;
        this.spec = spec;
        this.data = data;
        this.design = data.features().design();
        this.split = split();
        this.holdout =
                new Lazy<>(() -> BitSet.valueOf(Stored.bytes(split.directory().resolve(HOLDOUT_FILE))));
        this.fitted = fit();
        this.transform = new Lazy<>(
                () -> FittedTransform.read(Stored.document(fitted.directory().resolve(TRANSFORM_FILE))));
    }

    FittedTransform transform() {
        return transform.get();
    }

    /** The version that the rows are of. */
    TableRef source() {
        return data.table();
    }

    /** Key of the hold-out's choice. */
    String splitKey() {
        return split.key();
    }

    /** Key of the feature matrix with its labels. */
    String key() {
        return ContentKey.of(fitted.key(), split.key(), ContentKey.of(RecordCodec.write(design.target())));
    }

    int holdoutRows() {
        return holdout.get().cardinality();
    }

    /** Rows outside the hold-out, with what the transform, the target and the split need. */
    FrameSource trainingRows() {
        return training(columns());
    }

    /** The sealed rows; every call is a look, and the caller enters it in the ledger. */
    FrameSource holdoutRowsWith(List<String> more) {
        Set<String> wanted = new LinkedHashSet<>(columns());
        wanted.addAll(more);
        return run.lake().get().frames(data.table(), List.copyOf(wanted)).select(holdout.get());
    }

    TrainingSet trainingSet(long maxRows, long seed) {
        return TrainingSet.of(
                trainingRows(), transform(), design.target(), design.split().column(), maxRows, seed);
    }

    private FrameSource training(List<String> columns) {
        FrameSource all = run.lake().get().frames(data.table(), columns);
        BitSet rows = new BitSet();
        rows.set(0, Math.toIntExact(all.rows()));
        rows.andNot(holdout.get());
        return all.select(rows);
    }

    private List<String> columns() {
        Set<String> columns = new LinkedHashSet<>(featureColumns());
        design.target().column().ifPresent(columns::add);
        design.split().column().ifPresent(columns::add);
        return List.copyOf(columns);
    }

    private List<String> featureColumns() {
        return design.features().stream()
                .map(FeatureDesign.Feature::column)
                .distinct()
                .toList();
    }

    private StepResult split() {
        List<String> inputs = new ArrayList<>();
        inputs.add(data.tableKey());
        inputs.add(ContentKey.of(RecordCodec.write(design.split())));
        inputs.add(ContentKey.of(RecordCodec.write(design.target())));
        inputs.add(Long.toString(spec.seed()));
        return run.execution().step(new StepSpec("split", 1, "seal the hold-out", SPLIT, inputs), scope -> {
            Set<String> keys = new LinkedHashSet<>();
            design.target().column().ifPresent(keys::add);
            design.split().column().ifPresent(keys::add);
            if (keys.isEmpty()) {
                keys.add(featureColumns().get(0));
            }
            FrameSource source = run.lake().get().frames(data.table(), List.copyOf(keys));
            BitSet rows = Splits.holdout(source, design, spec.seed());
            Files.write(scope.directory().resolve(HOLDOUT_FILE), rows.toByteArray());
            long sealed = rows.cardinality();
            return Json.object()
                    .with("training", source.rows() - sealed)
                    .with("holdout", sealed)
                    .with(
                            "summary",
                            String.format(
                                    Locale.ROOT, "%,d rows to train on, %,d sealed", source.rows() - sealed, sealed));
        });
    }

    private StepResult fit() {
        StepSpec step = StepSpec.of(
                1,
                "features",
                "fit the features",
                TRANSFORM,
                data.tableKey(),
                split.key(),
                ContentKey.of(RecordCodec.write(design.features())));
        return run.execution().step(step, scope -> {
            FittedTransform made = new TransformFitter().fit(design, training(columns()));
            Files.writeString(scope.directory().resolve(TRANSFORM_FILE), JsonText.write(made.write()));
            return Json.object()
                    .with("features", (long) made.outputs().size())
                    .with("summary", made.outputs().size() + " features");
        });
    }
}
