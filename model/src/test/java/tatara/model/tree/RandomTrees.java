package tatara.model.tree;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** Trees of random shape, for tests. */
public final class RandomTrees {
    private final SplittableRandom random;
    private final int width;
    private final int categories;

    /**
     * @param width encoded columns
     * @param categories how many of the first columns are categories with codes 0 to 79
     */
    public RandomTrees(long seed, int width, int categories) {
        this.random = new SplittableRandom(seed);
        this.width = width;
        this.categories = categories;
    }

    public List<Tree> list(int count, int depth) {
        List<Tree> trees = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            trees.add(tree(random.nextInt(depth + 1)));
        }
        return trees;
    }

    /** A tree of at most so many levels. */
    public Tree tree(int depth) {
        List<int[]> children = new ArrayList<>();
        List<Double> leaves = new ArrayList<>();
        List<Double> covers = new ArrayList<>();
        List<Double> leafCovers = new ArrayList<>();
        grow(depth, 1000, children, leaves, covers, leafCovers);
        int nodes = children.size();
        int[] feature = new int[nodes];
        double[] threshold = new double[nodes];
        boolean[] defaultLeft = new boolean[nodes];
        long[][] sets = new long[nodes][];
        for (int node = 0; node < nodes; node++) {
            feature[node] = random.nextInt(width);
            defaultLeft[node] = random.nextBoolean();
            if (feature[node] < categories) {
                sets[node] = new long[] {random.nextLong(), random.nextLong() & 0xff};
            } else {
                threshold[node] = random.nextInt(5) == 0 ? random.nextInt(3) - 1 : random.nextDouble() * 4 - 2;
            }
        }
        return new Tree(
                feature,
                threshold,
                children.stream().mapToInt(pair -> pair[0]).toArray(),
                children.stream().mapToInt(pair -> pair[1]).toArray(),
                defaultLeft,
                categories == 0 ? new long[0][] : sets,
                covers.stream().mapToDouble(d -> d).toArray(),
                leaves.stream().mapToDouble(d -> d).toArray(),
                leafCovers.stream().mapToDouble(d -> d).toArray());
    }

    private int grow(
            int depth,
            double cover,
            List<int[]> children,
            List<Double> leaves,
            List<Double> covers,
            List<Double> leafCovers) {
        if (depth == 0 || (!children.isEmpty() && random.nextInt(4) == 0)) {
            leaves.add(random.nextDouble() - 0.5);
            leafCovers.add(cover);
            return ~(leaves.size() - 1);
        }
        int node = children.size();
        int[] pair = new int[2];
        children.add(pair);
        covers.add(cover);
        double left = cover * (0.1 + 0.8 * random.nextDouble());
        pair[0] = grow(depth - 1, left, children, leaves, covers, leafCovers);
        pair[1] = grow(depth - 1, cover - left, children, leaves, covers, leafCovers);
        return node;
    }

    /** A row with missing values, unseen codes and extremes. */
    public float[] row() {
        float[] row = new float[width];
        float[] extremes = {
            0f, -0f, 1f, -1f, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY, Float.MAX_VALUE, Float.MIN_VALUE, 1e30f
        };
        for (int i = 0; i < width; i++) {
            int kind = random.nextInt(10);
            if (kind == 0) {
                row[i] = Float.NaN;
            } else if (i < categories) {
                row[i] = kind == 1 ? 5000 : random.nextInt(80);
            } else {
                row[i] = kind == 1 ? extremes[random.nextInt(extremes.length)] : (float) (random.nextDouble() * 4 - 2);
            }
        }
        return row;
    }
}
