package tatara.serve.rest;

import com.linecorp.armeria.common.AggregatedHttpRequest;
import com.linecorp.armeria.common.AggregatedHttpResponse;
import com.linecorp.armeria.server.ServiceRequestContext;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import tatara.core.json.Json;

/** {@code POST /predict/NAME[/versions/V][?explain=true]}: rows in, predictions out (V1). */
final class PredictRoute implements Workers.Route {
    private final ServerSettings settings;
    private final ModelRoutes models;
    private final Scoring scoring;

    PredictRoute(ServerSettings settings, ModelRoutes models, Scoring scoring) {
        this.settings = settings;
        this.models = models;
        this.scoring = scoring;
    }

    @Override
    public AggregatedHttpResponse answer(ServiceRequestContext ctx, AggregatedHttpRequest request) {
        LiveModel live = models.find(ctx);
        Scoring.Explaining explaining = explaining(ctx);
        List<Json.Obj> rows = rows(RequestBody.json(request, settings.maxBodyBytes()));
        Scoring.Scored scored = scoring.score(live, rows, explaining, request);
        return Answers.ok(new Json.Obj(Map.of())
                .with("predictions", new Json.Arr(List.copyOf(scored.answers())))
                .with(
                        "model",
                        Json.object().with("name", live.name()).with("version", Integer.toString(live.version()))));
    }

    private static Scoring.Explaining explaining(ServiceRequestContext ctx) {
        String asked = ctx.queryParam("explain");
        return switch (asked == null ? "false" : asked.toLowerCase(Locale.ROOT)) {
            case "true", "1", "" -> Scoring.Explaining.YES;
            case "false", "0" -> Scoring.Explaining.NO;
            default -> throw Refusals.bad("explain: " + asked, "true or false");
        };
    }

    /** {@code {"rows": […]}}, an array of rows, or one bare row. */
    private static List<Json.Obj> rows(Json body) {
        if (body instanceof Json.Obj object && object.find("rows").orElse(Json.NULL) instanceof Json.Arr rows) {
            if (object.members().size() > 1) {
                throw Refusals.bad("members beside rows: " + others(object), "only rows");
            }
            return objects(rows.items(), "rows");
        }
        if (body instanceof Json.Obj row) {
            return List.of(row);
        }
        if (body instanceof Json.Arr rows) {
            return objects(rows.items(), "");
        }
        throw Refusals.bad("the body is neither an object nor an array", "{\"rows\": [{\"column\": value}]}");
    }

    static List<Json.Obj> objects(List<Json> items, String place) {
        List<Json.Obj> rows = new ArrayList<>(items.size());
        for (Json item : items) {
            if (!(item instanceof Json.Obj row)) {
                throw Refusals.bad(
                        "row " + rows.size() + " is no object", place + "[" + rows.size() + "]", "{\"column\": value}");
            }
            rows.add(row);
        }
        return rows;
    }

    private static String others(Json.Obj object) {
        return String.join(
                ", ",
                object.members().keySet().stream()
                        .filter(key -> !key.equals("rows"))
                        .toList());
    }
}
