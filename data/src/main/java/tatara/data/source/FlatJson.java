package tatara.data.source;

import java.util.LinkedHashMap;
import java.util.Map;
import tatara.core.json.Json;
import tatara.core.json.JsonText;

/** A JSON object as cells: members of nested objects are named by their path with dots, arrays are JSON text, null is left out. */
final class FlatJson {
    private FlatJson() {}

    /** What a JSON value is stored as; a column that meets several takes the last that holds them all. */
    enum Type {
        NOTHING,
        BOOLEAN,
        BIGINT,
        DOUBLE,
        VARCHAR;

        /** The type that holds the values of both. */
        Type or(Type other) {
            if (this == other || other == NOTHING) {
                return this;
            }
            if (this == NOTHING) {
                return other;
            }
            boolean numbers = (this == BIGINT || this == DOUBLE) && (other == BIGINT || other == DOUBLE);
            return numbers ? DOUBLE : VARCHAR;
        }
    }

    /** A value with its type. */
    record Cell(Type type, String text) {}

    static Map<String, Cell> cells(Json.Obj object) {
        Map<String, Cell> cells = new LinkedHashMap<>();
        add(cells, "", object);
        return cells;
    }

    private static void add(Map<String, Cell> cells, String path, Json value) {
        if (value instanceof Json.Obj object) {
            object.members().forEach((key, member) -> add(cells, path.isEmpty() ? key : path + "." + key, member));
        } else if (value instanceof Json.Str string) {
            cells.put(path, new Cell(Type.VARCHAR, string.value()));
        } else if (value instanceof Json.Bool bool) {
            cells.put(path, new Cell(Type.BOOLEAN, Boolean.toString(bool.value())));
        } else if (value instanceof Json.Num number) {
            Type type = number.value() instanceof Long ? Type.BIGINT : Type.DOUBLE;
            cells.put(path, new Cell(type, number.value().toString()));
        } else if (value instanceof Json.Arr array) {
            cells.put(path, new Cell(Type.VARCHAR, JsonText.write(array)));
        } else {
            cells.put(path, new Cell(Type.NOTHING, ""));
        }
    }
}
