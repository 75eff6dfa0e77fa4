package tatara.model.tree;

import org.jspecify.annotations.Nullable;

/**
 * One decision tree as arrays over its inner nodes and its leaves. Node 0 is the root; a tree without nodes is its leaf 0.
 * Numeric split: missing goes to the default side, else {@code value <= threshold} goes left. Categorical split: missing goes
 * to the default side, a code in the set goes left, every other code (also an unseen one) right.
 *
 * @param feature encoded column per node
 * @param threshold per node, not NaN; features are floats, so it is rounded down to the next float without changing any decision
 * @param left child per node: {@code >= 0} a node, {@code < 0} the leaf {@code ~child}
 * @param right likewise
 * @param defaultLeft side of a missing value per node
 * @param categories per node the codes that go left, as a bit set ({@code code >>> 6} is the word), or null for a numeric
 *     split; an empty array if no split is categorical
 * @param nodeCover weight of the training rows that reached the node, above 0
 * @param leafValue per leaf, finite
 * @param leafCover weight of the training rows that reached the leaf
 */
public record Tree(
        int[] feature,
        double[] threshold,
        int[] left,
        int[] right,
        boolean[] defaultLeft,
        long[] @Nullable [] categories,
        double[] nodeCover,
        double[] leafValue,
        double[] leafCover) {
    public Tree {
        int nodes = feature.length;
        boolean fits = threshold.length == nodes
                && left.length == nodes
                && right.length == nodes
                && defaultLeft.length == nodes
                && nodeCover.length == nodes
                && (categories.length == nodes || categories.length == 0)
                && leafValue.length == nodes + 1
                && leafCover.length == nodes + 1;
        if (!fits) {
            throw new IllegalArgumentException("tree of " + nodes + " nodes and " + leafValue.length
                    + " leaves (expected: arrays of equal length and one leaf more than nodes)");
        }
        checkShape(left, right, nodes);
        for (int node = 0; node < nodes; node++) {
            if (Double.isNaN(threshold[node]) || feature[node] < 0) {
                throw new IllegalArgumentException("node " + node + ": feature " + feature[node] + " <= "
                        + threshold[node] + " (expected: a feature and a number)");
            }
        }
        for (double value : leafValue) {
            if (!Double.isFinite(value)) {
                throw new IllegalArgumentException("leaf value: " + value + " (expected: finite)");
            }
        }
    }

    /** A tree that says the same of every row. */
    public static Tree leaf(double value, double cover) {
        return new Tree(
                new int[0],
                new double[0],
                new int[0],
                new int[0],
                new boolean[0],
                new long[0][],
                new double[0],
                new double[] {value},
                new double[] {cover});
    }

    /** Every node but the root, and every leaf, is the child of exactly one node that comes from the root. */
    private static void checkShape(int[] left, int[] right, int nodes) {
        boolean[] node = new boolean[nodes];
        boolean[] leaf = new boolean[nodes + 1];
        int[] stack = new int[2 * nodes + 1];
        int size = 0;
        stack[size++] = nodes == 0 ? ~0 : 0;
        while (size > 0) {
            int at = stack[--size];
            boolean[] seen = at < 0 ? leaf : node;
            int index = at < 0 ? ~at : at;
            if (index >= seen.length || seen[index]) {
                throw new IllegalArgumentException("child: " + at + " (expected: each node and leaf once)");
            }
            seen[index] = true;
            if (at >= 0) {
                stack[size++] = right[at];
                stack[size++] = left[at];
            }
        }
    }

    public int nodes() {
        return feature.length;
    }

    /** The codes that go left at a node, or null for a numeric split. */
    public long @Nullable [] categories(int node) {
        return categories.length == 0 ? null : categories[node];
    }

    /** The child that a row goes to from a node. */
    public int next(int node, float[] row) {
        return goesLeft(node, row[feature[node]]) ? left[node] : right[node];
    }

    /** The leaf that a row falls into. */
    public int leafOf(float[] row) {
        int at = nodes() == 0 ? ~0 : 0;
        while (at >= 0) {
            at = next(at, row);
        }
        return ~at;
    }

    private boolean goesLeft(int node, float value) {
        if (Float.isNaN(value)) {
            return defaultLeft[node];
        }
        long[] codes = categories(node);
        return codes == null ? value <= threshold[node] : contains(codes, (int) value);
    }

    static boolean contains(long[] codes, int code) {
        int word = code >> 6;
        return code >= 0 && word < codes.length && (codes[word] >>> code & 1) != 0;
    }
}
