package tatara.serve.rest;

import com.linecorp.armeria.common.AggregatedHttpRequest;
import com.linecorp.armeria.common.AggregatedHttpResponse;
import com.linecorp.armeria.server.ServiceRequestContext;
import java.util.ArrayList;
import java.util.List;
import tatara.core.json.Json;
import tatara.core.spec.Task;
import tatara.serve.journal.FeedbackReceipt;
import tatara.serve.journal.FeedbackStore;
import tatara.serve.journal.Label;

/** {@code POST /feedback/NAME}: true outcomes, later. Sending the same label again changes nothing. */
final class FeedbackRoute implements Workers.Route {
    private final ServerSettings settings;
    private final ModelRoutes models;
    private final FeedbackStore store;
    private final Metrics metrics;

    FeedbackRoute(ServerSettings settings, ModelRoutes models, FeedbackStore store, Metrics metrics) {
        this.settings = settings;
        this.models = models;
        this.store = store;
        this.metrics = metrics;
    }

    @Override
    public AggregatedHttpResponse answer(ServiceRequestContext ctx, AggregatedHttpRequest request) {
        LiveModel live = models.find(ctx);
        List<Label> labels = labels(
                RequestBody.json(request, settings.maxBodyBytes()),
                live.model().signature().task());
        FeedbackReceipt receipt = store.store(live.name(), labels);
        metrics.feedback(live.name(), receipt);
        return Answers.ok(Json.object()
                .with("stored", (long) receipt.stored())
                .with("changed", (long) receipt.changed())
                .with("unchanged", (long) receipt.unchanged())
                .with("unknown", (long) receipt.unknown()));
    }

    private List<Label> labels(Json body, Task task) {
        if (!(body instanceof Json.Obj object)
                || !(object.find("labels").orElse(Json.NULL) instanceof Json.Arr items)) {
            throw Refusals.bad("no labels", "{\"labels\": [{\"id\": \"…\", \"label\": …}]}");
        }
        if (items.items().isEmpty()) {
            throw Refusals.bad("labels: empty", "at least one");
        }
        if (items.items().size() > settings.maxRows()) {
            throw Refusals.tooLarge("labels: " + items.items().size(), "at most " + settings.maxRows());
        }
        List<Label> labels = new ArrayList<>(items.items().size());
        for (Json item : items.items()) {
            labels.add(label(item, "labels[" + labels.size() + "]", task));
        }
        return labels;
    }

    private static Label label(Json item, String place, Task task) {
        if (!(item instanceof Json.Obj object) || !(object.find("id").orElse(Json.NULL) instanceof Json.Str id)) {
            throw Refusals.bad("no id", place, "{\"id\": \"…\", \"label\": …}");
        }
        Json value = object.find("label").orElse(Json.NULL);
        boolean number = task == Task.REGRESSION || task == Task.FORECAST;
        if (number && !(value instanceof Json.Num)) {
            throw Refusals.bad("label of " + id.value(), place, "a number");
        }
        return new Label(id.value(), value);
    }
}
