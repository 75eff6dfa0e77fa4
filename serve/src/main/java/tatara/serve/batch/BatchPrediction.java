package tatara.serve.batch;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;
import tatara.core.error.Fault;
import tatara.core.error.TataraException;
import tatara.core.frame.Column;
import tatara.core.frame.Field;
import tatara.core.frame.Frame;
import tatara.core.frame.FrameSource;
import tatara.core.frame.Kind;
import tatara.core.frame.NumberColumn;
import tatara.core.frame.Schema;
import tatara.core.frame.TextColumn;
import tatara.core.spec.Task;
import tatara.model.bundle.ModelBundle;
import tatara.model.bundle.Signature;
import tatara.model.explain.Contributions;
import tatara.model.prediction.Predictions;

/**
 * Scores a table batch by batch, in row order: the output has one row for each row of the input, and never more than one batch is
 * in memory. Columns: {@code prediction}; for classes {@code probability_CLASS}; for anomalies {@code score}; for forecasts series and
 * time before it, {@code lower} and {@code upper} after it; and, if asked for, {@code contribution_COLUMN}. Forecasts are taken as
 * one batch, because a step may count from the rows before it. Immutable, thread-safe.
 */
public final class BatchPrediction {
    private static final int FORECAST_ROWS = 4_000_000;

    private final ModelBundle bundle;
    private final Explain explain;
    private final Schema schema;

    /** Whether contributions are wanted. */
    public enum Explain {
        YES,
        NO
    }

    /** @throws TataraException {@link BatchErrorCode#NOT_EXPLAINABLE} or {@link BatchErrorCode#COLUMN_CLASH} */
    public BatchPrediction(ModelBundle bundle, Explain explain) {
        if (explain == Explain.YES && bundle.signature().task() == Task.FORECAST) {
            throw new TataraException(
                    BatchErrorCode.NOT_EXPLAINABLE,
                    Fault.of("a forecast has no contributions of columns").todo("Leave --explain away"));
        }
        this.bundle = bundle;
        this.explain = explain;
        this.schema = schema(bundle.signature(), explained());
    }

    /** The columns of the output. */
    public Schema schema() {
        return schema;
    }

    /**
     * Scores every row and hands the batches on, in order, on the calling thread.
     *
     * @throws TataraException that names the required columns that are absent
     */
    public void run(FrameSource rows, Consumer<Frame> consumer) {
        if (bundle.signature().task() == Task.FORECAST) {
            forecast(rows, consumer);
        } else {
            rows.forEach(frame -> consumer.accept(scored(frame)));
        }
    }

    private Frame scored(Frame raw) {
        Frame frame = bundle.conform(raw);
        Predictions predictions = bundle.predict(frame);
        List<Column> columns = new ArrayList<>(columns(predictions));
        if (explain == Explain.YES) {
            Contributions contributions = bundle.explain(frame);
            for (int column = 0; column < contributions.columns().length; column++) {
                int at = column;
                columns.add(new NumberColumn(Arrays.stream(contributions.values())
                        .mapToDouble(row -> row[at])
                        .toArray()));
            }
        }
        return new Frame(schema, columns, raw.rows());
    }

    private List<Column> columns(Predictions predictions) {
        Task task = bundle.signature().task();
        if (task == Task.ANOMALY) {
            double[] scores = predictions.values();
            return List.of(
                    TextColumn.of(scores.length, row -> AnomalyAnswer.of(bundle.signature(), scores[row])),
                    new NumberColumn(scores));
        }
        if (!task.isClassification()) {
            return List.of(new NumberColumn(predictions.values()));
        }
        List<Column> columns = new ArrayList<>();
        List<String> labels = predictions.labels();
        columns.add(TextColumn.of(labels.size(), labels::get));
        for (int i = 0; i < predictions.classes().size(); i++) {
            int at = i;
            columns.add(new NumberColumn(Arrays.stream(predictions.probabilities())
                    .mapToDouble(row -> row[at])
                    .toArray()));
        }
        return columns;
    }

    private void forecast(FrameSource rows, Consumer<Frame> consumer) {
        if (rows.rows() > FORECAST_ROWS) {
            throw new TataraException(
                    BatchErrorCode.TOO_MANY_ROWS,
                    Fault.of("rows: " + rows.rows())
                            .expecting("at most " + FORECAST_ROWS + " steps to forecast")
                            .todo("Give the rows of some of the series at a time"));
        }
        List<Frame> parts = new ArrayList<>();
        rows.forEach(frame -> parts.add(bundle.conform(frame)));
        if (parts.isEmpty()) {
            return;
        }
        Frame whole = Frames.joined(parts);
        Predictions predictions = bundle.predict(whole);
        List<Column> columns = new ArrayList<>();
        keys(bundle.signature())
                .forEach(field -> columns.add(whole.schema().indexOf(field.name()).stream()
                        .mapToObj(whole::column)
                        .findFirst()
                        .orElseGet(() -> Frames.missing(field.kind(), whole.rows()))));
        columns.add(new NumberColumn(predictions.values()));
        columns.add(new NumberColumn(predictions.lower()));
        columns.add(new NumberColumn(predictions.upper()));
        consumer.accept(new Frame(schema, columns, whole.rows()));
    }

    /** The columns that explanations are given for: those of an explanation of no rows. */
    private List<String> explained() {
        if (explain == Explain.NO) {
            return List.of();
        }
        List<Field> fields = bundle.signature().inputs().stream()
                .map(input -> new Field(input.name(), input.type().kind()))
                .toList();
        List<Column> none =
                fields.stream().map(field -> Frames.missing(field.kind(), 0)).toList();
        return List.of(bundle.explain(new Frame(new Schema(fields), none, 0)).columns());
    }

    private static Schema schema(Signature signature, List<String> explained) {
        List<Field> fields = new ArrayList<>(keys(signature));
        boolean text = signature.task().isClassification() || signature.task() == Task.ANOMALY;
        fields.add(new Field("prediction", text ? Kind.TEXT : Kind.NUMBER));
        Stream<String> numbers =
                switch (signature.task()) {
                    case BINARY, MULTICLASS -> signature.classes().stream().map(name -> "probability_" + name);
                    case ANOMALY -> Stream.of("score");
                    case FORECAST -> Stream.of("lower", "upper");
                    case REGRESSION -> Stream.of();
                };
        Stream.concat(numbers, explained.stream().map(name -> "contribution_" + name))
                .forEach(name -> fields.add(new Field(name, Kind.NUMBER)));
        Set<String> names = new HashSet<>();
        for (Field field : fields) {
            if (!names.add(field.name())) {
                throw new TataraException(
                        BatchErrorCode.COLUMN_CLASH,
                        Fault.of("two columns of the output are named " + field.name())
                                .todo("Rename the column " + field.name()
                                        + " of the data, and run the pipeline again"));
            }
        }
        return new Schema(fields);
    }

    /** For forecasts: the columns that say which value a row asks for. */
    private static List<Field> keys(Signature signature) {
        if (signature.task() != Task.FORECAST) {
            return List.of();
        }
        return Stream.concat(signature.series().stream(), signature.time().stream())
                .flatMap(name ->
                        signature.inputs().stream().filter(input -> input.name().equals(name)))
                .map(input -> new Field(input.name(), input.type().kind()))
                .toList();
    }
}
