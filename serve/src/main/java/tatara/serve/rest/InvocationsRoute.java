package tatara.serve.rest;

import com.linecorp.armeria.common.AggregatedHttpRequest;
import com.linecorp.armeria.common.AggregatedHttpResponse;
import com.linecorp.armeria.server.ServiceRequestContext;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tatara.core.json.Json;
import tatara.model.bundle.Signature;

/**
 * {@code POST /invocations/NAME}: MLflow's scoring protocol. Takes {@code dataframe_split}, {@code dataframe_records},
 * {@code instances} or {@code inputs}; answers {@code {"predictions": […]}} with one label or number for each row.
 */
final class InvocationsRoute implements Workers.Route {
    private static final Set<String> FORMS = Set.of("dataframe_split", "dataframe_records", "instances", "inputs");

    private final ServerSettings settings;
    private final ModelRoutes models;
    private final Scoring scoring;

    InvocationsRoute(ServerSettings settings, ModelRoutes models, Scoring scoring) {
        this.settings = settings;
        this.models = models;
        this.scoring = scoring;
    }

    @Override
    public AggregatedHttpResponse answer(ServiceRequestContext ctx, AggregatedHttpRequest request) {
        LiveModel live = models.find(ctx);
        List<String> columns = live.model().signature().inputs().stream()
                .map(Signature.Input::name)
                .toList();
        List<Json.Obj> rows = rows(RequestBody.json(request, settings.maxBodyBytes()), columns);
        Scoring.Scored scored = scoring.score(live, rows, Scoring.Explaining.NO, request);
        List<Json> predictions = new ArrayList<>(rows.size());
        scored.answers()
                .forEach(answer -> predictions.add(answer.find("prediction").orElse(Json.NULL)));
        return Answers.ok(Json.object().with("predictions", new Json.Arr(predictions)));
    }

    private List<Json.Obj> rows(Json body, List<String> columns) {
        if (!(body instanceof Json.Obj object)) {
            throw Refusals.bad("the body is no object", "one of " + forms());
        }
        for (String key : object.members().keySet()) {
            boolean empty = object.members().get(key) instanceof Json.Null
                    || (object.members().get(key) instanceof Json.Obj given
                            && given.members().isEmpty());
            if (!FORMS.contains(key) && !(key.equals("params") && empty)) {
                throw Refusals.bad("member: " + key, "one of " + forms());
            }
        }
        List<String> given =
                object.members().keySet().stream().filter(FORMS::contains).toList();
        if (given.size() != 1) {
            throw Refusals.bad("inputs given: " + given, "exactly one of " + forms());
        }
        Json value = object.find(given.get(0)).orElse(Json.NULL);
        return switch (given.get(0)) {
            case "dataframe_split" -> split(value);
            case "dataframe_records" -> PredictRoute.objects(items(value, "dataframe_records"), "dataframe_records");
            default ->
                value instanceof Json.Obj byColumn
                        ? transposed(byColumn, given.get(0))
                        : rowsOrLists(items(value, given.get(0)), given.get(0), columns);
        };
    }

    private List<Json.Obj> split(Json value) {
        if (!(value instanceof Json.Obj split)) {
            throw Refusals.bad("dataframe_split is no object", "{\"columns\": […], \"data\": [[…]]}");
        }
        List<String> columns = new ArrayList<>();
        for (Json column : items(split.find("columns").orElse(Json.NULL), "dataframe_split.columns")) {
            if (!(column instanceof Json.Str name) || columns.contains(name.value())) {
                throw Refusals.bad("column " + columns.size(), "dataframe_split.columns", "distinct names");
            }
            columns.add(name.value());
        }
        List<Json> data = items(split.find("data").orElse(Json.NULL), "dataframe_split.data");
        scoring.checkCount(data.size());
        return lists(data, "dataframe_split.data", columns);
    }

    private List<Json.Obj> rowsOrLists(List<Json> items, String place, List<String> columns) {
        scoring.checkCount(items.size());
        return items.get(0) instanceof Json.Arr ? lists(items, place, columns) : PredictRoute.objects(items, place);
    }

    /** Rows as lists of values, in the order of the columns. */
    private static List<Json.Obj> lists(List<Json> items, String place, List<String> columns) {
        List<Json.Obj> rows = new ArrayList<>(items.size());
        for (Json item : items) {
            int row = rows.size();
            if (!(item instanceof Json.Arr values) || values.items().size() != columns.size()) {
                throw Refusals.bad(
                        "row " + row + " has the wrong length",
                        place + "[" + row + "]",
                        columns.size() + " values: " + columns);
            }
            Map<String, Json> members = new LinkedHashMap<>();
            for (int i = 0; i < columns.size(); i++) {
                members.put(columns.get(i), values.items().get(i));
            }
            rows.add(new Json.Obj(members));
        }
        return rows;
    }

    /** Columns as lists of values, or as single values of a single row. */
    private List<Json.Obj> transposed(Json.Obj byColumn, String place) {
        int size = -1;
        Map<String, List<Json>> columns = new LinkedHashMap<>();
        for (Map.Entry<String, Json> column : byColumn.members().entrySet()) {
            List<Json> values =
                    column.getValue() instanceof Json.Arr array ? array.items() : List.of(column.getValue());
            if (size >= 0 && values.size() != size) {
                throw Refusals.bad(
                        "column " + column.getKey() + " has " + values.size() + " values",
                        place,
                        size + " as the first column");
            }
            size = values.size();
            columns.put(column.getKey(), values);
        }
        scoring.checkCount(Math.max(0, size));
        List<Json.Obj> rows = new ArrayList<>(size);
        for (int row = 0; row < size; row++) {
            Map<String, Json> members = new LinkedHashMap<>();
            int at = row;
            columns.forEach((name, values) -> members.put(name, values.get(at)));
            rows.add(new Json.Obj(members));
        }
        return rows;
    }

    private static List<Json> items(Json value, String place) {
        if (value instanceof Json.Arr array) {
            return array.items();
        }
        throw Refusals.bad(place + " is no array", "an array");
    }

    private static String forms() {
        return "dataframe_split, dataframe_records, instances, inputs";
    }
}
