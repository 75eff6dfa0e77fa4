package tatara.data.load;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import tatara.core.json.Json;
import tatara.data.lake.Engine;

/** The rows of a batch that are not taken. */
final class Refused {
    private static final Map<String, String> REASONS = Map.of(
            Delta.LATE, "later than the lateness allowed",
            Delta.AHEAD, "dated ahead of now",
            Delta.KEYLESS, "no value in the key",
            Delta.TIMELESS, "no watermark that can be read");

    private final Engine engine;
    private final String delta;

    /** @param delta table expression of {@link Delta#delta} */
    Refused(Engine engine, String delta) {
        this.engine = engine;
        this.delta = delta;
    }

    /** Sets them aside, with their reasons. */
    void write(List<Columns.Column> columns, Batch batch, SetAside aside) {
        String cells = columns.stream()
                .map(column -> ", CAST(" + column.plain + " AS VARCHAR)")
                .collect(Collectors.joining());
        String sql = "SELECT op, f, r" + cells + " FROM " + delta + " WHERE op IN ('L', 'F', 'K', 'W') ORDER BY seq";
        List<Batch.Staged> files = batch.files();
        engine.query(sql, row -> {
            Map<String, Json> values = new LinkedHashMap<>();
            for (int i = 0; i < columns.size(); i++) {
                String value = row.getString(4 + i);
                values.put(columns.get(i).name, value == null ? Json.NULL : Json.string(value));
            }
            Batch.Place place = files.get((int) row.getLong(2)).place(row.getLong(3));
            aside.cells(place.file(), place.line(), REASONS.getOrDefault(row.getString(1), ""), values);
            return true;
        });
    }

    /** Rows of each file, by its number, that are dated ahead. */
    Map<Integer, Long> held() {
        Map<Integer, Long> held = new TreeMap<>();
        engine.query("SELECT f, count(*) FROM " + delta + " WHERE op = 'F' GROUP BY f ORDER BY f", row -> {
            held.put((int) row.getLong(1), row.getLong(2));
            return true;
        });
        return held;
    }
}
