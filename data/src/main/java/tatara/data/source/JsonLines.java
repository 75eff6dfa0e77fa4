package tatara.data.source;

import java.io.IOException;
import java.io.Writer;
import java.util.LinkedHashMap;
import java.util.Map;
import tatara.core.frame.Column;
import tatara.core.frame.Frame;
import tatara.core.frame.NumberColumn;
import tatara.core.json.Json;
import tatara.core.json.JsonText;

/** One JSON object a line; a missing value is null. */
final class JsonLines implements TableWriter.FrameText {
    private static final double EXACT = 1L << 53;

    private final Writer out;

    JsonLines(Writer out) {
        this.out = out;
    }

    @Override
    public void write(Frame frame) throws IOException {
        for (int row = 0; row < frame.rows(); row++) {
            Map<String, Json> members = new LinkedHashMap<>();
            for (int i = 0; i < frame.columns().size(); i++) {
                members.put(frame.schema().field(i).name(), value(frame.column(i), row));
            }
            out.write(JsonText.write(new Json.Obj(members)));
            out.write('\n');
        }
    }

    private static Json value(Column column, int row) {
        if (column.isMissing(row)) {
            return Json.NULL;
        }
        if (column instanceof NumberColumn numbers) {
            double value = numbers.values()[row];
            boolean whole = value == Math.rint(value) && Math.abs(value) < EXACT;
            return whole ? new Json.Num((long) value) : Json.number(value);
        }
        return Json.string(CellText.of(column, row));
    }
}
