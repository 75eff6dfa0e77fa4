package tatara.data.source;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.Consumer;
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
import tatara.data.lake.DataErrorCode;

/** A source's rows with the kinds of their stored types; rows are counted when first asked for. */
final class SourceFrames implements FrameSource {
    private final RowSource rows;
    private final Schema schema;
    private OptionalLong counted = OptionalLong.empty();

    SourceFrames(RowSource rows) {
        this.rows = rows;
        this.schema = new Schema(rows.columns().stream()
                .map(column -> new Field(column.name(), column.type().kind()))
                .toList());
    }

    @Override
    public Schema schema() {
        return schema;
    }

    @Override
    public synchronized long rows() {
        if (counted.isEmpty()) {
            counted = OptionalLong.of(rows.read(frame -> {}, SourceFrames::refuse));
        }
        return counted.getAsLong();
    }

    @Override
    public void forEach(Consumer<Frame> consumer) {
        rows.read(frame -> consumer.accept(typed(frame)), SourceFrames::refuse);
    }

    private static void refuse(Reject reject) {
        throw new TataraException(
                DataErrorCode.SOURCE_MALFORMED,
                Fault.of("a row cannot be read: " + reject.reason())
                        .at(reject.file() + ":" + reject.line())
                        .todo("Mend or remove the line"));
    }

    private Frame typed(Frame frame) {
        if (frame.schema().equals(schema)) {
            return frame;
        }
        List<Column> columns = new ArrayList<>(schema.size());
        for (int i = 0; i < schema.size(); i++) {
            Column column = frame.column(i);
            boolean number = schema.field(i).kind() == Kind.NUMBER && column instanceof TextColumn;
            columns.add(number ? numbers((TextColumn) column) : column);
        }
        return new Frame(schema, columns, frame.rows());
    }

    private static NumberColumn numbers(TextColumn texts) {
        double[] parsed = new double[texts.dictionary().length];
        for (int code = 0; code < parsed.length; code++) {
            parsed[code] = Double.parseDouble(texts.dictionary()[code]);
        }
        double[] values = new double[texts.size()];
        for (int row = 0; row < values.length; row++) {
            values[row] = texts.isMissing(row) ? Double.NaN : parsed[texts.codes()[row]];
        }
        return new NumberColumn(values);
    }
}
