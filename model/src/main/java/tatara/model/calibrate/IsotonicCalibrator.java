package tatara.model.calibrate;

import java.util.Arrays;

/**
 * A monotone map with linear interpolation between knots and constant beyond them, kept strictly inside (0, 1) (Zadrozny and
 * Elkan, KDD 2002). Several classes are mapped one by one and made to sum to 1.
 *
 * @param x abscissae, strictly ascending, at least one; not copied
 * @param y ordinates in [0, 1], never descending; not copied
 */
public record IsotonicCalibrator(double[] x, double[] y) implements Calibrator {
    public IsotonicCalibrator {
        if (x.length == 0 || x.length != y.length) {
            throw new IllegalArgumentException("knots: " + x.length + ", " + y.length + " (expected: as many, >= 1)");
        }
        for (int i = 1; i < x.length; i++) {
            if (!(x[i] > x[i - 1]) || y[i] < y[i - 1]) {
                throw new IllegalArgumentException("knot " + i + ": " + x[i] + ", " + y[i] + " (expected: ascending)");
            }
        }
    }

    @Override
    public void apply(double[] outputs) {
        for (int i = 0; i < outputs.length; i++) {
            outputs[i] = Probability.clip(at(outputs[i]));
        }
        Probability.normalise(outputs);
    }

    private double at(double probability) {
        int found = Arrays.binarySearch(x, probability);
        if (found >= 0) {
            return y[found];
        }
        int above = -found - 1;
        if (above == 0) {
            return y[0];
        }
        if (above == x.length) {
            return y[x.length - 1];
        }
        double share = (probability - x[above - 1]) / (x[above] - x[above - 1]);
        return y[above - 1] + share * (y[above] - y[above - 1]);
    }
}
