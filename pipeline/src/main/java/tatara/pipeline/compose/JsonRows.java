package tatara.pipeline.compose;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import tatara.core.frame.Column;
import tatara.core.frame.Frame;
import tatara.core.frame.NumberColumn;
import tatara.core.frame.TextColumn;
import tatara.core.frame.TimeColumn;
import tatara.core.json.Json;

/** Rows as people send them. */
final class JsonRows {
    private JsonRows() {}

    static Json.Obj row(Frame frame, int row) {
        Json.Obj object = Json.object();
        for (int i = 0; i < frame.columns().size(); i++) {
            object = object.with(frame.schema().field(i).name(), cell(frame.column(i), row));
        }
        return object;
    }

    private static Json cell(Column column, int row) {
        if (column.isMissing(row)) {
            return Json.NULL;
        }
        if (column instanceof NumberColumn numbers) {
            double value = numbers.values()[row];
            return value == Math.rint(value) && Math.abs(value) < 1e15
                    ? new Json.Num((long) value)
                    : Json.number(value);
        }
        if (column instanceof TimeColumn times) {
            return new Json.Str(
                    Instant.EPOCH.plus(times.micros()[row], ChronoUnit.MICROS).toString());
        }
        String text = ((TextColumn) column).value(row);
        return text == null ? Json.NULL : new Json.Str(text);
    }
}
