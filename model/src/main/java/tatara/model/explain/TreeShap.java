package tatara.model.explain;

import tatara.model.tree.Tree;

/**
 * Path-dependent SHAP values of one tree: Algorithm 2 of Lundberg et al., "From local explanations to global understanding with
 * explainable AI for trees", Nature Machine Intelligence 2020. A child's share of its parent is its cover over that of both
 * children. Not thread-safe: one instance per thread.
 */
final class TreeShap {
    private Tree tree = Tree.leaf(0, 1);
    private float[] row = new float[0];
    private double[] contributions = new double[0];
    private double factor;
    private int[] feature = new int[0];
    private double[] zero = new double[0];
    private double[] one = new double[0];
    private double[] weight = new double[0];

    /**
     * Adds {@code scale} times the tree's SHAP values of a row.
     *
     * @param sums per encoded column
     */
    void add(Tree explained, float[] encoded, double scale, double[] sums) {
        if (explained.nodes() == 0) {
            return;
        }
        tree = explained;
        row = encoded;
        factor = scale;
        contributions = sums;
        visit(0, 0, 0, 1, 1, -1);
    }

    /** What a tree says on average over its training rows. */
    static double expected(Tree tree) {
        return tree.nodes() == 0 ? tree.leafValue()[0] : expected(tree, 0);
    }

    private static double expected(Tree tree, int at) {
        if (at < 0) {
            return tree.leafValue()[~at];
        }
        double leftShare = share(tree, tree.left()[at], tree.right()[at]);
        return leftShare * expected(tree, tree.left()[at]) + (1 - leftShare) * expected(tree, tree.right()[at]);
    }

    private static double share(Tree tree, int child, int sibling) {
        double cover = cover(tree, child);
        double both = cover + cover(tree, sibling);
        return both > 0 ? cover / both : 0.5;
    }

    private static double cover(Tree tree, int at) {
        return at < 0 ? tree.leafCover()[~at] : tree.nodeCover()[at];
    }

    /**
     * @param start where this call's copy of the path begins in the arrays
     * @param length elements of the path so far
     */
    private void visit(int at, int start, int length, double parentZero, double parentOne, int parentFeature) {
        ensure(start + length + 1);
        extend(start, length, parentZero, parentOne, parentFeature);
        if (at < 0) {
            double value = factor * tree.leafValue()[~at];
            for (int i = 1; i <= length; i++) {
                double sum = unwoundSum(start, length, i);
                contributions[feature[start + i]] += sum * (one[start + i] - zero[start + i]) * value;
            }
            return;
        }
        int split = tree.feature()[at];
        int hot = tree.next(at, row);
        int cold = hot == tree.left()[at] ? tree.right()[at] : tree.left()[at];
        double knownZero = 1;
        double knownOne = 1;
        int depth = length;
        for (int i = 1; i <= length; i++) {
            if (feature[start + i] == split) {
                knownZero = zero[start + i];
                knownOne = one[start + i];
                unwind(start, length, i);
                depth--;
                break;
            }
        }
        double hotShare = share(tree, hot, cold);
        descend(hot, start, depth, hotShare * knownZero, knownOne, split);
        descend(cold, start, depth, (1 - hotShare) * knownZero, 0, split);
    }

    /** Visits a child with a copy of the path; a branch that no row reaches either way adds nothing. */
    private void descend(int child, int start, int depth, double zeroShare, double oneShare, int split) {
        if (zeroShare == 0 && oneShare == 0) {
            return;
        }
        int copy = start + depth + 1;
        ensure(copy + depth + 2);
        System.arraycopy(feature, start, feature, copy, depth + 1);
        System.arraycopy(zero, start, zero, copy, depth + 1);
        System.arraycopy(one, start, one, copy, depth + 1);
        System.arraycopy(weight, start, weight, copy, depth + 1);
        visit(child, copy, depth + 1, zeroShare, oneShare, split);
    }

    private void extend(int start, int length, double zeroShare, double oneShare, int split) {
        feature[start + length] = split;
        zero[start + length] = zeroShare;
        one[start + length] = oneShare;
        weight[start + length] = length == 0 ? 1 : 0;
        for (int i = length - 1; i >= 0; i--) {
            weight[start + i + 1] += oneShare * weight[start + i] * (i + 1) / (length + 1);
            weight[start + i] = zeroShare * weight[start + i] * (length - i) / (length + 1);
        }
    }

    private void unwind(int start, int length, int index) {
        double oneShare = one[start + index];
        double zeroShare = zero[start + index];
        double next = weight[start + length];
        for (int i = length - 1; i >= 0; i--) {
            if (oneShare != 0) {
                double before = weight[start + i];
                weight[start + i] = next * (length + 1) / ((i + 1) * oneShare);
                next = before - weight[start + i] * zeroShare * (length - i) / (length + 1);
            } else {
                weight[start + i] = weight[start + i] * (length + 1) / (zeroShare * (length - i));
            }
        }
        for (int i = index; i < length; i++) {
            feature[start + i] = feature[start + i + 1];
            zero[start + i] = zero[start + i + 1];
            one[start + i] = one[start + i + 1];
        }
    }

    private double unwoundSum(int start, int length, int index) {
        double oneShare = one[start + index];
        double zeroShare = zero[start + index];
        double next = weight[start + length];
        double total = 0;
        for (int i = length - 1; i >= 0; i--) {
            if (oneShare != 0) {
                double part = next * (length + 1) / ((i + 1) * oneShare);
                total += part;
                next = weight[start + i] - part * zeroShare * (length - i) / (length + 1);
            } else {
                total += weight[start + i] * (length + 1) / (zeroShare * (length - i));
            }
        }
        return total;
    }

    private void ensure(int size) {
        if (feature.length < size) {
            int grown = Math.max(64, 2 * size);
            feature = java.util.Arrays.copyOf(feature, grown);
            zero = java.util.Arrays.copyOf(zero, grown);
            one = java.util.Arrays.copyOf(one, grown);
            weight = java.util.Arrays.copyOf(weight, grown);
        }
    }
}
