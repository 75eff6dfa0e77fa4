package tatara.model.calibrate;

/** Arithmetic on probabilities that stays finite. */
final class Probability {
    /** Calibrated probabilities keep this distance from 0 and 1. */
    static final double LEAST = 1e-6;

    private Probability() {}

    static double clip(double probability) {
        return Math.max(LEAST, Math.min(1 - LEAST, probability));
    }

    /** {@code log(p / (1 - p))} of the clipped probability. */
    static double logit(double probability) {
        double inside = clip(probability);
        return Math.log(inside / (1 - inside));
    }

    /** Makes several numbers sum to 1; one number stays as it is. */
    static void normalise(double[] outputs) {
        if (outputs.length < 2) {
            return;
        }
        double sum = 0;
        for (double output : outputs) {
            sum += output;
        }
        for (int i = 0; i < outputs.length; i++) {
            outputs[i] /= sum;
        }
    }
}
