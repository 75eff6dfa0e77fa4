package tatara.train.learner;

import java.util.Arrays;
import tatara.model.ensemble.FoldModel;

/** Scores rows in Java and compares with what a native library says of some of them. */
final class ScorerCheck {
    private static final int MOST_ROWS = 2_000;

    private ScorerCheck() {}

    static double[][] score(FoldModel model, TrainingData data, int[] rows) {
        double[][] scores = new double[rows.length][model.scorer().outputs()];
        float[] shared = new float[data.width()];
        float[] encoded = new float[model.encoder().width()];
        for (int i = 0; i < rows.length; i++) {
            data.row(rows[i], shared);
            model.encoder().encode(shared, encoded);
            model.scorer().score(encoded, scores[i]);
        }
        return scores;
    }

    /** At most 2,000 of the rows, evenly spread. */
    static int[] sample(int[] rows) {
        if (rows.length <= MOST_ROWS) {
            return rows;
        }
        int[] chosen = new int[MOST_ROWS];
        for (int i = 0; i < chosen.length; i++) {
            chosen[i] = rows[(int) ((long) i * rows.length / MOST_ROWS)];
        }
        return chosen;
    }

    /** From the scale of the labels a library saw to the output scale. */
    static void rescale(double[][] natives, LabelScale scale) {
        if (scale.centre() == 0 && scale.scale() == 1 && !scale.logarithm()) {
            return;
        }
        for (double[] row : natives) {
            double value = scale.centre() + scale.scale() * row[0];
            row[0] = scale.logarithm() ? Math.expm1(Math.min(value, 700)) : value;
        }
    }

    /**
     * Greatest absolute difference, relative to 1 or the native value's size, whichever is greater.
     *
     * @param natives [checked row][output]
     * @param scores [row][output]
     * @param rows ascending
     * @param checked some of the rows, ascending
     */
    static double difference(double[][] natives, double[][] scores, int[] rows, int[] checked) {
        double greatest = 0;
        for (int i = 0; i < checked.length; i++) {
            double[] score = scores[Arrays.binarySearch(rows, checked[i])];
            for (int output = 0; output < score.length; output++) {
                double difference = Math.abs(score[output] - natives[i][output]);
                difference /= Math.max(1, Math.abs(natives[i][output]));
                greatest = Double.isNaN(difference) ? Double.POSITIVE_INFINITY : Math.max(greatest, difference);
            }
        }
        return greatest;
    }
}
