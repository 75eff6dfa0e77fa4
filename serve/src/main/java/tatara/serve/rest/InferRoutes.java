package tatara.serve.rest;

import com.linecorp.armeria.common.AggregatedHttpRequest;
import com.linecorp.armeria.common.AggregatedHttpResponse;
import com.linecorp.armeria.server.ServiceRequestContext;
import java.util.List;
import tatara.core.json.Json;
import tatara.core.spec.Task;
import tatara.model.bundle.Signature;

/** The Open Inference Protocol v2 over REST (V1): metadata, readiness and inference, with and without a version in the path. */
final class InferRoutes {
    private static final String VERSION = "0.1.0";

    private final ServerSettings settings;
    private final ModelSource source;
    private final ModelRoutes models;
    private final Scoring scoring;

    InferRoutes(ServerSettings settings, ModelSource source, Scoring scoring) {
        this.settings = settings;
        this.source = source;
        this.models = new ModelRoutes(source);
        this.scoring = scoring;
    }

    void bind(Routes routes, Workers workers) {
        routes.get("/v2", workers.plain((ctx, request) -> server()))
                .get("/v2/models", workers.plain((ctx, request) -> list()));
        for (String path : List.of("/v2/models/{name}", "/v2/models/{name}/versions/{version}")) {
            routes.get(path, workers.plain((ctx, request) -> metadata(ctx)))
                    .get(path + "/ready", workers.plain((ctx, request) -> ready(ctx)))
                    .post(path + "/infer", workers.json(this::infer));
        }
    }

    private static AggregatedHttpResponse server() {
        return Answers.ok(Json.object()
                .with("name", "tatara")
                .with("version", VERSION)
                .with("extensions", new Json.Arr(List.of())));
    }

    private AggregatedHttpResponse list() {
        return Answers.ok(Json.object().with("models", Json.strings(source.names())));
    }

    private AggregatedHttpResponse metadata(ServiceRequestContext ctx) {
        LiveModel live = models.find(ctx);
        Signature signature = live.model().signature();
        Json.Obj properties = Json.object()
                .with("task", signature.task().name().toLowerCase(java.util.Locale.ROOT))
                .with("target", signature.target())
                .with("key", live.key());
        if (signature.task() == Task.BINARY) {
            properties = properties.with("threshold", Double.toString(signature.threshold()));
            properties = signature.positive().isPresent()
                    ? properties.with("positive", signature.positive().get())
                    : properties;
        }
        return Answers.ok(Json.object()
                .with("name", live.name())
                .with("versions", Json.strings(versions(live.name())))
                .with("platform", "tatara")
                .with("inputs", inputs(signature))
                .with("outputs", InferOutputs.of(signature).described())
                .with("properties", properties));
    }

    private AggregatedHttpResponse ready(ServiceRequestContext ctx) {
        LiveModel live = models.find(ctx);
        return Answers.ok(Json.object().with("name", live.name()).with("ready", new Json.Bool(true)));
    }

    private AggregatedHttpResponse infer(ServiceRequestContext ctx, AggregatedHttpRequest request) {
        LiveModel live = models.find(ctx);
        Signature signature = live.model().signature();
        InferOutputs outputs = InferOutputs.of(signature);
        InferRequest asked =
                InferRequest.read(RequestBody.json(request, settings.maxBodyBytes()), signature, settings.maxRows());
        outputs.check(asked.outputs());
        Scoring.Scored scored = scoring.score(live, asked.rows(), Scoring.Explaining.NO, request);
        Json.Obj response =
                Json.object().with("model_name", live.name()).with("model_version", Integer.toString(live.version()));
        response = asked.id().isPresent() ? response.with("id", asked.id().get()) : response;
        return Answers.ok(response.with("outputs", outputs.tensors(scored.answers(), asked.outputs())));
    }

    private List<String> versions(String name) {
        return source.versions(name).stream().map(String::valueOf).toList();
    }

    private static Json.Arr inputs(Signature signature) {
        return new Json.Arr(signature.inputs().stream()
                .map(input -> (Json) Json.object()
                        .with("name", input.name())
                        .with("datatype", Datatype.of(input.type()).name())
                        .with("shape", new Json.Arr(List.of(new Json.Num(-1L))))
                        .with("parameters", Json.object().with("required", new Json.Bool(input.required()))))
                .toList());
    }
}
