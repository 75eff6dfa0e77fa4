package tatara.model.bundle;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import tatara.core.json.Json;
import tatara.core.json.JsonText;
import tatara.core.json.YamlText;

/** The {@code MLmodel} file of MLflow's model format: a flavour of our own, and the signature in MLflow's words. */
final class MlmodelFile {
    private MlmodelFile() {}

    static String text(Signature signature, Map<String, String> files) {
        Json.Obj flavor = Json.object().with("model", "model.json").with("files", Json.strings(files.keySet()));
        Json.Obj shape = Json.object()
                .with("inputs", JsonText.write(inputs(signature)))
                .with("outputs", JsonText.write(outputs(signature)));
        return YamlText.write(Json.object()
                .with("flavors", Json.object().with("tatara", flavor))
                .with("signature", shape));
    }

    private static Json inputs(Signature signature) {
        List<Json> inputs = new ArrayList<>();
        for (Signature.Input input : signature.inputs()) {
            String type =
                    switch (input.type().kind()) {
                        case NUMBER -> "double";
                        case TEXT -> "string";
                        case TIME -> "datetime";
                    };
            inputs.add(column(input.name(), type).with("required", new Json.Bool(input.required())));
        }
        return new Json.Arr(inputs);
    }

    private static Json outputs(Signature signature) {
        List<Json> outputs = new ArrayList<>();
        outputs.add(column("prediction", signature.task().isClassification() ? "string" : "double"));
        for (String label : signature.classes()) {
            outputs.add(column("probability_" + label, "double"));
        }
        if (signature.task() == tatara.core.spec.Task.FORECAST) {
            outputs.add(column("lower", "double"));
            outputs.add(column("upper", "double"));
        }
        return new Json.Arr(outputs);
    }

    private static Json.Obj column(String name, String type) {
        return Json.object().with("type", type).with("name", name);
    }
}
