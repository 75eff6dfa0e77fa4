package tatara.data.lineage;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import tatara.core.design.DataDesign;
import tatara.core.design.DataDesign.Contract;
import tatara.core.design.FeatureDesign;
import tatara.core.design.FeatureDesign.Feature;
import tatara.core.design.FeatureDesign.ViewColumn;
import tatara.core.run.Lineage.Kind;
import tatara.core.run.Lineage.Means;
import tatara.model.transform.FittedColumn;
import tatara.model.transform.FittedTransform;
import tatara.model.transform.OutputFeature;

/** The second half of the way: from typed tables over view columns and features to the model and what it answers. */
final class ModelTracing {
    private final Trace trace;
    private final Graph graph;
    private final String main;

    ModelTracing(Trace trace, Graph graph) {
        this.trace = trace;
        this.graph = graph;
        this.main = trace.data().mainTable();
    }

    void draw() {
        if (trace.viewed()) {
            view();
        }
        boolean trained = !trace.model().isEmpty();
        String model = graph.table(Kind.MODEL, trace.pipeline(), trained ? "" : "planned", modelFacts());
        graph.direct(
                graph.table(rowsKind(), main, "", Map.of()),
                model,
                Means.AGGREGATION,
                trained ? "trained on its rows" : "will be trained on its rows");
        if (trace.transform().isPresent()) {
            fitted(trace.transform().get(), model);
        } else {
            planned(model);
        }
        trained(model);
        String prediction = graph.table(Kind.PREDICTION, trace.pipeline(), "", Map.of());
        graph.direct(model, prediction, Means.TRANSFORMATION, "scored");
    }

    private Map<String, String> modelFacts() {
        Map<String, String> facts = new LinkedHashMap<>(trace.model());
        trace.code().forEach(facts::putIfAbsent);
        return facts;
    }

    private Kind rowsKind() {
        return trace.viewed() ? Kind.VIEW : Kind.PROCESSED;
    }

    private void view() {
        String view = graph.table(Kind.VIEW, main, "", Tracing.version(trace.rows()));
        graph.direct(processed(main, Optional.empty()), view, Means.IDENTITY, "every row once");
        for (Contract column : trace.data().main().columns()) {
            String role = column.role().name().toLowerCase(Locale.ROOT);
            String joined = graph.column(Kind.VIEW, main, column.name(), role, Map.of());
            graph.direct(processed(main, Optional.of(column.name())), joined, Means.IDENTITY, "as it is");
        }
        trace.views().forEach(column -> viewColumn(view, column));
    }

    private void viewColumn(String view, ViewColumn column) {
        String aggregate = column.aggregate().name().toLowerCase(Locale.ROOT).replace('_', ' ');
        String window = column.windowDays() > 0 ? " of the last " + column.windowDays() + " days" : "";
        String made = graph.column(
                Kind.VIEW, main, column.name(), "feature", Map.of("aggregate", aggregate, "table", column.table()));
        DataDesign.Table linked = trace.data().table(column.table());
        graph.indirect(
                processed(column.table(), Optional.empty()),
                view,
                Means.JOIN,
                "joined on " + column.key() + " = " + column.mainKey());
        column.column()
                .ifPresent(name -> graph.direct(
                        processed(column.table(), Optional.of(name)), made, Means.AGGREGATION, aggregate + window));
        indirect(column.table(), column.key(), made, Means.JOIN, "rows of this key are counted in");
        indirect(main, column.mainKey(), made, Means.JOIN, "its rows are looked up by this key");
        times(column, linked, made);
    }

    /** Times that decide which linked rows were known, or are what is computed. */
    private void times(ViewColumn column, DataDesign.Table linked, String made) {
        Optional<String> mainTime = trace.data().main().eventTime();
        boolean days = column.aggregate() == FeatureDesign.Aggregate.DAYS_SINCE_LAST
                || column.aggregate() == FeatureDesign.Aggregate.DAYS_SINCE_FIRST;
        Optional<String> linkedTime = linked.eventTime().or(linked::arrivalTime);
        boolean timed = mainTime.isPresent() && linkedTime.isPresent();
        if (days && column.column().isEmpty()) {
            linkedTime.ifPresent(time -> graph.direct(
                    processed(linked.name(), Optional.of(time)), made, Means.AGGREGATION, "days are counted from it"));
        }
        if (timed) {
            String reason =
                    column.windowDays() > 0 ? "only rows known before, within the window" : "only rows known before";
            mainTime.ifPresent(time -> indirect(main, time, made, Means.FILTER, reason));
            if (days) {
                graph.direct(processed(main, mainTime), made, Means.AGGREGATION, "days are counted up to it");
            }
            Set<String> known = new LinkedHashSet<>();
            linked.eventTime().ifPresent(known::add);
            linked.arrivalTime().ifPresent(known::add);
            known.forEach(time -> indirect(linked.name(), time, made, Means.FILTER, reason));
        } else if (column.aggregate() == FeatureDesign.Aggregate.LAST) {
            linkedTime.ifPresent(time -> indirect(linked.name(), time, made, Means.FILTER, "tells which row is last"));
        }
    }

    private void indirect(String table, String column, String made, Means means, String how) {
        graph.indirect(processed(table, Optional.of(column)), made, means, how);
    }

    private static String processed(String table, Optional<String> column) {
        return Graph.id(Kind.PROCESSED, table, column);
    }

    private String row(String column) {
        return Graph.id(rowsKind(), main, Optional.of(column));
    }

    private void fitted(FittedTransform transform, String model) {
        Map<String, List<FittedColumn>> columns = new LinkedHashMap<>();
        transform.columns().forEach(column -> columns.computeIfAbsent(column.column(), name -> new ArrayList<>())
                .add(column));
        for (OutputFeature output : transform.outputs()) {
            String how = columns.getOrDefault(output.column(), List.of()).stream()
                    .filter(column -> (column instanceof FittedColumn.Category) == output.isCategory())
                    .map(column -> FeatureWords.of(column, output))
                    .findFirst()
                    .orElse("");
            feature(output.name(), output.column(), how, model);
        }
    }

    private void planned(String model) {
        for (Feature feature : trace.features().features()) {
            feature(feature.column(), feature.column(), FeatureWords.of(feature), model);
        }
        trace.features().forecast().ifPresent(forecast -> {
            forecast.series().ifPresent(column -> feature(column, column, "tells the series apart", model));
            Optional<String> time =
                    forecast.time().or(() -> trace.data().main().find("step").map(Contract::name));
            time.ifPresent(column -> feature(column, column, "orders the steps and continues them", model));
            trace.features()
                    .target()
                    .column()
                    .ifPresent(column -> feature(column, column, "the history of the series", model));
        });
    }

    private void feature(String name, String column, String how, String model) {
        String made = graph.column(Kind.FEATURE, trace.pipeline(), name, "feature", Map.of("how", how));
        graph.direct(row(column), made, how.equals(FeatureWords.AS_IT_IS) ? Means.IDENTITY : Means.TRANSFORMATION, how);
        graph.direct(made, model, Means.TRANSFORMATION, "input of the model");
    }

    /** What decides over the model without being asked for when it answers. */
    private void trained(String model) {
        trace.features()
                .target()
                .column()
                .filter(column -> graph.holds(row(column)))
                .ifPresent(column ->
                        graph.direct(row(column), model, Means.AGGREGATION, "the target that it was fitted to"));
        trace.features()
                .split()
                .column()
                .filter(column -> graph.holds(row(column)))
                .ifPresent(column -> graph.indirect(
                        row(column), model, Means.FILTER, "decides which rows are trained on and which are sealed"));
    }
}
