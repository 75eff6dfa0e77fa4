package tatara.data.quality.cells;

import java.util.Arrays;

/** Features of a cell: numbered by a hash, each with a value. Used again for the next cell. */
final class FeatureList {
    private long[] keys = new long[64];
    private double[] values = new double[64];
    private int size;

    void clear() {
        size = 0;
    }

    void add(long key, double value) {
        if (size == keys.length) {
            keys = Arrays.copyOf(keys, 2 * size);
            values = Arrays.copyOf(values, 2 * size);
        }
        keys[size] = key >>> 1;
        values[size++] = value;
    }

    int size() {
        return size;
    }

    /** Non-negative. */
    long key(int index) {
        return keys[index];
    }

    double value(int index) {
        return values[index];
    }
}
