package tatara.train.learner;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tatara.model.tree.Tree;

/** A tree in growth, with several values in each leaf. Not thread-safe. */
final class TreeArrays {
    private int nodes;
    private int[] feature = new int[64];
    private double[] threshold = new double[64];
    private int[] left = new int[64];
    private int[] right = new int[64];
    private boolean[] missingLeft = new boolean[64];
    private long[] @Nullable [] codes = new long[64][];
    private double[] cover = new double[64];
    private boolean anyCodes;
    private final List<double[]> leaves = new ArrayList<>();
    private double[] leafCover = new double[64];

    int node(int splitFeature, double splitThreshold, long @Nullable [] splitCodes, boolean missing, double rows) {
        if (nodes == feature.length) {
            feature = Arrays.copyOf(feature, 2 * nodes);
            threshold = Arrays.copyOf(threshold, 2 * nodes);
            left = Arrays.copyOf(left, 2 * nodes);
            right = Arrays.copyOf(right, 2 * nodes);
            missingLeft = Arrays.copyOf(missingLeft, 2 * nodes);
            codes = Arrays.copyOf(codes, 2 * nodes);
            cover = Arrays.copyOf(cover, 2 * nodes);
        }
        feature[nodes] = splitFeature;
        threshold[nodes] = splitThreshold;
        codes[nodes] = splitCodes;
        anyCodes |= splitCodes != null;
        missingLeft[nodes] = missing;
        cover[nodes] = rows;
        return nodes++;
    }

    /** @return the leaf as a child: {@code ~number} */
    int leaf(double[] values, double rows) {
        if (leaves.size() == leafCover.length) {
            leafCover = Arrays.copyOf(leafCover, 2 * leafCover.length);
        }
        leafCover[leaves.size()] = rows;
        leaves.add(values);
        return ~(leaves.size() - 1);
    }

    void left(int node, int child) {
        left[node] = child;
    }

    void right(int node, int child) {
        right[node] = child;
    }

    /** The tree with one of the leaves' values. */
    Tree tree(int output) {
        return new Tree(
                Arrays.copyOf(feature, nodes),
                Arrays.copyOf(threshold, nodes),
                Arrays.copyOf(left, nodes),
                Arrays.copyOf(right, nodes),
                Arrays.copyOf(missingLeft, nodes),
                anyCodes ? Arrays.copyOf(codes, nodes) : new long[0][],
                Arrays.copyOf(cover, nodes),
                leaves.stream().mapToDouble(values -> values[output]).toArray(),
                Arrays.copyOf(leafCover, leaves.size()));
    }
}
