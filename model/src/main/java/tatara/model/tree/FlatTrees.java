package tatara.model.tree;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeSet;

/**
 * Trees as one array of nodes, walked eight trees at a time without a branch.
 *
 * <p>A node is four ints: input, threshold, children, leaf. Floats are compared as integers of the same order ({@link #key}),
 * so that {@code (threshold - value) >>> 63} is 1 exactly when the row goes right; siblings are neighbours, so the child is the
 * left one plus that bit. A leaf is its own child for ever; a walk of as many steps as the deepest tree of the group has levels
 * ends in every tree's leaf. Missing values: each used feature has two inputs, one where missing is below every threshold and
 * one where it is above. Trees with a categorical split are walked one by one, with branches. Immutable, thread-safe.
 */
final class FlatTrees {
    private static final int STRIDE = 4;
    private static final int GROUP = 8;

    private final int[] used;
    private final int[] nodes;
    private final double[] leaves;
    private final int[] roots;
    private final int[] depths;
    private final int[] outputs;
    private final int numeric;
    private final int[] categoryFeature;
    private final boolean[] categoryDefault;
    private final long[][] categorySets;

    FlatTrees(List<Tree> trees, int outputCount) {
        Layout layout = new Layout(trees);
        int[] order = layout.order(trees);
        used = layout.used;
        roots = new int[trees.size()];
        depths = new int[trees.size()];
        outputs = new int[trees.size()];
        int plain = 0;
        for (int i = 0; i < order.length; i++) {
            Tree tree = trees.get(order[i]);
            plain += layout.categorical[order[i]] ? 0 : 1;
            outputs[i] = order[i] % outputCount;
            depths[i] = layout.depth[order[i]];
            roots[i] = layout.add(tree);
        }
        numeric = plain;
        nodes = layout.nodes;
        leaves = layout.leaves;
        categoryFeature = layout.categoryFeature.stream().mapToInt(i -> i).toArray();
        categorySets = layout.categorySets.toArray(long[][]::new);
        categoryDefault = new boolean[categorySets.length];
        for (int i = 0; i < categoryDefault.length; i++) {
            categoryDefault[i] = layout.categoryDefault.get(i);
        }
    }

    /** Length of the scratch array of {@link #add}. */
    int scratch() {
        return Math.max(1, 2 * used.length);
    }

    /**
     * Adds the leaf values of every tree to the sum of its output.
     *
     * @param keys scratch of at least {@link #scratch()}
     */
    void add(float[] row, int[] keys, double[] sums) {
        for (int i = 0; i < used.length; i++) {
            float value = row[used[i]];
            boolean missing = Float.isNaN(value);
            int key = key(value);
            keys[2 * i] = missing ? Integer.MIN_VALUE : key;
            keys[2 * i + 1] = missing ? Integer.MAX_VALUE : key;
        }
        int tree = 0;
        for (; tree + GROUP <= numeric; tree += GROUP) {
            group(tree, keys, sums);
        }
        for (; tree < numeric; tree++) {
            int at = roots[tree];
            for (int step = 0; step < depths[tree]; step++) {
                at = step(at, keys);
            }
            sums[outputs[tree]] += leaves[nodes[at + 3]];
        }
        for (; tree < roots.length; tree++) {
            int at = roots[tree];
            for (int step = 0; step < depths[tree]; step++) {
                at = nodes[at] < 0 ? categoryStep(at, row) : step(at, keys);
            }
            sums[outputs[tree]] += leaves[nodes[at + 3]];
        }
    }

    private void group(int tree, int[] keys, double[] sums) {
        int a = roots[tree];
        int b = roots[tree + 1];
        int c = roots[tree + 2];
        int d = roots[tree + 3];
        int e = roots[tree + 4];
        int f = roots[tree + 5];
        int g = roots[tree + 6];
        int h = roots[tree + 7];
        for (int step = depths[tree + GROUP - 1]; step > 0; step--) {
            a = step(a, keys);
            b = step(b, keys);
            c = step(c, keys);
            d = step(d, keys);
            e = step(e, keys);
            f = step(f, keys);
            g = step(g, keys);
            h = step(h, keys);
        }
        sums[outputs[tree]] += leaves[nodes[a + 3]];
        sums[outputs[tree + 1]] += leaves[nodes[b + 3]];
        sums[outputs[tree + 2]] += leaves[nodes[c + 3]];
        sums[outputs[tree + 3]] += leaves[nodes[d + 3]];
        sums[outputs[tree + 4]] += leaves[nodes[e + 3]];
        sums[outputs[tree + 5]] += leaves[nodes[f + 3]];
        sums[outputs[tree + 6]] += leaves[nodes[g + 3]];
        sums[outputs[tree + 7]] += leaves[nodes[h + 3]];
    }

