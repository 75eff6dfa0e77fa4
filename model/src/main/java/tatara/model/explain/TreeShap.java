package tatara.model.explain;

import tatara.model.tree.Tree;

/**
 * Exact path-dependent SHAP values of one tree (the values of Algorithm 2 of Lundberg et al., "From local explanations to global
 * understanding with explainable AI for trees", Nature Machine Intelligence 2020).
 *
 * <p>A leaf counts {@code value * product over the features on its path of (one or zero)}: {@code one} tells whether the row
 * passes all splits on the feature, {@code zero} which share of the training rows does. A feature's Shapley value in such a
 * product is {@code value * (one - zero) *} the integral over t in (0, 1) of the other features' {@code zero + t (one - zero)}
 * (Owen, "Multilinear extensions of games", Management Science 1972): a polynomial in t of lower degree than the path has
 * features, so that Gauss-Legendre quadrature with half as many points is exact. One walk carries the products at these points
 * down and the leaves' sums up. A feature that occurs again on a path replaces its earlier factor; what the earlier split was
 * credited with for the leaves below is taken back.
 *
 * <p>A child's share of its parent is its cover over that of both children. Not thread-safe: one instance per thread.
 */
final class TreeShap {
    private final double[] one;
    private final double[] zero;
    private Tree tree = Tree.leaf(0, 1);
    private float[] row = new float[0];
    private double[] sums = new double[0];
    private double[] points = new double[0];
    private double[] weights = new double[0];
    private double[] products = new double[0];
    private double[] leaves = new double[0];

    /** @param width encoded columns */
    TreeShap(int width) {
        one = new double[width];
        zero = new double[width];
        java.util.Arrays.fill(one, 1);
        java.util.Arrays.fill(zero, 1);
    }

    /** Splits on the longest path of a tree. */
    static int depth(Tree tree) {
        return tree.nodes() == 0 ? 0 : depth(tree, 0);
    }

    private static int depth(Tree tree, int at) {
        return at < 0 ? 0 : 1 + Math.max(depth(tree, tree.left()[at]), depth(tree, tree.right()[at]));
    }

    /** What a tree says on average over its training rows. */
    static double expected(Tree tree) {
        return tree.nodes() == 0 ? tree.leafValue()[0] : expected(tree, 0);
    }

    private static double expected(Tree tree, int at) {
        if (at < 0) {
            return tree.leafValue()[~at];
        }
        double leftShare = leftShare(tree, at);
        return leftShare * expected(tree, tree.left()[at]) + (1 - leftShare) * expected(tree, tree.right()[at]);
    }

    private static double leftShare(Tree tree, int node) {
        double left = cover(tree, tree.left()[node]);
        double both = left + cover(tree, tree.right()[node]);
        return both > 0 ? left / both : 0.5;
    }

    private static double cover(Tree tree, int at) {
        return at < 0 ? tree.leafCover()[~at] : tree.nodeCover()[at];
    }

    /**
     * Adds the SHAP values of a row, not scaled.
     *
     * @param depth the tree's {@link #depth}
     * @param contributions per encoded column
     */
    void add(Tree explained, int depth, float[] encoded, double[] contributions) {
        if (depth == 0) {
            return;
        }
        tree = explained;
        row = encoded;
        sums = contributions;
        Quadrature rule = Quadrature.of((depth + 1) / 2);
        points = rule.points();
        weights = rule.weights();
        int needed = (depth + 1) * points.length;
        if (products.length < needed) {
            products = new double[needed];
            leaves = new double[needed];
        }
        java.util.Arrays.fill(products, 0, points.length, 1);
        visit(0, 0);
    }

    /**
     * @param start of this level's products and leaf sums in the arrays
     */
    private void visit(int at, int start) {
        int count = points.length;
        if (at < 0) {
            double value = tree.leafValue()[~at];
            for (int i = 0; i < count; i++) {
                leaves[start + i] = value * products[start + i];
            }
            return;
        }
        java.util.Arrays.fill(leaves, start, start + count, 0);
        double leftShare = leftShare(tree, at);
        boolean left = tree.next(at, row) == tree.left()[at];
        descend(tree.left()[at], start, tree.feature()[at], left ? 1 : 0, leftShare);
        descend(tree.right()[at], start, tree.feature()[at], left ? 0 : 1, 1 - leftShare);
    }

    /** Visits a child; one that neither the row nor any training row reaches adds nothing. */
    private void descend(int child, int start, int feature, double passes, double share) {
        double oneBefore = one[feature];
        double zeroBefore = zero[feature];
        double oneNow = oneBefore * passes;
        double zeroNow = zeroBefore * share;
        if (oneNow == 0 && zeroNow == 0) {
            return;
        }
        int count = points.length;
        int below = start + count;
        double spreadBefore = oneBefore - zeroBefore;
        double spreadNow = oneNow - zeroNow;
        for (int i = 0; i < count; i++) {
            products[below + i] =
                    products[start + i] * (zeroNow + points[i] * spreadNow) / (zeroBefore + points[i] * spreadBefore);
        }
        one[feature] = oneNow;
        zero[feature] = zeroNow;
        visit(child, below);
        one[feature] = oneBefore;
        zero[feature] = zeroBefore;
        double credit = 0;
        for (int i = 0; i < count; i++) {
            double leaf = leaves[below + i];
            leaves[start + i] += leaf;
            credit += weights[i]
                    * leaf
                    * (spreadNow / (zeroNow + points[i] * spreadNow)
                            - spreadBefore / (zeroBefore + points[i] * spreadBefore));
        }
        sums[feature] += credit;
    }
}
