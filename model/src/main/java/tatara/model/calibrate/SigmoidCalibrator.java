package tatara.model.calibrate;

/**
 * Logistic regression on the logit: {@code p' = sigmoid(a logit(p) + b)} (Platt 1999, on the logit scale). Several classes are
 * mapped one by one and made to sum to 1.
 *
 * @param a slope, above 0 so that the order of rows stays
 * @param b intercept
 */
public record SigmoidCalibrator(double a, double b) implements Calibrator {
    public SigmoidCalibrator {
        if (!Double.isFinite(a) || !Double.isFinite(b)) {
            throw new IllegalArgumentException("a: " + a + ", b: " + b + " (expected: finite)");
        }
    }

    @Override
    public void apply(double[] outputs) {
        for (int i = 0; i < outputs.length; i++) {
            outputs[i] = Probability.clip(Link.sigmoid(a * Probability.logit(outputs[i]) + b));
        }
        Probability.normalise(outputs);
    }
}
