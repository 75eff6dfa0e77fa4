package tatara.model.linear;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import tatara.model.calibrate.Link;
import tatara.model.ensemble.Scorer;

/**
 * A linear model: {@code link(bias + weights x)}. A missing number counts as 0.
 *
 * @param weights [output][width], finite, not copied
 * @param bias one for each output, finite
 * @param means mean of each encoded column over the training rows: what an explanation compares a row with; not copied
 */
public record LinearScorer(double[][] weights, double[] bias, Link link, double[] means) implements Scorer {
    public LinearScorer {
        if (weights.length != bias.length || bias.length == 0) {
            throw new IllegalArgumentException("bias: " + bias.length + " (expected: " + weights.length + ")");
        }
        for (double[] row : weights) {
            if (row.length != means.length) {
                throw new IllegalArgumentException("weights: " + row.length + " (expected: " + means.length + ")");
            }
        }
    }

    /** A scorer whose explanations compare a row with one that is 0 in every column. */
    public LinearScorer(double[][] weights, double[] bias, Link link) {
        this(weights, bias, link, new double[weights.length == 0 ? 0 : weights[0].length]);
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

    /** Writes the scorer in its own binary form. */
    public void write(DataOutput out) throws IOException {
        out.writeUTF(link.name());
        out.writeInt(bias.length);
        out.writeInt(means.length);
        for (double mean : means) {
            out.writeDouble(mean);
        }
        for (int output = 0; output < bias.length; output++) {
            out.writeDouble(bias[output]);
            for (double weight : weights[output]) {
                out.writeDouble(weight);
            }
        }
    }

    /** Reads what {@link #write} wrote. */
    public static LinearScorer read(DataInput in) throws IOException {
        Link link = Link.valueOf(in.readUTF());
        double[] bias = new double[in.readInt()];
        double[] means = new double[in.readInt()];
        for (int i = 0; i < means.length; i++) {
            means[i] = in.readDouble();
        }
        double[][] weights = new double[bias.length][means.length];
        for (int output = 0; output < bias.length; output++) {
            bias[output] = in.readDouble();
            for (int i = 0; i < weights[output].length; i++) {
                weights[output][i] = in.readDouble();
            }
        }
        return new LinearScorer(weights, bias, link, means);
    }
}
