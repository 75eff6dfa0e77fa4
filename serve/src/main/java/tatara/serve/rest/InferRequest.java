package tatara.serve.rest;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import tatara.core.error.TataraException;
import tatara.core.json.Json;
import tatara.core.json.JsonText;
import tatara.model.bundle.Signature;

/**
 * An inference request of the Open Inference Protocol, its tensors turned into rows: one tensor of shape [n] or [n, 1] for each
 * column, or one of shape [n, k] whose columns are named by its parameter {@code columns} or by the signature's order.
 *
 * @param id to be given back
 * @param outputs names of the outputs that are asked for; empty for all
 */
record InferRequest(Optional<String> id, List<Json.Obj> rows, List<String> outputs) {
    static InferRequest read(Json body, Signature signature, int maxRows) {
        if (!(body instanceof Json.Obj request)) {
            throw Refusals.bad("the body is no object", "{\"inputs\": […]}");
        }
        Optional<String> id = request.find("id")
                .filter(json -> !(json instanceof Json.Null))
                .map(json -> {
                    if (json instanceof Json.Str text) {
                        return text.value();
                    }
                    throw Refusals.bad("id", "a string");
                });
        List<Tensor> tensors = tensors(request, signature, maxRows);
        List<String> names =
                signature.inputs().stream().map(Signature.Input::name).toList();
        List<Json.Obj> rows = tensors.size() == 1 && !tensors.get(0).isColumn()
                ? matrix(tensors.get(0), names)
                : columns(tensors, signature, names);
        return new InferRequest(id, rows, outputs(request));
    }

    private static List<Tensor> tensors(Json.Obj request, Signature signature, int maxRows) {
        if (!(request.find("inputs").orElse(Json.NULL) instanceof Json.Arr inputs)
                || inputs.items().isEmpty()) {
            throw Refusals.bad("no inputs", "{\"inputs\": [{\"name\", \"shape\", \"datatype\", \"data\"}]}");
        }
        long maxValues = (long) maxRows * Math.max(1, signature.inputs().size());
        List<Tensor> tensors = new ArrayList<>();
        Set<String> seen = new LinkedHashSet<>();
        for (Json input : inputs.items()) {
            Tensor tensor = Tensor.read(input, tensors.size(), maxValues);
            if (!seen.add(tensor.name())) {
                throw Refusals.bad("input " + tensor.name() + " is given twice", "distinct names");
            }
            tensors.add(tensor);
        }
        return tensors;
    }

    private static List<Json.Obj> columns(List<Tensor> tensors, Signature signature, List<String> names) {
        int rows = tensors.get(0).rows();
        for (Tensor tensor : tensors) {
            if (!names.contains(tensor.name())) {
                throw Refusals.bad("unknown input: " + tensor.name(), "one of " + names);
            }
            if (!tensor.isColumn() || tensor.rows() != rows) {
                throw Refusals.bad(
                        "shape " + java.util.Arrays.toString(tensor.shape()),
                        "input " + tensor.name(),
                        "[" + rows + "] or [" + rows + ", 1]");
            }
        }
        for (Signature.Input input : signature.inputs()) {
            if (input.required()
                    && tensors.stream().noneMatch(tensor -> tensor.name().equals(input.name()))) {
                throw Refusals.bad("missing input: " + input.name(), "a tensor for each of " + names);
            }
        }
        List<Json.Obj> objects = new ArrayList<>(rows);
        for (int row = 0; row < rows; row++) {
            Map<String, Json> members = new LinkedHashMap<>();
            for (Tensor tensor : tensors) {
                members.put(tensor.name(), tensor.values().get(row));
            }
            objects.add(new Json.Obj(members));
        }
        return objects;
    }

    private static List<Json.Obj> matrix(Tensor tensor, List<String> names) {
        String where = "input " + tensor.name();
        if (tensor.shape().length != 2) {
            throw Refusals.bad(
                    "shape " + java.util.Arrays.toString(tensor.shape()), where, "[n], [n, 1] or [n, columns]");
        }
        int width = (int) tensor.shape()[1];
        List<String> columns = matrixColumns(tensor, names);
        if (columns.size() != width) {
            throw Refusals.bad(width + " columns", where, columns.size() + ": " + columns);
        }
        List<Json.Obj> objects = new ArrayList<>(tensor.rows());
        for (int row = 0; row < tensor.rows(); row++) {
            Map<String, Json> members = new LinkedHashMap<>();
            for (int column = 0; column < width; column++) {
                members.put(columns.get(column), tensor.values().get(row * width + column));
            }
            objects.add(new Json.Obj(members));
        }
        return objects;
    }

    /** The parameter {@code columns} (a JSON array as text, or names with commas between), or all columns in the signature's order. */
    private static List<String> matrixColumns(Tensor tensor, List<String> names) {
        Json given = tensor.parameters().find("columns").orElse(Json.NULL);
        if (!(given instanceof Json.Str text)) {
            return names;
        }
        List<String> columns = new ArrayList<>();
        for (String column : columnNames(text.value())) {
            if (!names.contains(column) || columns.contains(column)) {
                throw Refusals.bad(
                        "column " + column, "parameters.columns of input " + tensor.name(), "each once, of " + names);
            }
            columns.add(column);
        }
        return columns;
    }

    private static List<String> columnNames(String text) {
        if (!text.stripLeading().startsWith("[")) {
            return List.of(text.split(",", -1)).stream().map(String::strip).toList();
        }
        List<String> columns = new ArrayList<>();
        try {
            if (JsonText.read("columns", text) instanceof Json.Arr array) {
                array.items().forEach(item -> columns.add(item instanceof Json.Str name ? name.value() : ""));
            }
        } catch (TataraException e) {
            throw new TataraException(RestErrorCode.BAD_REQUEST, e.fault(), e);
        }
        return columns;
    }

    private static List<String> outputs(Json.Obj request) {
        Json given = request.find("outputs").orElse(Json.NULL);
        if (given instanceof Json.Null) {
            return List.of();
        }
        if (!(given instanceof Json.Arr outputs)) {
            throw Refusals.bad("outputs", "an array of {\"name\"}");
        }
        Set<String> names = new LinkedHashSet<>();
        for (Json output : outputs.items()) {
            if (!(output instanceof Json.Obj object)
                    || !(object.find("name").orElse(Json.NULL) instanceof Json.Str name)
                    || !names.add(name.value())) {
                throw Refusals.bad("outputs[" + names.size() + "]", "{\"name\": …}, each name once");
            }
        }
        return List.copyOf(names);
    }
}
