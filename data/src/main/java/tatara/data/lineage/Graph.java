package tatara.data.lineage;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import tatara.core.run.Lineage;
import tatara.core.run.Lineage.Edge;
import tatara.core.run.Lineage.Influence;
import tatara.core.run.Lineage.Kind;
import tatara.core.run.Lineage.Means;
import tatara.core.run.Lineage.Node;

/** A lineage while it is being drawn: nodes and edges that are there once, however often they are added. */
final class Graph {
    private final Map<String, Node> nodes = new LinkedHashMap<>();
    private final Set<Edge> edges = new LinkedHashSet<>();

    /** Ids are unambiguous: a slash within a table's name is escaped. */
    static String id(Kind kind, String table, Optional<String> column) {
        String of = kind.name().toLowerCase(Locale.ROOT) + ":"
                + table.replace("%", "%25").replace("/", "%2F");
        return column.map(name -> of + "/" + name).orElse(of);
    }

    String table(Kind kind, String table, String role, Map<String, String> facts) {
        return add(new Node(id(kind, table, Optional.empty()), kind, table, Optional.empty(), role, facts));
    }

    String column(Kind kind, String table, String column, String role, Map<String, String> facts) {
        return add(new Node(id(kind, table, Optional.of(column)), kind, table, Optional.of(column), role, facts));
    }

    private String add(Node node) {
        nodes.putIfAbsent(node.id(), node);
        return node.id();
    }

    boolean holds(String id) {
        return nodes.containsKey(id);
    }

    /** Values flow. */
    void direct(String from, String to, Means means, String how) {
        edge(from, to, Influence.DIRECT, means, how);
    }

    /** Values decide which values flow. */
    void indirect(String from, String to, Means means, String how) {
        edge(from, to, Influence.INDIRECT, means, how);
    }

    private void edge(String from, String to, Influence influence, Means means, String how) {
        if (!nodes.containsKey(from) || !nodes.containsKey(to)) {
            throw new IllegalArgumentException("edge: " + from + " to " + to + " (expected: known nodes)");
        }
        edges.add(new Edge(from, to, influence, means, how));
    }

    Lineage lineage(String pipeline, String run) {
        List<Node> ordered = new ArrayList<>(nodes.values());
        ordered.sort((a, b) -> a.kind().compareTo(b.kind()));
        return new Lineage(pipeline, run, ordered, List.copyOf(edges));
    }
}
