package tatara.train.baseline;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import tatara.core.design.TrainingDesign;
import tatara.core.design.TrainingDesign.Candidate;
import tatara.core.run.Evaluation.LearningPoint;
import tatara.core.spec.Metric;
import tatara.model.ensemble.FoldModel;
import tatara.train.evaluate.Metrics;
import tatara.train.learner.Fold;
import tatara.train.learner.Learner;
import tatara.train.learner.Learners;
import tatara.train.search.TrainingSet;

/**
 * How quality grows with rows: one quick LightGBM model on a tenth, a quarter, half and all of the training rows (of at most 100,000),
 * each stopped early on a fifth of its rows and scored on the hold-out.
 */
public final class LearningCurve {
    private static final double[] SHARES = {0.1, 0.25, 0.5, 1};
    private static final int MOST_ROWS = 100_000;
    private static final int LEAST_ROWS = 40;
    private static final int PARTS = 5;
    private static final Candidate QUICK = new Candidate(
            "learning-curve",
            TrainingDesign.Learner.LIGHTGBM,
            Map.of("learning_rate", 0.1, "num_leaves", 15.0, "rounds", 300.0, "patience", 20.0),
            0);

    private LearningCurve() {}

    /** The points, by rows; empty with fewer than 40 training rows. */
    public static List<LearningPoint> of(TrainingSet training, TrainingSet holdout, Metric metric, long seed) {
        List<LearningPoint> points = new ArrayList<>();
        if (holdout.rows() == 0 || training.rows() < LEAST_ROWS) {
            return points;
        }
        int[] order = shuffled(training.rows(), seed);
        Metrics metrics =
                Metrics.forSearch(holdout.data().task(), holdout.data().classes());
        try (Learners learners = new Learners(training.data(), metric, seed)) {
            Learner learner = learners.of(QUICK);
            for (double share : SHARES) {
                int count = (int) Math.round(share * Math.min(order.length, MOST_ROWS));
                if (count >= LEAST_ROWS / 2) {
                    FoldModel model = learner.train(fold(order, count, seed)).model();
                    double[][] predictions = model.score(holdout.data().features(), holdout.rows());
                    double value = metrics.of(metric, holdout.data().labels(), predictions);
                    if (!Double.isNaN(value)) {
                        points.add(new LearningPoint(count, value));
                    }
                }
            }
        }
        return points;
    }

    private static Fold fold(int[] order, int count, long seed) {
        int held = Math.max(1, count / PARTS);
        int[] valid = Arrays.copyOf(order, held);
        int[] train = Arrays.copyOfRange(order, held, count);
        Arrays.sort(valid);
        Arrays.sort(train);
        return new Fold(train, valid, seed, () -> false);
    }

    private static int[] shuffled(int rows, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        int[] order = new int[rows];
        Arrays.setAll(order, i -> i);
        for (int i = rows - 1; i > 0; i--) {
            int swap = random.nextInt(i + 1);
            int kept = order[i];
            order[i] = order[swap];
            order[swap] = kept;
        }
        return order;
    }
}
