package tatara.serve.rest;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import tatara.core.json.Json;
import tatara.core.json.JsonText;
import tatara.core.spec.Task;
import tatara.model.bundle.Signature;

/**
 * The output tensors of a model: {@code prediction}, for classes {@code probabilities} [n, classes] with the parameter
 * {@code classes} (a JSON array as text), for anomalies {@code score}, for forecasts {@code lower} and {@code upper}, and {@code id} for feedback.
 */
final class InferOutputs {
    private final List<Output> outputs;

    private record Output(
            String name, Datatype datatype, List<String> classes, Function<Json.Obj, List<Json>> values) {}

    private InferOutputs(List<Output> outputs) {
        this.outputs = outputs;
    }

    static InferOutputs of(Signature signature) {
        List<Output> outputs = new ArrayList<>();
        boolean anomaly = signature.task() == Task.ANOMALY;
        boolean classes = signature.task().isClassification();
        outputs.add(single("prediction", classes || anomaly ? Datatype.BYTES : Datatype.FP64));
        if (anomaly) {
            outputs.add(single("score", Datatype.FP64));
        }
        if (classes) {
            outputs.add(new Output(
                    "probabilities",
                    Datatype.FP64,
                    signature.classes(),
                    answer -> probabilities(answer, signature.classes())));
        }
        if (signature.task() == Task.FORECAST) {
            outputs.add(single("lower", Datatype.FP64));
            outputs.add(single("upper", Datatype.FP64));
        }
        outputs.add(single("id", Datatype.BYTES));
        return new InferOutputs(outputs);
    }

    /** For the model's metadata: name, datatype, shape with -1 for the rows. */
    Json.Arr described() {
        return new Json.Arr(
                outputs.stream().map(output -> (Json) head(output, -1)).toList());
    }

    /**
     * The tensors of answers.
     *
     * @param asked names in the order wanted; empty for all
     */
    Json.Arr tensors(List<Json.Obj> answers, List<String> asked) {
        List<Json> tensors = new ArrayList<>();
        for (Output output :
                asked.isEmpty() ? outputs : asked.stream().map(this::find).toList()) {
            List<Json> data = new ArrayList<>(answers.size());
            answers.forEach(answer -> data.addAll(output.values().apply(answer)));
            tensors.add(head(output, answers.size()).with("data", new Json.Arr(data)));
        }
        return new Json.Arr(tensors);
    }

    /** Refuses names of no output before anything is scored. */
    void check(List<String> asked) {
        asked.forEach(this::find);
    }

    private Output find(String name) {
        return outputs.stream()
                .filter(output -> output.name().equals(name))
                .findFirst()
                .orElseThrow(() -> Refusals.bad(
                        "unknown output: " + name,
                        "one of " + outputs.stream().map(Output::name).toList()));
    }

    private static Json.Obj head(Output output, long rows) {
        Json.Arr shape = output.classes().isEmpty()
                ? new Json.Arr(List.of(new Json.Num(rows)))
                : new Json.Arr(List.of(
                        new Json.Num(rows), new Json.Num((long) output.classes().size())));
        Json.Obj head = Json.object()
                .with("name", output.name())
                .with("datatype", output.datatype().name())
                .with("shape", shape);
        return output.classes().isEmpty()
                ? head
                : head.with(
                        "parameters", Json.object().with("classes", JsonText.write(Json.strings(output.classes()))));
    }

    private static Output single(String name, Datatype datatype) {
        return new Output(
                name, datatype, List.of(), answer -> List.of(answer.find(name).orElse(Json.NULL)));
    }

    private static List<Json> probabilities(Json.Obj answer, List<String> classes) {
        Json.Obj given = (Json.Obj) answer.find("probabilities").orElse(Json.object());
        return classes.stream().map(name -> given.find(name).orElse(Json.NULL)).toList();
    }
}
