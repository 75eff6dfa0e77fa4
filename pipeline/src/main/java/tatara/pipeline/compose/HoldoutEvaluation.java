package tatara.pipeline.compose;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import tatara.core.design.FeatureDesign;
import tatara.core.evidence.TableRef;
import tatara.core.frame.Column;
import tatara.core.frame.Field;
import tatara.core.frame.Frame;
import tatara.core.frame.FrameSource;
import tatara.core.frame.Kind;
import tatara.core.frame.NumberColumn;
import tatara.core.frame.Schema;
import tatara.core.json.Json;
import tatara.core.json.RecordCodec;
import tatara.core.run.Evaluation;
import tatara.core.spec.Spec;
import tatara.core.spec.Task;
import tatara.data.lake.Lake;
import tatara.data.lake.Target;
import tatara.model.bundle.ModelBundle;
import tatara.model.prediction.Predictions;
import tatara.pipeline.execute.ContentKey;
import tatara.pipeline.execute.StepResult;
import tatara.pipeline.execute.StepSpec;
import tatara.train.baseline.Baselines;
import tatara.train.baseline.LearningCurve;
import tatara.train.evaluate.Evaluator;
import tatara.train.evaluate.Importances;
import tatara.train.search.TargetReader;
import tatara.train.search.TrainingSet;

/**
 * Opens the sealed hold-out for one bundle: first its predictions are stored in the lake, then every figure is computed from what
 * was stored. Each look is entered in the ledger.
 */
final class HoldoutEvaluation {
    private static final int PREDICT = 1;
    private static final int EVALUATE = 1;
    private static final int MOST_CURVE_ROWS = 200_000;

    private final RunContext run;
    private final Spec spec;
    private final FeatureDesign design;
    private final FeatureTable table;

    HoldoutEvaluation(RunContext run, Spec spec, FeatureDesign design, FeatureTable table) {
        this.run = run;
        this.spec = spec;
        this.design = design;
        this.table = table;
    }

    /** @param training the training rows; asked for only if the evaluation is not stored yet */
    Evaluation evaluate(StepResult joined, String bundleKey, Supplier<TrainingSet> training) {
        StepSpec predict =
                StepSpec.of(2, "predict-holdout", "predict the sealed rows", PREDICT, bundleKey, table.splitKey());
        StepResult predicted = run.execution().step(predict, this::isThere, scope -> {
            new HoldoutLedger(run.workspace(), spec.name())
                    .enter(bundleKey, run.clock().instant());
            TableRef stored = store(ModelBundle.load(ModelPath.bundle(joined.directory())));
            return Json.object().with("value", RecordCodec.write(stored)).with("summary", stored.rows() + " rows");
        });
        StepSpec evaluate = StepSpec.of(
                2,
                "evaluate",
                "evaluate",
                EVALUATE,
                predicted.key(),
                ContentKey.of(RecordCodec.write(design.evaluation())),
                Long.toString(spec.seed()));
        return run.execution()
                .step(evaluate, scope -> {
                    Evaluation evaluation = judge(joined, predicted.value(TableRef.class), training.get());
                    return Json.object()
                            .with("value", RecordCodec.write(evaluation))
                            .with("summary", Sentences.evaluated(evaluation));
                })
                .value(Evaluation.class);
    }

    private boolean isThere(StepResult stored) {
        return run.lake().get().holds(stored.value(TableRef.class));
    }

    private int outputs() {
        return design.target().task() == Task.MULTICLASS
                ? design.target().classes().size()
                : 1;
    }

    private Schema stored() {
        List<Field> fields = new ArrayList<>();
        fields.add(new Field(Lake.ROW, Kind.NUMBER));
        fields.add(new Field("label", Kind.NUMBER));
        for (int output = 0; output < outputs(); output++) {
            fields.add(new Field("output_" + output, Kind.NUMBER));
        }
        return new Schema(fields);
    }

    private TableRef store(ModelBundle bundle) {
        FrameSource rows = table.holdoutRowsWith(List.of(Lake.ROW));
        TargetReader reader = new TargetReader(design.target());
        Schema schema = stored();
        return run.lake()
                .get()
                .replace(
                        "predictions",
                        spec.name() + ".holdout",
                        schema,
                        sink -> rows.forEach(frame -> {
                            Predictions predictions = bundle.predict(frame);
                            List<Column> columns = new ArrayList<>();
                            columns.add(frame.column(Lake.ROW));
                            columns.add(new NumberColumn(reader.read(frame)));
                            for (int output = 0; output < outputs(); output++) {
                                columns.add(new NumberColumn(output(predictions, output)));
                            }
                            sink.accept(new Frame(schema, columns, frame.rows()));
                        }),
                        Target.main(Map.of(Lake.INPUTS, Lake.input(table.source()))));
    }

    /** Binary stores the probability of the second class, multiclass of each, regression the value. */
    private double[] output(Predictions predictions, int output) {
        if (!design.target().task().isClassification()) {
            return predictions.values();
        }
        int column = design.target().task() == Task.BINARY ? 1 : output;
        return Arrays.stream(predictions.probabilities())
                .mapToDouble(row -> row[column])
                .toArray();
    }

    private Evaluation judge(StepResult joined, TableRef stored, TrainingSet training) {
        JoinedFile before = JoinedFile.read(joined.directory());
        ModelBundle bundle = ModelBundle.load(ModelPath.bundle(joined.directory()));
        int rows = Math.toIntExact(stored.rows());
        double[] labels = new double[rows];
        double[][] predictions = new double[rows][outputs()];
        int[] at = {0};
        List<String> names = stored().names();
        run.lake().get().frames(stored, names).forEach(frame -> {
            double[] label = ((NumberColumn) frame.column("label")).values();
            System.arraycopy(label, 0, labels, at[0], label.length);
            for (int output = 0; output < outputs(); output++) {
                double[] values = ((NumberColumn) frame.column("output_" + output)).values();
                for (int row = 0; row < values.length; row++) {
                    predictions[at[0] + row][output] = values[row];
                }
            }
            at[0] += frame.rows();
        });
        List<String> segments = design.evaluation().segments();
        FrameSource sealed = table.holdoutRowsWith(segments);
        TrainingSet holdout = TrainingSet.of(
                sealed, table.transform(), design.target(), design.split().column(), MOST_CURVE_ROWS, spec.seed());
        Map<String, Double> baselines =
                new Baselines(design.evaluation().metric(), spec.seed()).heldOut(training, holdout);
        List<String> notes = new ArrayList<>(before.notes());
        notes.add("The sealed hold-out has been opened " + new HoldoutLedger(run.workspace(), spec.name()).looks()
                + " time(s) in this pipeline.");
        Evaluator.Context context = new Evaluator.Context(
                before.choice(),
                before.crossValidated(),
                baselines,
                before.candidates(),
                Importances.of(
                        bundle.ensemble().orElseThrow(),
                        table.transform().outputs(),
                        design.target().task(),
                        holdout.data().features(),
                        holdout.rows()),
                LearningCurve.of(training, holdout, design.evaluation().metric(), spec.seed()),
                notes);
        return new Evaluator(design, spec.seed()).evaluate(labels, predictions, sealed, context);
    }
}
