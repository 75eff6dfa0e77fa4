package tatara.train.learner;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import tatara.core.spec.Task;
import tatara.model.transform.OutputFeature;

/** Data with a known truth: three numbers, one of them with gaps, a category of few levels and one of many. */
public record Synthetic(TrainingData data, double[] truth) {
    private static final int FEW = 4;
    private static final int MANY = 40;

    public static Synthetic of(Task task, int rows, int classes, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        float[][] features = new float[5][rows];
        double[] labels = new double[rows];
        double[] truth = new double[rows];
        for (int row = 0; row < rows; row++) {
            double a = random.nextGaussian();
            double b = random.nextGaussian();
            double c = random.nextGaussian();
            int few = random.nextInt(FEW + 1);
            int many = random.nextInt(MANY + 1);
            double score = 1.2 * a - 0.8 * b + 0.5 * (few - 2) + (many % 5 - 2) * 0.4;
            features[0][row] = (float) a;
            features[1][row] = random.nextInt(5) == 0 ? Float.NaN : (float) b;
            features[2][row] = (float) c;
            features[3][row] = random.nextInt(20) == 0 ? Float.NaN : few;
            features[4][row] = random.nextInt(20) == 0 ? Float.NaN : many;
            if (task == Task.REGRESSION) {
                truth[row] = 1_000 + 50 * score;
                labels[row] = truth[row] + 10 * random.nextGaussian();
            } else if (task == Task.BINARY) {
                truth[row] = 1 / (1 + Math.exp(-score));
                labels[row] = random.nextDouble() < truth[row] ? 1 : 0;
            } else {
                truth[row] = score;
                double shifted = (score + random.nextGaussian() + 4) / 8 * classes;
                labels[row] = Math.max(0, Math.min(classes - 1, (int) shifted));
            }
        }
        List<OutputFeature> outputs =
                List.of(number("a"), number("b"), number("c"), category("few", FEW), category("many", MANY));
        boolean classed = task != Task.REGRESSION;
        return new Synthetic(
                new TrainingData(features, outputs, rows, labels, task, classed ? Math.max(2, classes) : 0, false),
                truth);
    }

    public static OutputFeature number(String name) {
        return new OutputFeature(name, name, List.of(), false);
    }

    public static OutputFeature category(String name, int levels) {
        List<String> names = new ArrayList<>();
        for (int level = 0; level < levels; level++) {
            names.add("level " + level);
        }
        return new OutputFeature(name, name, names, false);
    }

    /** A fold that leaves out every {@code every}-th row. */
    public static Fold fold(int rows, int every, long seed) {
        List<Integer> train = new ArrayList<>();
        List<Integer> valid = new ArrayList<>();
        for (int row = 0; row < rows; row++) {
            (row % every == 0 ? valid : train).add(row);
        }
        return new Fold(
                train.stream().mapToInt(i -> i).toArray(),
                valid.stream().mapToInt(i -> i).toArray(),
                seed,
                () -> false);
    }
}
