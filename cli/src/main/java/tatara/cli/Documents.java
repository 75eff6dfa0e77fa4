package tatara.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import tatara.core.evidence.GateResult;
import tatara.core.json.Json;
import tatara.core.run.Evaluation;
import tatara.core.spec.Spec;
import tatara.pipeline.outcome.Latest;

/** The JSON documents of {@code --json}. */
final class Documents {
    private Documents() {}

    /** The document of {@code run}, {@code design} and {@code show}. */
    static Json.Obj run(Spec spec, Latest latest, Path report) {
        Json.Obj document = question(spec).with("run", latest.run());
        if (latest.evaluation().isPresent()) {
            document = document.with("metric", metric(latest.evaluation().get()));
        }
        if (latest.modelVersion() > 0) {
            document = document.with("model", model(spec, latest));
        }
        if (!latest.endpoint().isEmpty()) {
            document = document.with("endpoint", latest.endpoint());
        }
        return document.with("gates", gates(latest.gates()))
                .with("seconds", latest.seconds())
                .with("report", report.toString())
                .with("steps", Json.object().with("ran", latest.stepsRun()).with("reused", latest.stepsReused()));
    }

    /** A line of {@code list}. */
    static Json.Obj card(Spec spec, Optional<Latest> latest) {
        Json.Obj document = question(spec);
        if (latest.flatMap(Latest::evaluation).isPresent()) {
            document = document.with(
                    "metric", metric(latest.flatMap(Latest::evaluation).get()));
        }
        if (latest.isPresent() && latest.get().modelVersion() > 0) {
            document = document.with("model", model(spec, latest.get()));
        }
        return document;
    }

    private static Json.Obj question(Spec spec) {
        return Json.object()
                .with("pipeline", spec.name())
                .with("sentence", spec.sentence())
                .with("task", spec.task().name().toLowerCase(Locale.ROOT))
                .with("target", spec.target().<Json>map(Json::string).orElse(Json.NULL));
    }

    private static Json metric(Evaluation evaluation) {
        return Json.object()
                .with("name", evaluation.metric().key())
                .with("value", evaluation.value().value())
                .with(
                        "ci95",
                        Json.numbers(
                                evaluation.value().low(), evaluation.value().high()))
                .with("baseline", evaluation.bestBaseline())
                .with("rows", evaluation.rows());
    }

    private static Json model(Spec spec, Latest latest) {
        return Json.object()
                .with("name", spec.name())
                .with("version", Integer.toString(latest.modelVersion()))
                .with("stage", latest.modelStage());
    }

    private static Json gates(List<GateResult> gates) {
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
