package tatara.cli;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import tatara.core.error.Fault;
import tatara.core.error.TataraException;
import tatara.core.json.Json;
import tatara.core.json.RecordCodec;
import tatara.core.run.Lineage;
import tatara.core.run.Lineage.Edge;
import tatara.core.run.Lineage.Kind;
import tatara.core.run.Lineage.Node;
import tatara.core.run.LineageMap;

/** Shows a lineage from one of its nodes on, towards the sources and towards the predictions. */
final class LineageWalk {
    private static final int LINES = 2000;
    private static final int FEATURES = 8;

    private final Terminal terminal;
    private final Lineage lineage;
    private final LineageMap map;
    private int lines;

    LineageWalk(Terminal terminal, Lineage lineage) {
        this.terminal = terminal;
        this.lineage = lineage;
        this.map = new LineageMap(lineage);
    }

    /**
     * Shows it, and gives what was shown as a document.
     *
     * @param what as {@link Lineage#named} understands it
     * @param up towards the sources; both ways if neither or both are asked for
     */
    Json.Obj document(String what, boolean up, boolean down) {
        boolean both = up == down;
        Json.Obj document = Json.object().with("pipeline", lineage.pipeline()).with("run", lineage.run());
        if (both || up) {
            document = document.with("up", walk(what, true));
        }
        if (both || down) {
            document = document.with("down", walk(what, false)).with("breaks", breaks(what));
        }
        return document;
    }

    /** Every feature with the columns whose values flow into it, then every source column with its features; the first of each. */
    Json.Obj overview(int most) {
        List<Json> features = new ArrayList<>();
        List<Node> all = map.of(Kind.FEATURE);
        terminal.line("");
        terminal.line("what each feature is made from");
        for (Node feature : all.subList(0, Math.min(most, all.size()))) {
            List<String> sources =
                    map.sources(feature.id()).stream().map(Node::label).toList();
            terminal.line("  " + feature.label() + " \u2190 " + String.join(", ", sources) + "  ("
                    + feature.facts().getOrDefault("how", "") + ")");
            features.add(Json.object().with("feature", feature.label()).with("sources", Json.strings(sources)));
        }
        more(all.size(), most);
        List<Json> columns = new ArrayList<>();
        List<Node> sources = map.of(Kind.SOURCE).stream()
                .filter(node -> node.column().isPresent())
                .toList();
        terminal.line("what each column leads to");
        for (Node source : sources.subList(0, Math.min(most, sources.size()))) {
            Set<String> reached = map.reach(List.of(source.id()), false);
            List<String> made =
                    hit(Kind.FEATURE, reached).stream().map(Node::label).toList();
            boolean used = !hit(Kind.MODEL, reached).isEmpty();
            terminal.line("  " + source.label() + " \u2192 "
                    + (made.isEmpty()
                            ? (used ? "the model's training" : "nothing: " + why(List.of(source)))
                            : String.join(", ", made.subList(0, Math.min(FEATURES, made.size())))
                                    + (made.size() > FEATURES
                                            ? String.format(Locale.ROOT, " and %,d more", made.size() - FEATURES)
                                            : "")));
            columns.add(Json.object()
                    .with("column", source.label())
                    .with("features", Json.strings(made))
                    .with("used", new Json.Bool(used)));
        }
        more(sources.size(), most);
        return Json.object().with("features", new Json.Arr(features)).with("columns", new Json.Arr(columns));
    }

    private void more(int all, int most) {
        if (all > most) {
            terminal.line(String.format(
                    Locale.ROOT, "  \u2026 %,d more: tatara data lineage %s", all - most, lineage.pipeline()));
        }
    }

    private List<Node> find(String what, boolean last) {
        List<Node> found = lineage.named(what, last);
        if (found.isEmpty()) {
            throw new TataraException(
                    CliErrorCode.WRONG_USAGE,
                    Fault.of("nothing in the lineage of " + lineage.pipeline() + " is called: " + what)
                            .expecting("TABLE.COLUMN, a column, a table, a feature, model or prediction")
                            .todo("See all of it: tatara data lineage " + lineage.pipeline()));
        }
        return found;
    }