    private int step(int at, int[] keys) {
        long difference = (long) nodes[at + 1] - keys[nodes[at]];
        return nodes[at + 2] + ((int) (difference >>> 63) << 2);
    }

    private int categoryStep(int at, float[] row) {
        int split = ~nodes[at];
        float value = row[categoryFeature[split]];
        boolean left = Float.isNaN(value) ? categoryDefault[split] : Tree.contains(categorySets[split], (int) value);
        return nodes[at + 2] + (left ? 0 : STRIDE);
    }

    /** An int whose order is the float's; -0 counts as 0. */
    static int key(float value) {
        int bits = Float.floatToRawIntBits(value + 0.0f);
        return bits ^ (bits >> 31 & Integer.MAX_VALUE);
    }

    /** The greatest float that is not above a threshold. */
    static float floor(double threshold) {
        float rounded = (float) threshold;
        return rounded > threshold ? Math.nextDown(rounded) : rounded;
    }

    /** Fills the arrays tree by tree. */
    private static final class Layout {
        final int[] used;
        final int[] nodes;
        final double[] leaves;
        final int[] depth;
        final boolean[] categorical;
        final List<Integer> categoryFeature = new ArrayList<>();
        final List<Boolean> categoryDefault = new ArrayList<>();
        final List<long[]> categorySets = new ArrayList<>();
        private int nextNode;
        private int nextLeaf;

        Layout(List<Tree> trees) {
            TreeSet<Integer> features = new TreeSet<>();
            depth = new int[trees.size()];
            categorical = new boolean[trees.size()];
            long size = 0;
            int leafCount = 0;
            for (int i = 0; i < depth.length; i++) {
                Tree tree = trees.get(i);
                size += 2L * tree.nodes() + 1;
                leafCount += tree.nodes() + 1;
                depth[i] = depth(tree);
                for (int node = 0; node < tree.nodes(); node++) {
                    features.add(tree.feature()[node]);
                    categorical[i] |= tree.categories(node) != null;
                }
            }
            used = features.stream().mapToInt(feature -> feature).toArray();
            nodes = new int[Math.toIntExact(size * STRIDE)];
            leaves = new double[leafCount];
        }

        /** Trees without categories first, shallow ones before deep ones, else in their own order. */
        int[] order(List<Tree> trees) {
            Integer[] order = new Integer[trees.size()];
            Arrays.setAll(order, i -> i);
            Arrays.sort(order, (a, b) -> {
                int byKind = Boolean.compare(categorical[a], categorical[b]);
                return byKind != 0 ? byKind : Integer.compare(depth[a], depth[b]);
            });
            return Arrays.stream(order).mapToInt(i -> i).toArray();
        }

        private static int depth(Tree tree) {
            int[] level = new int[tree.nodes()];
            int[] stack = new int[tree.nodes() + 1];
            int size = 0;
            int deepest = 0;
            if (tree.nodes() > 0) {
                stack[size++] = 0;
            }
            while (size > 0) {
                int node = stack[--size];
                deepest = Math.max(deepest, level[node] + 1);
                for (int child : new int[] {tree.left()[node], tree.right()[node]}) {
                    if (child >= 0) {
                        level[child] = level[node] + 1;
                        stack[size++] = child;
                    }
                }
            }
            return deepest;
        }

        /** Lays out one tree level by level; gives the place of its root. */
        int add(Tree tree) {
            int root = nextNode;
            nextNode += STRIDE;
            ArrayDeque<int[]> queue = new ArrayDeque<>();
            queue.add(new int[] {tree.nodes() == 0 ? ~0 : 0, root});
            while (!queue.isEmpty()) {
                int[] item = queue.remove();
                int at = item[1];
                if (item[0] < 0) {
                    nodes[at + 1] = Integer.MAX_VALUE;
                    nodes[at + 2] = at;
                    nodes[at + 3] = nextLeaf;
                    leaves[nextLeaf++] = tree.leafValue()[~item[0]];
                } else {
                    split(tree, item[0], at);
                    queue.add(new int[] {tree.left()[item[0]], nextNode});
                    queue.add(new int[] {tree.right()[item[0]], nextNode + STRIDE});
                    nextNode += 2 * STRIDE;
                }
            }
            return root;
        }

        private void split(Tree tree, int node, int at) {
            long[] codes = tree.categories(node);
            int feature = tree.feature()[node];
            boolean missingLeft = tree.defaultLeft()[node];
            if (codes == null) {
                nodes[at] = 2 * Arrays.binarySearch(used, feature) + (missingLeft ? 0 : 1);
                nodes[at + 1] = key(floor(tree.threshold()[node]));
            } else {
                nodes[at] = ~categorySets.size();
                categoryFeature.add(feature);
                categoryDefault.add(missingLeft);
                categorySets.add(codes);
            }
            nodes[at + 2] = nextNode;
        }
    }
}
