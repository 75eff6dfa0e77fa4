package tatara.web;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import tatara.core.run.Lineage;
import tatara.core.run.Lineage.Kind;
import tatara.core.run.Lineage.Node;
import tatara.core.run.LineageMap;

/** The columns of a lineage as tables, both ways. */
public final class LineageGrids {
    private static final int NAMES = 12;

    private LineageGrids() {}

    /**
     * What each feature is made from.
     *
     * @param most rows; if there are more features, the caption says so
     */
    public static Grid up(Lineage lineage, int most) {
        LineageMap map = new LineageMap(lineage);
        List<Node> features = map.of(Kind.FEATURE);
        List<List<Grid.Cell>> rows = new ArrayList<>();
        for (Node feature : features.subList(0, Math.min(most, features.size()))) {
            List<Node> sources = map.sources(feature.id());
            Set<String> flowing = new HashSet<>(map.reachDirectly(List.of(feature.id()), true));
            List<Node> direct = sources.stream()
                    .filter(source -> flowing.contains(source.id()))
                    .toList();
            List<Node> indirect = sources.stream()
                    .filter(source -> !flowing.contains(source.id()))
                    .toList();
            rows.add(List.of(
                    Grid.text(feature.label()),
                    Grid.text(feature.facts().getOrDefault("how", "")),
                    Grid.text(joined(direct)),
                    Grid.text(joined(indirect))));
        }
        return new Grid(
                "From features back to source columns" + bounded(most, features.size()),
                List.of("Feature", "Made by", "Values from", "Also decided by (keys and times)"),
                rows);
    }

    /**
     * What each source column leads to.
     *
     * @param most rows; if there are more columns, the caption says so
     */
    public static Grid down(Lineage lineage, int most) {
        LineageMap map = new LineageMap(lineage);
        Map<String, Node> processed = new HashMap<>();
        map.of(Kind.PROCESSED).forEach(node -> processed.put(node.label(), node));
        List<Node> sources = map.of(Kind.SOURCE).stream()
                .filter(node -> node.column().isPresent())
                .toList();
        List<List<Grid.Cell>> rows = new ArrayList<>();
        for (Node source : sources.subList(0, Math.min(most, sources.size()))) {
            Node typed = processed.getOrDefault(source.label(), source);
            Set<String> reached = map.reach(List.of(source.id()), false);
            List<Node> features = map.columns(Kind.FEATURE, reached);
            boolean used = map.of(Kind.MODEL).stream().anyMatch(node -> reached.contains(node.id()));
            rows.add(List.of(
                    Grid.text(source.label()),
                    Grid.text(typed.facts().getOrDefault("type", "")),
                    Grid.text(source.role()),
                    Grid.text(features.isEmpty() && used ? "trains the model" : joined(features)),
                    Grid.text(used ? "used" : "not used: " + typed.facts().getOrDefault("why", ""))));
        }
        return new Grid(
                "From source columns to features" + bounded(most, sources.size()),
                List.of("Column", "Type", "Role", "Would break without it", "Use"),
                rows);
    }

    private static String bounded(int most, int all) {
        return all > most ? String.format(Locale.ROOT, " (the first %,d of %,d)", most, all) : "";
    }

    private static String joined(List<Node> nodes) {
        String text = nodes.stream().limit(NAMES).map(Node::label).collect(Collectors.joining(", "));
        return nodes.size() > NAMES
                ? text + String.format(Locale.ROOT, " and %,d more", nodes.size() - NAMES)
                : nodes.isEmpty() ? "\u2013" : text;
    }
}
