package tatara.model.linear;

import tatara.model.calibrate.Link;
import tatara.model.ensemble.Scorer;

/**
 * A linear model: {@code link(bias + weights x)}. A missing number counts as 0.
 *
 * @param weights [output][width], finite, not copied
 * @param bias one for each output, finite
 */
public record LinearScorer(double[][] weights, double[] bias, Link link) implements Scorer {
    public LinearScorer {
        if (weights.length != bias.length || bias.length == 0) {
            throw new IllegalArgumentException("bias: " + bias.length + " (expected: " + weights.length + ")");
        }
    }

    @Override
    public int outputs() {
        return bias.length;
    }

    @Override
    public void score(float[] encoded, double[] out) {
        margins(encoded, out);
        link.apply(out);
    }

    /** The sums before the link. */
    public void margins(float[] encoded, double[] out) {
        for (int output = 0; output < bias.length; output++) {
            double[] row = weights[output];
            double sum = bias[output];
            for (int i = 0; i < row.length; i++) {
                float value = encoded[i];
                if (!Float.isNaN(value)) {
                    sum += row[i] * value;
                }
            }
            out[output] = sum;
        }
    }
}
