package tatara.train.learner;

import java.util.Arrays;
import java.util.Set;
import java.util.SplittableRandom;
import tatara.core.spec.Task;
import tatara.model.ensemble.FoldModel;
import tatara.model.ensemble.LinearEncoder;
import tatara.model.linear.LinearScorer;

/**
 * Logistic, softmax or ridge regression by L-BFGS. The penalty is chosen on a fifth of the fold's own training rows, along a path
 * from strong to weak that starts each solution at the last one; then the model is fitted to all of them.
 */
final class LinearLearner implements Learner {
    private static final Set<String> KNOWN =
            Set.of("l2_strongest", "l2_weakest", "l2_steps", "rounds", "path_rows", "fit_rows");
    private static final int INNER_PARTS = 5;
    private static final int WORSE_STEPS = 2;
    private static final double PATH_TOLERANCE = 1e-4;
    private static final double TOLERANCE = 1e-6;

    private final TrainingData data;
    private final LabelScale scale;
    private final float[] labels;
    private final Parameters parameters;

    LinearLearner(TrainingData data, LabelScale scale, float[] labels, Parameters parameters) {
        this.data = data;
        this.scale = scale;
        this.labels = labels;
        this.parameters = parameters;
    }

    static Set<String> known() {
        return KNOWN;
    }

    @Override
    public FoldResult train(Fold fold) {
        int[] shuffled = shuffle(fold.train(), fold.seed());
        int[] fit = head(shuffled, parameters.integer("fit_rows", 200_000));
        LinearEncoder encoder = LinearEncoding.fit(data, fit);
        double[] weights = new double[data.scorerOutputs() * (encoder.width() + 1)];
        double l2 = choose(encoder, head(shuffled, parameters.integer("path_rows", 10_000)), weights, fold);
        LinearLoss loss = loss(encoder, fit, l2);
        int rounds = Lbfgs.minimise(loss, weights, parameters.integer("rounds", 200), TOLERANCE);
        FoldModel model = new FoldModel(encoder, scorer(weights, encoder.width()));
        return new FoldResult(model, ScorerCheck.score(model, data, fold.valid()), rounds, 0);
    }

    /** The penalty with the least loss on rows it was not fitted to; the weights found there are written. */
    private double choose(LinearEncoder encoder, int[] rows, double[] weights, Fold fold) {
        int steps = parameters.integer("l2_steps", 11);
        double strongest = parameters.number("l2_strongest", 1);
        double weakest = parameters.number("l2_weakest", 1e-5);
        int held = rows.length / INNER_PARTS;
        if (held == 0) {
            return strongest;
        }
        LinearColumns train = LinearEncoding.columns(data, encoder, Arrays.copyOfRange(rows, held, rows.length));
        double[] trainLabels = labels(Arrays.copyOfRange(rows, held, rows.length));
        LinearLoss test = loss(encoder, head(rows, held), 0);
        double[] path = weights.clone();
        double best = Double.POSITIVE_INFINITY;
        double chosen = strongest;
        int worse = 0;
        for (int step = 0; step < steps && worse < WORSE_STEPS && !fold.abort().getAsBoolean(); step++) {
            double l2 = strongest * Math.pow(weakest / strongest, steps == 1 ? 0 : (double) step / (steps - 1));
            LinearLoss loss = new LinearLoss(train, trainLabels, data.task(), data.scorerOutputs(), l2);
            Lbfgs.minimise(loss, path, parameters.integer("rounds", 200), PATH_TOLERANCE);
            double value = test.plain(path);
            if (value < best) {
                best = value;
                chosen = l2;
                worse = 0;
                System.arraycopy(path, 0, weights, 0, path.length);
            } else {
                worse++;
            }
        }
        return chosen;
    }

    private LinearLoss loss(LinearEncoder encoder, int[] rows, double l2) {
        return new LinearLoss(
                LinearEncoding.columns(data, encoder, rows), labels(rows), data.task(), data.scorerOutputs(), l2);
    }

    private double[] labels(int[] rows) {
        return Arrays.stream(rows).mapToDouble(row -> labels[row]).toArray();
    }

    private LinearScorer scorer(double[] parameters, int width) {
        int outputs = data.scorerOutputs();
        double[][] weights = new double[outputs][width];
        double[] bias = new double[outputs];
        boolean scaled = data.task() == Task.REGRESSION;
        for (int output = 0; output < outputs; output++) {
            int at = output * (width + 1);
            for (int i = 0; i < width; i++) {
                weights[output][i] = parameters[at + i] * scale.scale();
            }
            bias[output] = parameters[at + width] * scale.scale() + (scaled ? scale.centre() : 0);
        }
        return new LinearScorer(weights, bias, NativeMetric.link(data));
    }

    private static int[] head(int[] rows, int most) {
        return rows.length <= most ? rows : Arrays.copyOf(rows, most);
    }

    private static int[] shuffle(int[] rows, long seed) {
        int[] shuffled = rows.clone();
        SplittableRandom random = new SplittableRandom(seed);
        for (int i = shuffled.length - 1; i > 0; i--) {
            int swap = random.nextInt(i + 1);
            int kept = shuffled[i];
            shuffled[i] = shuffled[swap];
            shuffled[swap] = kept;
        }
        return shuffled;
    }
}
