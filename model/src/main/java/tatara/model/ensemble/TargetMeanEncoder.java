package tatara.model.ensemble;

import java.util.Arrays;

/**
 * Replaces chosen categories by the smoothed mean of the target among training rows with that level, one column for each output
 * (Micci-Barreca, SIGKDD Explorations 2001); all other features stay as they are. Columns keep the order of the features.
 *
 * @param features length of the shared feature vector
 * @param chosen indexes of the categories that are replaced, ascending
 * @param outputs means per category: 1 for regression and binary, the number of classes for multiclass
 * @param means for each chosen category {@code (levels + 2) * outputs} means: level by level, then "other", then missing; the
 *     outputs of a level side by side
 * @param prior mean of each output over all training rows: what a code beyond the table gets
 */
public record TargetMeanEncoder(int features, int[] chosen, int outputs, float[][] means, float[] prior)
        implements Encoder {
    public TargetMeanEncoder {
        if (chosen.length != means.length || prior.length != outputs) {
            throw new IllegalArgumentException("means: " + means.length + " tables, " + prior.length
                    + " priors (expected: " + chosen.length + " and " + outputs + ")");
        }
        for (float[] table : means) {
            if (table.length < 2 * outputs || table.length % outputs != 0) {
                throw new IllegalArgumentException(
                        "means: table of " + table.length + " (expected: (levels + 2) * " + outputs + ")");
            }
        }
    }

    @Override
    public int width() {
        return features + chosen.length * (outputs - 1);
    }

    @Override
    public void encode(float[] shared, float[] encoded) {
        int next = 0;
        int at = 0;
        for (int feature = 0; feature < features; feature++) {
            if (next < chosen.length && chosen[next] == feature) {
                write(shared[feature], means[next], encoded, at);
                next++;
                at += outputs;
            } else {
                encoded[at++] = shared[feature];
            }
        }
    }

    private void write(float code, float[] table, float[] encoded, int at) {
        int rows = table.length / outputs;
        int row = Float.isNaN(code) ? rows - 1 : (int) code;
        boolean known = row >= 0 && row < rows && (row < rows - 1 || Float.isNaN(code));
        for (int output = 0; output < outputs; output++) {
            encoded[at + output] = known ? table[row * outputs + output] : prior[output];
        }
    }

    @Override
    public int source(int column) {
        int at = 0;
        for (int feature = 0; feature < features; feature++) {
            at += Arrays.binarySearch(chosen, feature) >= 0 ? outputs : 1;
            if (column < at) {
                return feature;
            }
        }
        throw new IndexOutOfBoundsException("column: " + column + " (expected: below " + width() + ")");
    }
}
