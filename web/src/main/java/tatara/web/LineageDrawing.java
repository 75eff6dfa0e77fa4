package tatara.web;

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
import tatara.core.run.Lineage.Kind;
import tatara.core.run.Lineage.Node;

/**
 * The tables of a lineage as boxes from left to right, joined by lines; columns are counted, not drawn.
 *
 * @param width of the drawing, in its own units
 * @param height of the drawing
 * @param lines paths of the lines
 */
public record LineageDrawing(int width, int height, List<Box> boxes, List<String> lines, String description) {
    private static final int WIDE = 156;
    private static final int HIGH = 54;
    private static final int GAP = 44;
    private static final int BETWEEN = 16;
    private static final int TOP = 30;
    private static final int MOST = 40;

    /** A box: where it is, and its two lines of text. */
    public record Box(int x, int y, String title, String note, String station) {
        public int textX() {
            return x + 10;
        }

        public int titleY() {
            return y + 22;
        }

        public int noteY() {
            return y + 41;
        }

        private int right() {
            return x + WIDE;
        }

        private int middle() {
            return y + HIGH / 2;
        }
    }

    public int boxWidth() {
        return WIDE;
    }

    public int boxHeight() {
        return HIGH;
    }

    /** At most forty boxes below each other. */
    public static LineageDrawing of(Lineage lineage) {
        Map<String, Integer> columns = new LinkedHashMap<>();
        for (Node node : lineage.nodes()) {
            columns.merge(group(node), node.column().isPresent() ? 1 : 0, Integer::sum);
        }
        Map<String, Box> boxes = new LinkedHashMap<>();
        int x = 1;
        int deepest = 0;
        for (Kind kind : Kind.values()) {
            int y = TOP;
            for (Node node : lineage.of(kind)) {
                if (!boxes.containsKey(group(node)) && y < TOP + MOST * (HIGH + BETWEEN)) {
                    boxes.put(group(node), box(node, columns.getOrDefault(group(node), 0), x, y));
                    y += HIGH + BETWEEN;
                }
            }
            deepest = Math.max(deepest, y);
            x += y > TOP ? WIDE + GAP : 0;
        }
        Set<String> lines = new LinkedHashSet<>();
        Map<String, Node> nodes = new LinkedHashMap<>();
        lineage.nodes().forEach(node -> nodes.put(node.id(), node));
        for (Edge edge : lineage.edges()) {
            Optional<Box> from = box(boxes, nodes.get(edge.from()));
            Optional<Box> to = box(boxes, nodes.get(edge.to()));
            if (from.isPresent() && to.isPresent() && from.get().x() < to.get().x()) {
                lines.add(line(from.get(), to.get()));
            }
        }
        return new LineageDrawing(
                Math.max(WIDE, x - GAP + 1),
                deepest,
                new ArrayList<>(boxes.values()),
                List.copyOf(lines),
                description(boxes));
    }

    private static Optional<Box> box(Map<String, Box> boxes, @org.jspecify.annotations.Nullable Node node) {
        return node == null ? Optional.empty() : Optional.ofNullable(boxes.get(group(node)));
    }

    private static String group(Node node) {
        return node.kind() + " " + node.table();
    }

    private static Box box(Node node, int columns, int x, int y) {
        String title =
                switch (node.kind()) {
                    case FEATURE -> "features";
                    case MODEL, PREDICTION -> node.kind().name().toLowerCase(Locale.ROOT);
                    default -> node.table();
                };
        String note =
                switch (node.kind()) {
                    case MODEL ->
                        Optional.ofNullable(node.facts().get("version"))
                                .map(version -> "version " + version)
                                .orElse("no version");
                    case PREDICTION -> "";
                    case FEATURE -> String.format(Locale.ROOT, "%,d numbers", columns);
                    default -> String.format(Locale.ROOT, "%,d columns", columns);
                };
        return new Box(x, y, shortened(title), note, words(node.kind()));
    }

    private static String shortened(String text) {
        int most = 18;
        return text.codePointCount(0, text.length()) <= most
                ? text
                : text.substring(0, text.offsetByCodePoints(0, most - 1)) + "\u2026";
    }

    private static String line(Box from, Box to) {
        int half = GAP / 2;
        return "M" + from.right() + "," + from.middle() + " C" + (from.right() + half) + "," + from.middle() + " "
                + (to.x() - half) + "," + to.middle() + " " + to.x() + "," + to.middle();
    }

    private static String description(Map<String, Box> boxes) {
        List<String> parts = new ArrayList<>();
        boxes.values().forEach(box -> parts.add(box.station() + ": " + box.title()));
        return String.join("; ", parts);
    }

    /** A station for people. */
    public static String words(Kind kind) {
        return switch (kind) {
            case SOURCE -> "source";
            case RAW -> "raw";
            case PROCESSED -> "typed";
            case VIEW -> "joined";
            case FEATURE -> "features";
            case MODEL -> "model";
            case PREDICTION -> "prediction";
        };
    }
}
