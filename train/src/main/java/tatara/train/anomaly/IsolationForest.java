package tatara.train.anomaly;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import tatara.model.calibrate.Link;
import tatara.model.tree.Tree;
import tatara.model.tree.TreeEnsemble;

/**
 * Isolation forest (Liu, Ting and Zhou, ICDM 2008): trees that part a small sample by random cuts; what is isolated after few cuts is
 * unusual. The score is 2^(-mean path length / expected path length), in (0, 1): about 0.5 and below is usual, towards 1 unusual.
 */
final class IsolationForest {
    private static final double EULER = 0.5772156649015329;

    private IsolationForest() {}

    /**
     * Grows a forest on some of the rows.
     *
     * @param rows positions in the matrix, at least 2
     * @param trees at least 1
     * @param sample rows of each tree, drawn without replacement
     * @param seed the same seed gives the same forest
     */
    static TreeEnsemble grow(FeatureMatrix matrix, int[] rows, int trees, int sample, long seed) {
        int size = Math.max(2, Math.min(sample, rows.length));
        int depth = (int) Math.ceil(Math.log(size) / Math.log(2));
        List<Tree> grown = new ArrayList<>();
        for (int tree = 0; tree < trees; tree++) {
            SplittableRandom random = new SplittableRandom(seed + 0x9E3779B97F4A7C15L * (tree + 1));
            grown.add(new IsolationTree(matrix, draw(rows, size, random), depth, random).grow());
        }
        return TreeEnsemble.of(grown, 1, new double[] {0}, Link.HALF_POWER, 1 / (trees * expectedPath(size)));
    }

    private static int[] draw(int[] rows, int size, SplittableRandom random) {
        int[] pool = rows.clone();
        int[] drawn = new int[size];
        for (int i = 0; i < size; i++) {
            int at = i + random.nextInt(pool.length - i);
            drawn[i] = pool[at];
            pool[at] = pool[i];
        }
        return drawn;
    }

    /** Mean path length of an unsuccessful search in a binary search tree of so many rows: c(n). */
    static double expectedPath(double rows) {
        if (rows <= 1) {
            return 0;
        }
        return rows == 2 ? 1 : 2 * (Math.log(rows - 1) + EULER) - 2 * (rows - 1) / rows;
    }
}
