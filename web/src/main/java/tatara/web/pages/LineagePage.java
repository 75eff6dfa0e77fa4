package tatara.web.pages;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import tatara.core.run.Lineage;
import tatara.core.run.Lineage.Edge;
import tatara.core.run.Lineage.Influence;
import tatara.core.run.Lineage.Kind;
import tatara.core.run.Lineage.Node;
import tatara.web.Grid;
import tatara.web.PageParts;

/** Where everything of a pipeline comes from, as its template takes it: a drawing of the tables, and tables of the columns both ways. */
public record LineagePage(
        String name,
        String link,
        String run,
        LineageDrawing drawing,
        Grid tables,
        Grid up,
        Grid down,
        PageParts parts) {
    private static final int ROWS = 2000;

    static LineagePage of(Lineage lineage) {
        return new LineagePage(
                lineage.pipeline(),
                "/pipelines/"
                        + URLEncoder.encode(lineage.pipeline(), StandardCharsets.UTF_8)
                                .replace("+", "%20"),
                lineage.run(),
                LineageDrawing.of(lineage),
                tables(lineage),
                up(lineage),
                down(lineage),
                PageParts.of(List.of()));
    }

    private static Grid tables(Lineage lineage) {
        List<List<Grid.Cell>> rows = new ArrayList<>();
        for (Node node : lineage.nodes()) {
            if (node.column().isEmpty() && node.kind() != Kind.PREDICTION) {
                rows.add(List.of(
                        Grid.text(node.label()),
                        Grid.text(LineageDrawing.words(node.kind())),
                        Grid.number(node.facts().getOrDefault("rows", "")),
                        Grid.code(version(node)),
                        Grid.code(
                                node.facts().getOrDefault("place", node.facts().getOrDefault("table", "")))));
            }
        }
        return new Grid("Tables and versions", List.of("What", "Station", "Rows", "Version", "Place"), rows);
    }

    private static String version(Node node) {
        String text =
                switch (node.kind()) {
                    case SOURCE -> node.facts().getOrDefault("fingerprint", "");
                    case MODEL -> node.facts().getOrDefault("bundle", "");
                    default -> node.facts().getOrDefault("snapshot", "");
                };
        String first = text.lines().findFirst().orElse("");
        return first.length() > 19 ? first.substring(0, 12) + "\u2026" : first;
    }

    private static Grid up(Lineage lineage) {
        List<List<Grid.Cell>> rows = new ArrayList<>();
        for (Node feature : lineage.of(Kind.FEATURE).stream().limit(ROWS).toList()) {
            rows.add(List.of(
                    Grid.text(feature.label()),
                    Grid.text(feature.facts().getOrDefault("how", "")),
                    Grid.text(joined(sources(lineage, feature, true))),
                    Grid.text(joined(sources(lineage, feature, false)))));
        }
        return new Grid(
                "From features back to source columns",
                List.of("Feature", "Made by", "Values from", "Also decided by (keys and times)"),
                rows);
    }

    /** Sources whose values flow into a feature, or those that only decide which do. */
    private static List<String> sources(Lineage lineage, Node feature, boolean direct) {
        Map<String, List<Edge>> next = lineage.next(true);
        Set<String> flowing = new java.util.LinkedHashSet<>(List.of(feature.id()));
        for (List<String> open = List.of(feature.id()); !open.isEmpty(); ) {
            open = open.stream()
                    .flatMap(id -> next.getOrDefault(id, List.of()).stream())
                    .filter(edge -> edge.influence() == Influence.DIRECT)
                    .map(Edge::from)
                    .filter(flowing::add)
                    .toList();
        }
        return lineage.sources(feature.id()).stream()
                .filter(source -> flowing.contains(source.id()) == direct)
                .map(Node::label)
                .toList();
    }

    private static Grid down(Lineage lineage) {
        List<List<Grid.Cell>> rows = new ArrayList<>();
        Map<String, Node> processed = new LinkedHashMap<>();
        lineage.of(Kind.PROCESSED).forEach(node -> processed.put(node.label(), node));
        for (Node source : lineage.of(Kind.SOURCE)) {
            if (source.column().isPresent() && rows.size() < ROWS) {
                Node typed = processed.getOrDefault(source.label(), source);
                Set<String> reached = lineage.reach(List.of(source.id()), false);
                List<String> features = lineage.of(Kind.FEATURE).stream()
                        .filter(node -> reached.contains(node.id()))
                        .map(Node::label)
                        .toList();
                boolean used = lineage.of(Kind.MODEL).stream().anyMatch(node -> reached.contains(node.id()));
                rows.add(List.of(
                        Grid.text(source.label()),
                        Grid.text(typed.facts().getOrDefault("type", "")),
                        Grid.text(source.role()),
                        Grid.text(features.isEmpty() && used ? "trains the model" : joined(features)),
                        Grid.styled(used ? "used" : "not used: " + typed.facts().getOrDefault("why", ""), "text")));
            }
        }
        return new Grid(
                "From source columns to features",
                List.of("Column", "Type", "Role", "Would break without it", "Use"),
                rows);
    }

    private static String joined(List<String> names) {
        int most = 12;
        String text = names.stream().limit(most).collect(Collectors.joining(", "));
        return names.size() > most
                ? text + String.format(Locale.ROOT, " and %,d more", names.size() - most)
                : names.isEmpty() ? "\u2013" : text;
    }
}
