package tatara.serve.batch;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import tatara.core.frame.Column;
import tatara.core.frame.Frame;
import tatara.core.frame.Kind;
import tatara.core.frame.NumberColumn;
import tatara.core.frame.TextColumn;
import tatara.core.frame.TimeColumn;

/** Frames of the same schema put together, and columns without any value. */
final class Frames {
    private Frames() {}

    /** @param parts at least one, all with the same schema */
    static Frame joined(List<Frame> parts) {
        if (parts.size() == 1) {
            return parts.get(0);
        }
        int rows = parts.stream().mapToInt(Frame::rows).sum();
        List<Column> columns = new ArrayList<>();
        for (int i = 0; i < parts.get(0).schema().size(); i++) {
            int at = i;
            List<Column> pieces = parts.stream().map(part -> part.column(at)).toList();
            columns.add(joined(pieces, parts.get(0).schema().field(i).kind(), rows));
        }
        return new Frame(parts.get(0).schema(), columns, rows);
    }

    static Column missing(Kind kind, int rows) {
        return switch (kind) {
            case NUMBER -> {
                double[] values = new double[rows];
                Arrays.fill(values, Double.NaN);
                yield new NumberColumn(values);
            }
            case TIME -> {
                long[] micros = new long[rows];
                Arrays.fill(micros, TimeColumn.MISSING);
                yield new TimeColumn(micros);
            }
            case TEXT -> TextColumn.of(rows, row -> null);
        };
    }

    private static Column joined(List<Column> pieces, Kind kind, int rows) {
        return switch (kind) {
            case NUMBER ->
                new NumberColumn(pieces.stream()
                        .flatMapToDouble(piece -> Arrays.stream(((NumberColumn) piece).values()))
                        .toArray());
            case TIME ->
                new TimeColumn(pieces.stream()
                        .flatMapToLong(piece -> Arrays.stream(((TimeColumn) piece).micros()))
                        .toArray());
            case TEXT -> {
                List<String> values = new ArrayList<>(rows);
                for (Column piece : pieces) {
                    for (int row = 0; row < piece.size(); row++) {
                        values.add(((TextColumn) piece).value(row));
                    }
                }
                yield TextColumn.of(rows, values::get);
            }
        };
    }
}
