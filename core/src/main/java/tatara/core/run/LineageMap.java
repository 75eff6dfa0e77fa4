package tatara.core.run;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.Deque;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import tatara.core.run.Lineage.Edge;
import tatara.core.run.Lineage.Influence;
import tatara.core.run.Lineage.Kind;
import tatara.core.run.Lineage.Node;

/** A lineage that is walked often: nodes by id, and edges by their ends. Building it takes one look at each; immutable, thread-safe. */
public final class LineageMap {
    private final Map<String, Node> nodes = new HashMap<>();
    private final Map<String, Integer> order = new HashMap<>();
    private final Map<Kind, List<Node>> kinds = new EnumMap<>(Kind.class);
    private final Map<String, List<Edge>> into = new HashMap<>();
    private final Map<String, List<Edge>> outOf = new HashMap<>();

    public LineageMap(Lineage lineage) {
        for (Node node : lineage.nodes()) {
            nodes.put(node.id(), node);
            order.put(node.id(), order.size());
            kinds.computeIfAbsent(node.kind(), kind -> new ArrayList<>()).add(node);
        }
        for (Edge edge : lineage.edges()) {
            into.computeIfAbsent(edge.to(), id -> new ArrayList<>()).add(edge);
            outOf.computeIfAbsent(edge.from(), id -> new ArrayList<>()).add(edge);
        }
    }

    /** The node with this id. */
    public Optional<Node> find(String id) {
        return Optional.ofNullable(nodes.get(id));
    }

    /** The nodes of a station, in their order. */
    public List<Node> of(Kind kind) {
        return List.copyOf(kinds.getOrDefault(kind, List.of()));
    }

    /** The edges into a node (up) or out of it. */
    public List<Edge> next(String id, boolean up) {
        return List.copyOf((up ? into : outOf).getOrDefault(id, List.of()));
    }

    /**
     * Everything that the starts are made from, or that is made from them; without the starts unless one leads to another.
     *
     * @param up towards the sources
     * @return ids, nearest first
     */
    public Set<String> reach(Collection<String> starts, boolean up) {
        return reach(starts, up, false);
    }

    /** Like {@link #reach}, over edges on which values flow. */
    public Set<String> reachDirectly(Collection<String> starts, boolean up) {
        return reach(starts, up, true);
    }

    private Set<String> reach(Collection<String> starts, boolean up, boolean directly) {
        Set<String> reached = new LinkedHashSet<>();
        Deque<String> open = new ArrayDeque<>(starts);
        Set<String> seen = new HashSet<>(starts);
        while (!open.isEmpty()) {
            for (Edge edge : (up ? into : outOf).getOrDefault(open.removeFirst(), List.of())) {
                if (directly && edge.influence() != Influence.DIRECT) {
                    continue;
                }
                String end = up ? edge.from() : edge.to();
                reached.add(end);
                if (seen.add(end)) {
                    open.addLast(end);
                }
            }
        }
        return reached;
    }

    /**
     * Source columns that a node rests on, in the order of the nodes.
     *
     * @param id of a node
     */
    public List<Node> sources(String id) {
        return columns(Kind.SOURCE, reach(List.of(id), true));
    }

    /** Those of some nodes that are columns of a station, in the order of the nodes. */
    public List<Node> columns(Kind kind, Set<String> ids) {
        List<Node> found = new ArrayList<>();
        for (String id : ids) {
            Node node = nodes.get(id);
            if (node != null && node.kind() == kind && node.column().isPresent()) {
                found.add(node);
            }
        }
        found.sort(Comparator.comparing(node -> order.getOrDefault(node.id(), 0)));
        return found;
    }
}
