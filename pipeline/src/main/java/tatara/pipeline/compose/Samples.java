package tatara.pipeline.compose;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.stream.IntStream;
import tatara.core.frame.Column;
import tatara.core.frame.Field;
import tatara.core.frame.Frame;
import tatara.core.frame.FrameSource;
import tatara.core.frame.Kind;
import tatara.core.frame.NumberColumn;
import tatara.core.frame.Schema;
import tatara.core.frame.TextColumn;
import tatara.core.frame.TimeColumn;
import tatara.model.prediction.Predictions;

/** Small frames of recorded rows, for checks. */
final class Samples {
    private Samples() {}

    /** The first rows of a source as one frame; empty if it has none. */
    static Frame head(FrameSource source, int rows) {
        BitSet first = new BitSet();
        first.set(0, (int) Math.min(rows, source.rows()));
        List<Frame> frames = new ArrayList<>();
        source.select(first).forEach(frames::add);
        return frames.isEmpty() ? empty(source.schema()) : joined(source.schema(), frames);
    }

    static Frame row(Frame frame, int row) {
        BitSet one = new BitSet();
        one.set(row);
        List<Frame> frames = new ArrayList<>();
        FrameSource.of(frame).select(one).forEach(frames::add);
        return frames.get(0);
    }

    /** The rows in reverse order, with two columns that no model knows. */
    static Frame reversedWithStrangers(Frame frame) {
        int[] order = IntStream.range(0, frame.rows())
                .map(row -> frame.rows() - 1 - row)
                .toArray();
        List<Field> fields = new ArrayList<>();
        List<Column> columns = new ArrayList<>();
        String stranger = "stranger";
        while (frame.schema().indexOf(stranger).isPresent()) {
            stranger += "_";
        }
        fields.add(new Field(stranger, Kind.NUMBER));
        columns.add(new NumberColumn(new double[frame.rows()]));
        for (int i = frame.columns().size() - 1; i >= 0; i--) {
            fields.add(frame.schema().field(i));
            columns.add(taken(frame.column(i), order));
        }
        return new Frame(new Schema(fields), columns, frame.rows());
    }

    /** The greatest absolute difference of any number, infinite if labels differ. */
    static double difference(Predictions one, int row, Predictions other, int otherRow) {
        double greatest = 0;
        if (one.labels().size() > row
                && !one.labels().get(row).equals(other.labels().get(otherRow))) {
            return Double.POSITIVE_INFINITY;
        }
        if (one.values().length > row) {
            greatest = Math.abs(one.values()[row] - other.values()[otherRow]);
        }
        if (one.probabilities().length > row) {
            for (int i = 0; i < one.probabilities()[row].length; i++) {
                greatest =
                        Math.max(greatest, Math.abs(one.probabilities()[row][i] - other.probabilities()[otherRow][i]));
            }
        }
        return greatest;
    }

    static boolean isFinite(Predictions predictions, int row) {
        boolean finite = predictions.values().length <= row
                || Double.isFinite(predictions.values()[row]);
        if (predictions.probabilities().length > row) {
            for (double probability : predictions.probabilities()[row]) {
                finite &= Double.isFinite(probability);
            }
        }
        return finite;
    }

    private static Frame empty(Schema schema) {
        List<Column> columns = new ArrayList<>();
        for (Field field : schema.fields()) {
            columns.add(
                    switch (field.kind()) {
                        case NUMBER -> new NumberColumn(new double[0]);
                        case TEXT -> new TextColumn(new int[0], new String[0]);
                        case TIME -> new TimeColumn(new long[0]);
                    });
        }
        return new Frame(schema, columns, 0);
    }

    private static Frame joined(Schema schema, List<Frame> frames) {
        int rows = frames.stream().mapToInt(Frame::rows).sum();
        if (frames.size() == 1) {
            return frames.get(0);
        }
        List<Column> columns = new ArrayList<>();
        for (int i = 0; i < schema.size(); i++) {
            columns.add(joined(schema.field(i).kind(), i, frames, rows));
        }
        return new Frame(schema, columns, rows);
    }

    private static Column joined(Kind kind, int column, List<Frame> frames, int rows) {
        List<String> texts = new ArrayList<>();
        double[] numbers = new double[kind == Kind.NUMBER ? rows : 0];
        long[] times = new long[kind == Kind.TIME ? rows : 0];
        int at = 0;
        for (Frame frame : frames) {
            for (int row = 0; row < frame.rows(); row++, at++) {
                Column part = frame.column(column);
                if (part instanceof NumberColumn number) {
                    numbers[at] = number.values()[row];
                } else if (part instanceof TimeColumn time) {
                    times[at] = time.micros()[row];
                } else {
                    texts.add(((TextColumn) part).value(row));
                }
            }
        }
        return switch (kind) {
            case NUMBER -> new NumberColumn(numbers);
            case TIME -> new TimeColumn(times);
            case TEXT -> TextColumn.of(rows, texts::get);
        };
    }

    private static Column taken(Column column, int[] order) {
        if (column instanceof NumberColumn numbers) {
            return new NumberColumn(IntStream.of(order)
                    .mapToDouble(row -> numbers.values()[row])
                    .toArray());
        }
        if (column instanceof TimeColumn times) {
            return new TimeColumn(
                    IntStream.of(order).mapToLong(row -> times.micros()[row]).toArray());
        }
        TextColumn texts = (TextColumn) column;
        return new TextColumn(IntStream.of(order).map(row -> texts.codes()[row]).toArray(), texts.dictionary());
    }
}
