package tatara.model.ensemble;

import java.util.Arrays;

/**
 * Replaces chosen categories by one 0/1 column for each level and one for "other"; a missing value is missing in each of them.
 * All other features stay as they are; columns keep the order of the features.
 *
 * @param features length of the shared feature vector
 * @param chosen indexes of the categories that are replaced, ascending
 * @param levels number of levels of each chosen category
 */
public record OneHotEncoder(int features, int[] chosen, int[] levels) implements Encoder {
    public OneHotEncoder {
        if (chosen.length != levels.length) {
            throw new IllegalArgumentException("levels: " + levels.length + " (expected: " + chosen.length + ")");
        }
    }

    @Override
    public int width() {
        return features + Arrays.stream(levels).sum();
    }

    @Override
    public void encode(float[] shared, float[] encoded) {
        int next = 0;
        int at = 0;
        for (int feature = 0; feature < features; feature++) {
            float value = shared[feature];
            if (next < chosen.length && chosen[next] == feature) {
                int size = levels[next] + 1;
                Arrays.fill(encoded, at, at + size, Float.isNaN(value) ? Float.NaN : 0);
                if (!Float.isNaN(value)) {
                    encoded[at + level((int) value, levels[next])] = 1;
                }
                at += size;
                next++;
            } else {
                encoded[at++] = value;
            }
        }
    }

    private static int level(int code, int levels) {
        return code < 0 || code > levels ? levels : code;
    }

    @Override
    public int source(int column) {
        int at = 0;
        for (int feature = 0; feature < features; feature++) {
            int index = Arrays.binarySearch(chosen, feature);
            at += index >= 0 ? levels[index] + 1 : 1;
            if (column < at) {
                return feature;
            }
        }
        throw new IndexOutOfBoundsException("column: " + column + " (expected: below " + width() + ")");
    }
}
