package tatara.serve.rollout;

import java.net.URI;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tatara.core.error.TataraException;
import tatara.core.frame.Frame;
import tatara.core.json.Json;
import tatara.core.json.JsonText;
import tatara.model.prediction.Predictions;

/**
 * Proves that a live model answers what batch prediction answered: sends recorded rows over HTTP through {@code /predict} and
 * {@code /v2/…/infer} and compares every label, probability and number. A model with a mismatch must not go live. The server's log marks these requests as {@code parity}. Immutable,
 * thread-safe.
 */
public final class ParityGate {
    /** Mismatches that a result lists. */
    public static final int LISTED = 50;

    private static final int REQUEST_ROWS = 100;
    private static final int REQUEST_CELLS = 200_000;

    private final LiveServer server;
    private final double tolerance;

    /**
     * @param base of the server, such as {@code http://127.0.0.1:7070}
     * @param token for a guarded server
     * @param tolerance greatest difference of a number, relative where the number is above 1
     */
    public ParityGate(URI base, Optional<String> token, double tolerance) {
        this.server = new LiveServer(base, token);
        this.tolerance = tolerance;
    }

    /**
     * Compares the version in production.
     *
     * @param rows recorded raw rows, with at least the model's required columns
     * @param expected what batch prediction answered to the same rows, in order
     * @throws TataraException {@link RolloutErrorCode#SERVER_UNAVAILABLE} if the server does not know the model or can't be reached
     */
    public ParityResult check(String model, Frame rows, Predictions expected) {
        return compare("/" + LiveServer.segment(model), rows, expected);
    }

    /** Compares one version, also before it is in production. */
    public ParityResult check(String model, int version, Frame rows, Predictions expected) {
        return compare("/" + LiveServer.segment(model) + "/versions/" + version, rows, expected);
    }

    private ParityResult compare(String path, Frame rows, Predictions expected) {
        if (rows.rows() != expected.rows()) {
            throw new IllegalArgumentException("rows: " + rows.rows() + " (expected: " + expected.rows() + ")");
        }
        List<String> inputs = new ArrayList<>();
        for (Json input : items(server.get("/v2/models" + path), "inputs")) {
            inputs.add(text(((Json.Obj) input).find("name").orElse(Json.NULL)));
        }
        RecordedRows recorded = new RecordedRows(rows);
        Comparison comparison = new Comparison(expected, tolerance);
        int step = Math.max(
                1,
                Math.min(REQUEST_ROWS, REQUEST_CELLS / Math.max(1, rows.schema().size())));
        for (int start = 0; start < rows.rows(); start += step) {
            int end = Math.min(rows.rows(), start + step);
            predict(path, recorded, start, end, comparison);
            infer(path, recorded, inputs, start, end, comparison);
        }
        return comparison.result(rows.rows());
    }

    private void predict(String path, RecordedRows rows, int start, int end, Comparison comparison) {
        List<Json> answers;
        try {
            answers = items(
                    server.post("/predict" + path, Json.object().with("rows", rows.objects(start, end))),
                    "predictions");
        } catch (TataraException e) {
            comparison.absent(start, "/predict", e.fault().what());
            return;
        }
        for (int row = start; row < end; row++) {
            if (row - start < answers.size() && answers.get(row - start) instanceof Json.Obj answer) {
                comparison.row(row, "/predict", name -> ofAnswer(answer, name));
            } else {
                comparison.absent(row, "/predict", "nothing");
            }
        }
    }

    private void infer(String path, RecordedRows rows, List<String> inputs, int start, int end, Comparison comparison) {
        Map<String, List<Json>> outputs = new HashMap<>();
        List<String> classes = new ArrayList<>();
        try {
            Json.Obj request = Json.object().with("inputs", rows.tensors(inputs, start, end));
            for (Json output : items(server.post("/v2/models" + path + "/infer", request), "outputs")) {
                Json.Obj tensor = (Json.Obj) output;
                outputs.put(text(tensor.find("name").orElse(Json.NULL)), items(tensor, "data"));
                classes.addAll(classes(tensor));
            }
        } catch (TataraException e) {
            comparison.absent(start, "/v2", e.fault().what());
            return;
        }
        for (int row = start; row < end; row++) {
            int at = row - start;
            comparison.row(row, "/v2", name -> ofTensors(outputs, classes, name, at));
        }
    }

    private static Json ofAnswer(Json.Obj answer, String name) {
        if (name.startsWith("probability_")) {
            return answer.find("probabilities").orElse(Json.NULL) instanceof Json.Obj probabilities
                    ? probabilities
                            .find(name.substring("probability_".length()))
                            .orElse(Json.NULL)
                    : Json.NULL;
        }
        return answer.find(name).orElse(Json.NULL);
    }

    private static Json ofTensors(Map<String, List<Json>> outputs, List<String> classes, String name, int row) {
        if (!name.startsWith("probability_")) {
            return at(outputs.getOrDefault(name, List.of()), row);
        }
        int position = classes.indexOf(name.substring("probability_".length()));
        return position < 0
                ? Json.NULL
                : at(outputs.getOrDefault("probabilities", List.of()), row * classes.size() + position);
    }

    private static Json at(List<Json> values, int position) {
        return position < values.size() ? values.get(position) : Json.NULL;
    }

    /** The parameter {@code classes} of the probabilities' tensor. */
    private static List<String> classes(Json.Obj tensor) {
        Json classes = tensor.find("parameters").orElse(Json.NULL) instanceof Json.Obj parameters
                ? parameters.find("classes").orElse(Json.NULL)
                : Json.NULL;
        return classes instanceof Json.Str list
                ? items(Json.object().with("classes", JsonText.read("classes", list.value())), "classes").stream()
                        .map(ParityGate::text)
                        .toList()
                : List.of();
    }

    private static List<Json> items(Json.Obj object, String member) {
        return object.find(member).orElse(Json.NULL) instanceof Json.Arr array ? array.items() : List.of();
    }

    private static String text(Json json) {
        return json instanceof Json.Str string ? string.value() : "";
    }
}
