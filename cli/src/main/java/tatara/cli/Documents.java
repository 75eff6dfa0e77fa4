package tatara.cli;

import java.util.ArrayList;
import java.util.List;
import tatara.core.evidence.GateResult;
import tatara.core.json.Json;
import tatara.core.port.ModelRegistry;
import tatara.core.run.Evaluation;
import tatara.pipeline.RunOutcome;

/** The JSON documents of {@code --json}. */
final class Documents {
    private Documents() {}

    static Json run(RunOutcome outcome) {
        Json.Obj document = Json.object()
                .with("pipeline", outcome.spec().name())
                .with("run", outcome.run())
                .with("task", outcome.spec().task().name().toLowerCase(java.util.Locale.ROOT))
                .with("target", outcome.spec().target().map(Json::string).map(Json.class::cast).orElse(Json.NULL));
        if (outcome.evaluation().isPresent()) {
            document = document.with("metric", metric(outcome.evaluation().get()));
        }
        if (outcome.version().isPresent()) {
            document = document.with("model", model(outcome.version().get()));
        }
        if (!outcome.endpoint().isEmpty()) {
            document = document.with("endpoint", outcome.endpoint());
        }
        return document.with("gates", gates(outcome.gates()))
                .with("seconds", outcome.seconds())
                .with("report", outcome.report().toString())
                .with("steps", Json.object()
                        .with("ran", (long) outcome.stepsRun())
                        .with("reused", (long) outcome.stepsReused()));
    }

    static Json metric(Evaluation evaluation) {
        return Json.object()
                .with("name", evaluation.metric().key())
                .with("value", evaluation.value().value())
                .with("ci95", Json.numbers(evaluation.value().low(), evaluation.value().high()))
                .with("baseline", evaluation.bestBaseline())
                .with("rows", evaluation.rows());
    }

    static Json model(ModelRegistry.Version version) {
        return Json.object()
                .with("name", version.model())
                .with("version", Integer.toString(version.version()))
                .with("stage", version.stage());
    }

    static Json gates(List<GateResult> gates) {
        List<Json> items = new ArrayList<>();
        for (GateResult gate : gates) {
            items.add(Json.object()
                    .with("id", gate.id())
                    .with("passed", new Json.Bool(gate.passed()))
                    .with("value", gate.value())
                    .with("limit", gate.limit())
                    .with("blocks", new Json.Bool(gate.blocks()))
                    .with("message", gate.message()));
        }
        return new Json.Arr(items);
    }
}
