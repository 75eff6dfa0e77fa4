package tatara.model.calibrate;

/** From the sum that a scorer computes (its margin) to the output scale. */
public enum Link {
    /** The margin itself. */
    IDENTITY,
    /** {@code 1 / (1 + e^-m)}: binary probability. */
    SIGMOID,
    /** {@code e^m / sum e^m} over the outputs: class probabilities. */
    SOFTMAX,
    /** {@code e^m - 1}: inverse of a target learnt as {@code log(1 + y)}; the margin is capped so that the value is finite. */
    EXPM1,
    /**
     * {@code 2^-m}: the anomaly score of an isolation forest whose margin is the mean path length over the expected one (Liu,
     * Ting and Zhou, ICDM 2008).
     */
    HALF_POWER;

    private static final double GREATEST_EXPONENT = 700;

    /** Applies the link in place. */
    public void apply(double[] margins) {
        switch (this) {
            case IDENTITY -> {}
            case SIGMOID -> {
                for (int i = 0; i < margins.length; i++) {
                    margins[i] = sigmoid(margins[i]);
                }
            }
            case SOFTMAX -> softmax(margins);
            case EXPM1 -> {
                for (int i = 0; i < margins.length; i++) {
                    margins[i] = Math.expm1(Math.min(margins[i], GREATEST_EXPONENT));
                }
            }
            case HALF_POWER -> {
                for (int i = 0; i < margins.length; i++) {
                    margins[i] = Math.pow(2, -margins[i]);
                }
            }
        }
    }

    /** {@code 1 / (1 + e^-m)}, without overflow. */
    public static double sigmoid(double margin) {
        if (margin >= 0) {
            return 1 / (1 + Math.exp(-margin));
        }
        double power = Math.exp(margin);
        return power / (1 + power);
    }

    private static void softmax(double[] margins) {
        double greatest = Double.NEGATIVE_INFINITY;
        for (double margin : margins) {
            greatest = Math.max(greatest, margin);
        }
        double sum = 0;
        for (int i = 0; i < margins.length; i++) {
            margins[i] = Math.exp(margins[i] - greatest);
            sum += margins[i];
        }
        for (int i = 0; i < margins.length; i++) {
            margins[i] /= sum;
        }
    }
}
