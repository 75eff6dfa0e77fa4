package tatara.train.anomaly;

import java.util.BitSet;
import java.util.List;
import java.util.SplittableRandom;
import tatara.core.frame.FrameSource;
import tatara.model.transform.FeatureTransform;
import tatara.model.transform.OutputFeature;

/**
 * Transformed rows in memory.
 *
 * @param outputs what each feature is
 * @param features [feature][row]; NaN is missing
 * @param rows number of rows
 * @param positions of the rows in the source, ascending
 */
record FeatureMatrix(List<OutputFeature> outputs, float[][] features, int rows, BitSet positions) {
    /** Transforms the rows, of more than {@code most} an even sample. */
    static FeatureMatrix of(FrameSource source, FeatureTransform transform, long most, long seed) {
        BitSet chosen = sample(source.rows(), most, seed);
        int rows = chosen.cardinality();
        float[][] features = new float[transform.outputs().size()][rows];
        int[] next = {0};
        source.select(chosen).forEach(frame -> {
            transform.apply(frame, features, next[0]);
            next[0] += frame.rows();
        });
        return new FeatureMatrix(transform.outputs(), features, rows, chosen);
    }

    /** Selection sampling (Knuth, algorithm 3.4.2 S). */
    private static BitSet sample(long rows, long wanted, long seed) {
        BitSet chosen = new BitSet();
        if (rows <= wanted) {
            chosen.set(0, Math.toIntExact(rows));
            return chosen;
        }
        SplittableRandom random = new SplittableRandom(seed);
        long left = wanted;
        for (int row = 0; left > 0; row++) {
            if (random.nextDouble() * (rows - row) < left) {
                chosen.set(row);
                left--;
            }
        }
        return chosen;
    }
}
