package tatara.train.learner;

import java.util.Arrays;
import java.util.SplittableRandom;
import tatara.core.error.Fault;
import tatara.core.error.TataraException;
import tatara.core.spec.Task;
import tatara.model.ensemble.ChainEncoder;
import tatara.model.ensemble.Encoder;
import tatara.model.ensemble.IdentityEncoder;
import tatara.model.ensemble.OneHotEncoder;
import tatara.model.ensemble.TargetMeanEncoder;

/**
 * Categories as numbers, fitted on a fold's training rows: few levels one-hot, many as smoothed target means. The training rows
 * themselves get means that leave out their own part of five, so that a model does not learn to trust its own labels; all other
 * rows get the means of all training rows.
 *
 * @param encoder for all rows but the training rows
 * @param width encoded columns
 * @param train encoded training rows, row by row
 * @param valid encoded rows left out, row by row
 */
record CategoryEncoding(Encoder encoder, int width, float[] train, float[] valid) {
    private static final int PARTS = 5;
    private static final double SMOOTHING = 10;

    static CategoryEncoding fit(TrainingData data, Fold fold, int onehotLevels, long seed) {
        int[] categories = data.categories();
        int[] low = Arrays.stream(categories)
                .filter(feature -> levels(data, feature) <= onehotLevels)
                .toArray();
        int[] high = Arrays.stream(categories)
                .filter(feature -> levels(data, feature) > onehotLevels)
                .toArray();
        TargetMeans means = new TargetMeans(data, high);
        Encoder encoder = encoder(data, means.fit(fold.train()), low, high);
        int width = encoder.width();
        float[] valid = encode(data, encoder, fold.valid(), width);
        float[] train = high.length == 0
                ? encode(data, encoder, fold.train(), width)
                : outOfPart(data, fold.train(), means, low, high, seed, width);
        return new CategoryEncoding(encoder, width, train, valid);
    }

    private static int levels(TrainingData data, int feature) {
        return data.outputs().get(feature).levels().size();
    }

    private static Encoder encoder(TrainingData data, TargetMeanEncoder means, int[] low, int[] high) {
        if (low.length == 0 && high.length == 0) {
            return new IdentityEncoder(data.width());
        }
        if (low.length == 0) {
            return means;
        }
        int[] levels = Arrays.stream(low).map(feature -> levels(data, feature)).toArray();
        if (high.length == 0) {
            return new OneHotEncoder(data.width(), low, levels);
        }
        int[] shifted = new int[low.length];
        for (int i = 0; i < low.length; i++) {
            int before = ~Arrays.binarySearch(high, low[i]);
            shifted[i] = low[i] + before * (means.outputs() - 1);
        }
        return new ChainEncoder(means, new OneHotEncoder(means.width(), shifted, levels));
    }

    private static float[] encode(TrainingData data, Encoder encoder, int[] rows, int width) {
        float[] matrix = matrix(rows.length, width);
        float[] shared = new float[data.width()];
        float[] encoded = new float[width];
        for (int i = 0; i < rows.length; i++) {
            data.row(rows[i], shared);
            encoder.encode(shared, encoded);
            System.arraycopy(encoded, 0, matrix, i * width, width);
        }
        return matrix;
    }

    private static float[] outOfPart(
            TrainingData data, int[] rows, TargetMeans means, int[] low, int[] high, long seed, int width) {
        int[] part = new int[rows.length];
        SplittableRandom random = new SplittableRandom(seed ^ 0x7A7A);
        for (int i = 0; i < part.length; i++) {
            part[i] = i % PARTS;
            int swap = random.nextInt(i + 1);
            int kept = part[i];
            part[i] = part[swap];
            part[swap] = kept;
        }
        float[] matrix = matrix(rows.length, width);
        float[] shared = new float[data.width()];
        float[] encoded = new float[width];
        for (int left = 0; left < PARTS; left++) {
            int out = left;
            int[] others = java.util.stream.IntStream.range(0, rows.length)
                    .filter(i -> part[i] != out)
                    .map(i -> rows[i])
                    .toArray();
            Encoder encoder = encoder(data, means.fit(others), low, high);
            for (int i = 0; i < rows.length; i++) {
                if (part[i] == left) {
                    data.row(rows[i], shared);
                    encoder.encode(shared, encoded);
                    System.arraycopy(encoded, 0, matrix, i * width, width);
                }
            }
        }
        return matrix;
    }

    private static float[] matrix(int rows, int width) {
        long cells = (long) rows * width;
        if (cells > Integer.MAX_VALUE - 8) {
            throw new TataraException(
                    TrainErrorCode.TOO_FEW_ROWS,
                    Fault.of(rows + " rows of " + width + " columns are too many for XGBoost here")
                            .expecting("fewer than 2^31 cells")
                            .todo("Lower spec.trainingRows in 2-ml-engineer.yaml, or take the xgboost candidates out"));
        }
        return new float[(int) cells];
    }

    /** Smoothed means of the target by level. */
    private record TargetMeans(TrainingData data, int[] chosen) {
        TargetMeanEncoder fit(int[] rows) {
            int outputs = data.scorerOutputs();
            LabelScale scale = LabelScale.of(data);
            double[] prior = new double[outputs];
            for (int row : rows) {
                for (int output = 0; output < outputs; output++) {
                    prior[output] += target(row, output, scale);
                }
            }
            float[] priors = new float[outputs];
            for (int output = 0; output < outputs; output++) {
                prior[output] /= Math.max(1, rows.length);
                priors[output] = (float) prior[output];
            }
            float[][] tables = new float[chosen.length][];
            for (int i = 0; i < chosen.length; i++) {
                tables[i] = table(chosen[i], rows, prior, scale);
            }
            return new TargetMeanEncoder(data.width(), chosen, outputs, tables, priors);
        }

        private double target(int row, int output, LabelScale scale) {
            double label = data.labels()[row];
            return data.task() == Task.MULTICLASS ? (label == output ? 1 : 0) : scale.of(label);
        }

        private float[] table(int feature, int[] rows, double[] prior, LabelScale scale) {
            int size = levels(data, feature) + 2;
            int outputs = prior.length;
            double[] sums = new double[size * outputs];
            double[] counts = new double[size];
            for (int row : rows) {
                float code = data.features()[feature][row];
                int level = Float.isNaN(code) ? size - 1 : Math.min((int) code, size - 2);
                counts[level]++;
                for (int output = 0; output < outputs; output++) {
                    sums[level * outputs + output] += target(row, output, scale);
                }
            }
            float[] table = new float[size * outputs];
            for (int i = 0; i < table.length; i++) {
                double weight = counts[i / outputs];
                table[i] = (float) ((sums[i] + SMOOTHING * prior[i % outputs]) / (weight + SMOOTHING));
            }
            return table;
        }
    }
}
