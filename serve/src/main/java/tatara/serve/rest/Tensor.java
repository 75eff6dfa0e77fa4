package tatara.serve.rest;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import tatara.core.json.Json;

/**
 * An input tensor of an inference request.
 *
 * @param shape sizes of the dimensions
 * @param values in row-major order, as many as the shape says
 * @param parameters as given
 */
record Tensor(String name, Datatype datatype, long[] shape, List<Json> values, Json.Obj parameters) {
    /**
     * Reads and checks one tensor.
     *
     * @param maxValues values at most
     */
    static Tensor read(Json json, int position, long maxValues) {
        String place = "inputs[" + position + "]";
        if (!(json instanceof Json.Obj object)) {
            throw Refusals.bad("the tensor is no object", place, "{\"name\", \"shape\", \"datatype\", \"data\"}");
        }
        if (!(object.find("name").orElse(Json.NULL) instanceof Json.Str name)) {
            throw Refusals.bad("the tensor has no name", place, "a string");
        }
        String where = "input " + name.value();
        if (!(object.find("datatype").orElse(Json.NULL) instanceof Json.Str type)) {
            throw Refusals.bad("no datatype", where, "one of " + Arrays.toString(Datatype.values()));
        }
        Datatype datatype = Datatype.find(type.value())
                .orElseThrow(() -> Refusals.bad(
                        "datatype: " + type.value(), where, "one of " + Arrays.toString(Datatype.values())));
        Json.Obj parameters =
                object.find("parameters").orElse(Json.NULL) instanceof Json.Obj given ? given : Json.object();
        if (parameters.find("binary_data_size").isPresent()) {
            throw Refusals.bad("binary data", where, "data as JSON: the binary extension is not offered");
        }
        long[] shape = shape(object.find("shape").orElse(Json.NULL), where, maxValues);
        if (!(object.find("data").orElse(Json.NULL) instanceof Json.Arr data)) {
            throw Refusals.bad("no data", where, "an array");
        }
        List<Json> values = values(data, shape, where);
        for (int i = 0; i < values.size(); i++) {
            if (!datatype.holds(values.get(i))) {
                throw Refusals.bad("value " + i, where, datatype + " or null");
            }
        }
        return new Tensor(name.value(), datatype, shape, values, parameters);
    }

    /** Rows of the tensor: its first dimension. */
    int rows() {
        return (int) shape[0];
    }

    /** Whether it holds one value for each row: shape [n] or [n, 1]. */
    boolean isColumn() {
        return shape.length == 1 || (shape.length == 2 && shape[1] == 1);
    }

    private static long[] shape(Json json, String where, long maxValues) {
        if (!(json instanceof Json.Arr sizes)
                || sizes.items().isEmpty()
                || sizes.items().size() > 8) {
            throw Refusals.bad("shape", where, "an array of 1 to 8 sizes");
        }
        long[] shape = new long[sizes.items().size()];
        long product = 1;
        for (int i = 0; i < shape.length; i++) {
            if (!(sizes.items().get(i) instanceof Json.Num number && number.value() instanceof Long size) || size < 0) {
                throw Refusals.bad("shape[" + i + "]", where, "a whole number, 0 or more");
            }
            shape[i] = size;
            boolean overflows = size != 0 && product > maxValues / size;
            if (overflows) {
                throw Refusals.tooLarge(
                        "shape " + Arrays.toString(shape) + " of " + where, "at most " + maxValues + " values");
            }
            product *= size;
        }
        return shape;
    }

    private static List<Json> values(Json.Arr data, long[] shape, String where) {
        long expected = Arrays.stream(shape).reduce(1, (product, size) -> product * size);
        boolean nested = shape.length > 1 && data.items().stream().anyMatch(item -> item instanceof Json.Arr);
        if (!nested) {
            if (data.items().size() != expected) {
                throw mismatch(data.items().size() + " values", shape, where);
            }
            return data.items();
        }
        List<Json> flat = new ArrayList<>((int) expected);
        flatten(data, shape, 0, where, flat);
        return flat;
    }

    private static void flatten(Json.Arr data, long[] shape, int depth, String where, List<Json> flat) {
        if (data.items().size() != shape[depth]) {
            throw mismatch("an array of " + data.items().size() + " in dimension " + depth, shape, where);
        }
        for (Json item : data.items()) {
            if (depth == shape.length - 1) {
                flat.add(item);
            } else if (item instanceof Json.Arr inner) {
                flatten(inner, shape, depth + 1, where, flat);
            } else {
                throw mismatch("a value in dimension " + depth, shape, where);
            }
        }
    }

    private static RuntimeException mismatch(String found, long[] shape, String where) {
        return Refusals.bad("data: " + found, where, "data of shape " + Arrays.toString(shape));
    }
}