    private Json walk(String what, boolean upwards) {
        List<Node> starts = find(what, upwards);
        for (Node start : starts) {
            terminal.line(start.label() + station(start) + (upwards ? "  is made from" : "  leads to"));
            lines = 0;
            show(start, upwards, 1, new HashSet<>());
        }
        Set<String> reached = map.reach(starts.stream().map(Node::id).toList(), upwards);
        List<Json> edges = new ArrayList<>();
        Set<String> from = new HashSet<>(reached);
        starts.forEach(start -> from.add(start.id()));
        for (Edge edge : terminal.isJson() ? lineage.edges() : List.<Edge>of()) {
            if (from.contains(edge.from()) && from.contains(edge.to())) {
                edges.add(RecordCodec.write(edge));
            }
        }
        return Json.object()
                .with("of", Json.strings(starts.stream().map(Node::id).toList()))
                .with("reaches", Json.strings(List.copyOf(reached)))
                .with("edges", new Json.Arr(edges));
    }

    private void show(Node node, boolean upwards, int depth, Set<String> shown) {
        for (Edge edge : map.next(node.id(), upwards)) {
            String id = upwards ? edge.from() : edge.to();
            Node other = map.find(id).orElseThrow();
            if (++lines > LINES) {
                if (lines == LINES + 1) {
                    terminal.line("  \u2026 more: see --json");
                }
                return;
            }
            boolean again = !shown.add(id);
            boolean leaf = map.next(id, upwards).isEmpty();
            terminal.line(
                    "  ".repeat(depth) + (upwards ? "\u2190 " : "\u2192 ") + other.label() + station(other) + "  ("
                            + edge.how() + (edge.influence() == Lineage.Influence.INDIRECT ? ", indirect" : "") + ")"
                            + place(other) + (again && !leaf ? " \u2191 as above" : ""));
            if (!again) {
                show(other, upwards, depth + 1, shown);
            }
        }
    }

    private static String station(Node node) {
        return node.kind().compareTo(Kind.MODEL) < 0
                ? " [" + node.kind().name().toLowerCase(java.util.Locale.ROOT) + "]"
                : "";
    }

    private String place(Node node) {
        if (node.kind() != Kind.SOURCE) {
            return "";
        }
        return map.of(Kind.SOURCE).stream()
                .filter(each ->
                        each.table().equals(node.table()) && each.column().isEmpty())
                .map(each -> " in " + each.facts().getOrDefault("place", "").replace("\n", ", "))
                .findFirst()
                .orElse("");
    }

    private Json breaks(String what) {
        List<Node> starts = find(what, false);
        Set<String> reached = map.reach(starts.stream().map(Node::id).toList(), false);
        List<Node> features = hit(Kind.FEATURE, reached);
        List<Node> models = hit(Kind.MODEL, reached);
        boolean column = starts.stream().anyMatch(start -> start.kind().compareTo(Kind.FEATURE) < 0);
        if (column) {
            terminal.line("");
            terminal.line(
                    features.isEmpty() && models.isEmpty()
                            ? "without " + what + " no feature and no model would change: " + why(starts)
                            : "without " + what + " break: " + features.size() + " features"
                                    + models.stream()
                                            .map(model -> ", " + model.label())
                                            .findFirst()
                                            .orElse(""));
        }
        return Json.object()
                .with(
                        "features",
                        Json.strings(features.stream().map(Node::label).toList()))
                .with("models", Json.strings(models.stream().map(Node::label).toList()));
    }

    private String why(List<Node> starts) {
        for (Node start : starts) {
            for (Node node : map.of(Kind.PROCESSED)) {
                if (node.table().equals(start.table()) && node.column().equals(start.column())) {
                    return node.role() + ", " + node.facts().getOrDefault("why", "");
                }
            }
        }
        return "it is used nowhere";
    }

    private List<Node> hit(Kind kind, Set<String> reached) {
        return map.of(kind).stream().filter(node -> reached.contains(node.id())).toList();
    }
}
