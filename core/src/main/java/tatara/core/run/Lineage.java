package tatara.core.run;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Where everything of a pipeline comes from, column by column (D7): a graph without cycles from source columns to predictions. Immutable,
 * thread-safe. Who walks it often takes a {@link LineageMap}.
 *
 * @param pipeline its name
 * @param run the run that it describes
 * @param nodes in the order of the way: sources first
 * @param edges from what was used to what was made of it; both ends are among the nodes
 */
public record Lineage(String pipeline, String run, List<Node> nodes, List<Edge> edges) {
    public Lineage {
        nodes = List.copyOf(nodes);
        edges = List.copyOf(edges);
    }

    /** The stations of the way, in their order. */
    public enum Kind {
        SOURCE,
        RAW,
        PROCESSED,
        VIEW,
        FEATURE,
        MODEL,
        PREDICTION
    }

    /**
     * A table, a column of one, a feature, a model, or its predictions.
     *
     * @param id distinct among the nodes, the same in every run
     * @param table table name as the user knows it; the model's name for features and what follows
     * @param column empty for a whole table, the model and its predictions
     * @param role what the column is for, in lower case; empty if it has none
     * @param facts versions, places and formats, by name
     */
    public record Node(
            String id, Kind kind, String table, Optional<String> column, String role, Map<String, String> facts) {
        /** The node for people, such as {@code customers.age}. */
        public String label() {
            return switch (kind) {
                case FEATURE -> column.orElse(table);
                case MODEL ->
                    "model " + table
                            + Optional.ofNullable(facts.get("version"))
                                    .map(version -> " v" + version)
                                    .orElse("");
                case PREDICTION -> "prediction";
                default -> column.map(name -> table + "." + name).orElse(table);
            };
        }
    }

    /** Whether values flow, or only decide which values do. */
    public enum Influence {
        DIRECT,
        INDIRECT
    }

    /** What is done on the way; {@code JOIN} and {@code FILTER} are indirect. */
    public enum Means {
        IDENTITY,
        TRANSFORMATION,
        AGGREGATION,
        JOIN,
        FILTER
    }

    /**
     * A step of the way.
     *
     * @param from id of what is used
     * @param to id of what is made
     * @param how for people, such as {@code parsed as a number}
     */
    public record Edge(String from, String to, Influence influence, Means means, String how) {}

    /** The node with this id. */
    public Optional<Node> find(String id) {
        return nodes.stream().filter(node -> node.id().equals(id)).findFirst();
    }

    public List<Node> of(Kind kind) {
        return nodes.stream().filter(node -> node.kind() == kind).toList();
    }

    /**
     * What a person may mean by a text: {@code prediction}, {@code model}, a feature, {@code TABLE.COLUMN}, a column or a table. A column
     * that occurs at several stations is meant at the last of them when its sources are asked for, else at the first.
     *
     * @param last whether the last station is meant
     * @return empty if there is no such thing; several if tables share the name
     */
    public List<Node> named(String text, boolean last) {
        Map<String, Node> found = new LinkedHashMap<>();
        for (Node node : nodes) {
            boolean whole =
                    switch (node.kind()) {
                        case PREDICTION -> text.equals("prediction");
                        case MODEL -> text.equals("model");
                        case FEATURE -> node.column().equals(Optional.of(text));
                        default -> node.label().equals(text) || node.column().equals(Optional.of(text));
                    };
            String thing = node.kind().compareTo(Kind.FEATURE) < 0 ? node.label() : node.kind() + " " + node.label();
            if (whole && (last || !found.containsKey(thing))) {
                found.put(thing, node);
            }
        }
        Set<String> others = reach(found.values().stream().map(Node::id).toList(), last);
        return found.values().stream()
                .filter(node -> node.kind() == Kind.FEATURE || !others.contains(node.id()))
                .toList();
    }

    /**
     * Everything that the starts are made from, or that is made from them; without the starts unless one leads to another.
     *
     * @param up towards the sources
     * @return ids, nearest first
     */
    public Set<String> reach(List<String> starts, boolean up) {
        return new LineageMap(this).reach(starts, up);
    }

    /** The edges into each node (up) or out of it, by its id. */
    public Map<String, List<Edge>> next(boolean up) {
        Map<String, List<Edge>> next = new HashMap<>();
        for (Edge edge : edges) {
            next.computeIfAbsent(up ? edge.to() : edge.from(), key -> new ArrayList<>())
                    .add(edge);
        }
        return next;
    }

    /**
     * Source columns that a node rests on, in the order of the nodes.
     *
     * @param id of a node
     */
    public List<Node> sources(String id) {
        return new LineageMap(this).sources(id);
    }
}
