package tatara.serve.rollout;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tatara.core.frame.Column;
import tatara.core.frame.Frame;
import tatara.core.frame.NumberColumn;
import tatara.core.frame.TextColumn;
import tatara.core.frame.TimeColumn;
import tatara.core.json.Json;

/** Rows of a frame as JSON: numbers as numbers, texts as strings, times as ISO-8601 in UTC, missing as null. */
final class RecordedRows {
    private final Frame frame;

    RecordedRows(Frame frame) {
        this.frame = frame;
    }

    /** Rows from {@code start} to before {@code end} as objects. */
    Json.Arr objects(int start, int end) {
        List<Json> rows = new ArrayList<>(end - start);
        for (int row = start; row < end; row++) {
            Map<String, Json> members = new LinkedHashMap<>();
            for (int i = 0; i < frame.schema().size(); i++) {
                members.put(frame.schema().field(i).name(), value(frame.column(i), row));
            }
            rows.add(new Json.Obj(members));
        }
        return new Json.Arr(rows);
    }

    /** The same rows as one tensor for each column that the model takes; other columns stay at home. */
    Json.Arr tensors(List<String> inputs, int start, int end) {
        List<Json> tensors = new ArrayList<>();
        for (int i = 0; i < frame.schema().size(); i++) {
            String name = frame.schema().field(i).name();
            if (!inputs.contains(name)) {
                continue;
            }
            List<Json> data = new ArrayList<>(end - start);
            for (int row = start; row < end; row++) {
                data.add(value(frame.column(i), row));
            }
            tensors.add(Json.object()
                    .with("name", name)
                    .with("shape", new Json.Arr(List.of(new Json.Num((long) (end - start)), new Json.Num(1L))))
                    .with("datatype", frame.column(i) instanceof NumberColumn ? "FP64" : "BYTES")
                    .with("data", new Json.Arr(data)));
        }
        return new Json.Arr(tensors);
    }

    private static Json value(Column column, int row) {
        if (column.isMissing(row)) {
            return Json.NULL;
        }
        if (column instanceof NumberColumn numbers) {
            return Json.number(numbers.values()[row]);
        }
        if (column instanceof TimeColumn times) {
            return Json.string(
                    Instant.EPOCH.plus(times.micros()[row], ChronoUnit.MICROS).toString());
        }
        String text = ((TextColumn) column).value(row);
        return text == null ? Json.NULL : Json.string(text);
    }
}
