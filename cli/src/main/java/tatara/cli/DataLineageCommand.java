package tatara.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tatara.core.error.Fault;
import tatara.core.error.TataraException;
import tatara.core.evidence.TableRef;
import tatara.core.json.Json;
import tatara.core.json.RecordCodec;
import tatara.core.run.Lineage;
import tatara.core.run.Lineage.Edge;
import tatara.core.run.Lineage.Kind;
import tatara.core.run.Lineage.Node;
import tatara.data.lake.Lake;
import tatara.pipeline.Catalogue;

/** {@code tatara data lineage}. */
@CommandLine.Command(
        name = "lineage",
        description = "Where a column, a feature or the prediction comes from, and what would break without a column.")
final class DataLineageCommand extends Command {
    private static final int LINES = 2000;

    @Parameters(index = "0", paramLabel = "NAME", description = "PIPELINE, PIPELINE.TABLE, or a TABLE of data load or data follow.")
    String name = "";

    @Parameters(
            index = "1",
            arity = "0..1",
            paramLabel = "THING",
            description = "TABLE.COLUMN, a column, a table, a feature, model or prediction (default: prediction).")
    @Nullable
    String thing;

    @Option(names = "--up", description = "What it is made from.")
    boolean up;

    @Option(names = "--down", description = "What is made from it.")
    boolean down;

    private int lines;

    DataLineageCommand(Terminal terminal) {
        super(terminal);
    }

    @Override
    int execute() {
        Catalogue catalogue = new Catalogue(workspace());
        int dot = name.indexOf('.');
        if (thing == null && dot > 0 && catalogue.names().contains(name.substring(0, dot))) {
            thing = name.substring(dot + 1);
            name = name.substring(0, dot);
        }
        if (!catalogue.names().contains(name)) {
            try (Wiring wiring = new Wiring(workspace())) {
                Lake lake = wiring.lake().get();
                Optional<TableRef> table = NamedTables.qualified(lake, "raw", name).flatMap(full -> lake.current("raw", full));
                if (table.isPresent()) {
                    terminal.document(new TableOrigins(terminal, lake).show(table.get()));
                    return 0;
                }
            }
        }
        Lineage lineage = catalogue
                .lineage(name)
                .orElseThrow(() -> new TataraException(
                        CliErrorCode.WRONG_USAGE,
                        Fault.of("there is no lineage of " + name + " yet").todo("Run it: tatara run " + name)));
        String what = Optional.ofNullable(thing).orElse("prediction");
        boolean both = up == down;
        Json.Obj document = Json.object().with("pipeline", name).with("run", lineage.run());
        if (both || up) {
            document = document.with("up", walk(lineage, what, true));
        }
        if (both || down) {
            document = document.with("down", walk(lineage, what, false)).with("breaks", breaks(lineage, what));
        }
        if (thing == null) {
            document = document.with("lineage", RecordCodec.write(lineage));
        }
        terminal.document(document);
        return 0;
    }

    private List<Node> find(Lineage lineage, String what, boolean last) {
        List<Node> found = lineage.named(what, last);
        if (found.isEmpty()) {
            throw new TataraException(
                    CliErrorCode.WRONG_USAGE,
                    Fault.of("nothing in the lineage of " + name + " is called: " + what)
                            .expecting("TABLE.COLUMN, a column, a table, a feature, model or prediction")
                            .todo("See all of it: tatara data lineage " + name));
        }
        return found;
    }

    private Json walk(Lineage lineage, String what, boolean upwards) {
        Map<String, List<Edge>> next = lineage.next(upwards);
        List<Node> starts = find(lineage, what, upwards);
        for (Node start : starts) {
            terminal.line(start.label() + station(start) + (upwards ? "  is made from" : "  leads to"));
            lines = 0;
            show(lineage, next, start, upwards, 1, new java.util.HashSet<>());
        }
        Set<String> reached = lineage.reach(starts.stream().map(Node::id).toList(), upwards);
        List<Json> edges = new ArrayList<>();
        Set<String> from = new java.util.HashSet<>(reached);
        starts.forEach(start -> from.add(start.id()));
        for (Edge edge : lineage.edges()) {
            if (from.contains(edge.from()) && from.contains(edge.to())) {
                edges.add(RecordCodec.write(edge));
            }
        }
        return Json.object()
                .with("of", Json.strings(starts.stream().map(Node::id).toList()))
                .with("reaches", Json.strings(List.copyOf(reached)))
                .with("edges", new Json.Arr(edges));
    }

    private void show(
            Lineage lineage, Map<String, List<Edge>> next, Node node, boolean upwards, int depth, Set<String> shown) {
        for (Edge edge : next.getOrDefault(node.id(), List.of())) {
            String id = upwards ? edge.from() : edge.to();
            Node other = lineage.find(id).orElseThrow();
            if (++lines > LINES) {
                if (lines == LINES + 1) {
                    terminal.line("  \u2026 more: see --json");
                }
                return;
            }
            boolean again = !shown.add(id);
            boolean leaf = next.getOrDefault(id, List.of()).isEmpty();
            terminal.line(
                    "  ".repeat(depth) + (upwards ? "\u2190 " : "\u2192 ") + other.label() + station(other) + "  ("
                            + edge.how() + (edge.influence() == Lineage.Influence.INDIRECT ? ", indirect" : "") + ")"
                            + place(lineage, other) + (again && !leaf ? " \u2191 as above" : ""));
            if (!again) {
                show(lineage, next, other, upwards, depth + 1, shown);
            }
        }
    }

    private static String station(Node node) {
        return node.kind().compareTo(Kind.MODEL) < 0
                ? " [" + node.kind().name().toLowerCase(java.util.Locale.ROOT) + "]"
                : "";
    }

    private static String place(Lineage lineage, Node node) {
        if (node.kind() != Kind.SOURCE) {
            return "";
        }
        return lineage.of(Kind.SOURCE).stream()
                .filter(each ->
                        each.table().equals(node.table()) && each.column().isEmpty())
                .map(each -> " in " + each.facts().getOrDefault("place", "").replace("\n", ", "))
                .findFirst()
                .orElse("");
    }

    private Json breaks(Lineage lineage, String what) {
        List<Node> starts = find(lineage, what, false);
        Set<String> reached = lineage.reach(starts.stream().map(Node::id).toList(), false);
        List<Node> features = hit(lineage, Kind.FEATURE, reached);
        List<Node> models = hit(lineage, Kind.MODEL, reached);
        boolean column = starts.stream().anyMatch(start -> start.kind().compareTo(Kind.FEATURE) < 0);
        if (column) {
            terminal.line("");
            terminal.line(
                    features.isEmpty() && models.isEmpty()
                            ? "without " + what + " no feature and no model would change: " + why(lineage, starts)
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

    private static String why(Lineage lineage, List<Node> starts) {
        for (Node start : starts) {
            for (Node node : lineage.of(Kind.PROCESSED)) {
                if (node.table().equals(start.table()) && node.column().equals(start.column())) {
                    return node.role() + ", " + node.facts().getOrDefault("why", "");
                }
            }
        }
        return "it is used nowhere";
    }

    private static List<Node> hit(Lineage lineage, Kind kind, Set<String> reached) {
        return lineage.of(kind).stream()
                .filter(node -> reached.contains(node.id()))
                .toList();
    }
}
