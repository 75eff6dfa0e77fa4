package tatara.model.ensemble;

import java.util.List;
import tatara.model.calibrate.Calibrator;

/**
 * The weighted mean of the members' mean outputs (probabilities or values), then the calibrator. Immutable, thread-safe.
 *
 * @param members at least one; their weights sum to 1
 * @param outputs numbers per row, as {@link Scorer#outputs()}
 */
public record Ensemble(List<Member> members, Calibrator calibrator, int outputs) {
    public Ensemble {
        members = List.copyOf(members);
        if (members.isEmpty()) {
            throw new IllegalArgumentException("members: none (expected: at least one)");
        }
        for (Member member : members) {
            for (FoldModel fold : member.folds()) {
                if (fold.scorer().outputs() != outputs) {
                    throw new IllegalArgumentException("member " + member.id() + ": "
                            + fold.scorer().outputs() + " outputs (expected: " + outputs + ")");
                }
            }
        }
    }

    /**
     * Scores one row.
     *
     * @param features the shared feature vector
     * @param out receives {@link #outputs()} numbers
     */
    public void score(float[] features, double[] out) {
        uncalibrated(features, out);
        calibrator.apply(out);
    }

    /** Scores one row without the calibrator. */
    public void uncalibrated(float[] features, double[] out) {
        double[] fold = new double[outputs];
        java.util.Arrays.fill(out, 0, outputs, 0);
        for (Member member : members) {
            double share = member.weight() / member.folds().size();
            for (FoldModel model : member.folds()) {
                float[] encoded = new float[model.encoder().width()];
                model.encoder().encode(features, encoded);
                model.scorer().score(encoded, fold);
                for (int output = 0; output < outputs; output++) {
                    out[output] += share * fold[output];
                }
            }
        }
    }

    /**
     * Scores rows; the same numbers as row by row.
     *
     * @param features the shared features, [feature][row]
     * @return [row][output]
     */
    public double[][] score(float[][] features, int rows) {
        double[][] scores = new double[rows][outputs];
        for (Member member : members) {
            double share = member.weight() / member.folds().size();
            for (FoldModel model : member.folds()) {
                double[][] fold = model.score(features, rows);
                for (int row = 0; row < rows; row++) {
                    for (int output = 0; output < outputs; output++) {
                        scores[row][output] += share * fold[row][output];
                    }
                }
            }
        }
        for (double[] row : scores) {
            calibrator.apply(row);
        }
        return scores;
    }
}
