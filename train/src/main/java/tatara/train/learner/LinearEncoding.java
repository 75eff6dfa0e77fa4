package tatara.train.learner;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import tatara.model.ensemble.LinearEncoder;
import tatara.model.ensemble.LinearEncoder.Levels;
import tatara.model.ensemble.LinearEncoder.Part;
import tatara.model.ensemble.LinearEncoder.Scaled;
import tatara.model.ensemble.LinearEncoder.Terms;

/**
 * Fits the encoder of a linear model on a fold's training rows. Numbers are centred on their mean and scaled by their standard
 * deviation, both of values clipped to the 0.5 % and 99.5 % quantiles, and limited to 5 deviations; numbers that are mostly 0
 * (counts) keep their 0 and are scaled by the root mean square of the rest; categories are one-hot.
 */
final class LinearEncoding {
    private static final int QUANTILE_ROWS = 20_000;
    private static final double TAIL = 0.005;
    private static final double LIMIT = 5;
    private static final double SPARSE_SHARE = 0.8;
    private static final double SPARSE_LIMIT = 20;

    private LinearEncoding() {}

    static LinearEncoder fit(TrainingData data, int[] rows) {
        List<Part> parts = new ArrayList<>();
        int feature = 0;
        while (feature < data.width()) {
            if (data.outputs().get(feature).term()) {
                int end = feature;
                while (end < data.width() && data.outputs().get(end).term()) {
                    end++;
                }
                parts.add(new Terms(feature, end - feature));
                feature = end;
            } else {
                if (data.outputs().get(feature).isCategory()) {
                    int levels = data.outputs().get(feature).levels().size();
                    parts.add(new Levels(feature, levels, anyMissing(data.features()[feature], rows)));
                } else {
                    number(data.features()[feature], rows, feature, parts);
                }
                feature++;
            }
        }
        return new LinearEncoder(parts);
    }

    private static boolean anyMissing(float[] column, int[] rows) {
        return Arrays.stream(rows).anyMatch(row -> Float.isNaN(column[row]));
    }

    private static void number(float[] column, int[] rows, int feature, List<Part> parts) {
        float[] sorted = sorted(column, rows);
        boolean missing = anyMissing(column, rows);
        if (sorted.length == 0) {
            return;
        }
        long zeros = 0;
        for (float value : sorted) {
            zeros += value == 0 ? 1 : 0;
        }
        if (zeros > SPARSE_SHARE * sorted.length) {
            double squares = 0;
            for (float value : sorted) {
                squares += (double) value * value;
            }
            if (zeros < sorted.length || missing) {
                double scale = zeros == sorted.length ? 1 : Math.sqrt(squares / (sorted.length - zeros));
                parts.add(new Scaled(feature, 0, 0, usable(scale), SPARSE_LIMIT, missing));
            }
            return;
        }
        double low = sorted[(int) (TAIL * (sorted.length - 1))];
        double high = sorted[(int) Math.ceil((1 - TAIL) * (sorted.length - 1))];
        double mean = 0;
        double squares = 0;
        int count = 0;
        for (float value : sorted) {
            double clipped = Math.max(low, Math.min(high, value));
            double delta = clipped - mean;
            mean += delta / ++count;
            squares += delta * (clipped - mean);
        }
        double deviation = Math.sqrt(squares / count);
        if (deviation > 0 || missing) {
            parts.add(new Scaled(feature, mean, mean, usable(deviation), LIMIT, missing));
        }
    }

    private static double usable(double scale) {
        return scale > 1e-30 && Double.isFinite(scale) ? scale : 1;
    }

    /** Values that are there and finite, of an even sample of the rows. */
    private static float[] sorted(float[] column, int[] rows) {
        int step = Math.max(1, rows.length / QUANTILE_ROWS);
        float[] values = new float[rows.length / step + 1];
        int count = 0;
        for (int i = 0; i < rows.length; i += step) {
            float value = column[rows[i]];
            if (Float.isFinite(value)) {
                values[count++] = value;
            }
        }
        float[] sorted = Arrays.copyOf(values, count);
        Arrays.sort(sorted);
        return sorted;
    }

    /** The encoded columns of some rows. */
    static LinearColumns columns(TrainingData data, LinearEncoder encoder, int[] rows) {
        List<LinearColumns.Block> blocks = new ArrayList<>();
        float[] shared = new float[data.width()];
        for (Part part : encoder.parts()) {
            if (part instanceof Levels levels) {
                blocks.add(codes(data.features()[levels.feature()], levels, rows));
            } else {
                float[][] columns = new float[part.width()][rows.length];
                float[] encoded = new float[part.width()];
                int features = part instanceof Terms terms ? terms.count() : 1;
                for (int i = 0; i < rows.length; i++) {
                    for (int feature = part.feature(); feature < part.feature() + features; feature++) {
                        shared[feature] = data.features()[feature][rows[i]];
                    }
                    part.encode(shared, encoded, 0);
                    for (int column = 0; column < encoded.length; column++) {
                        columns[column][i] = encoded[column];
                    }
                }
                for (float[] column : columns) {
                    blocks.add(compact(column));
                }
            }
        }
        return new LinearColumns(blocks, rows.length);
    }

    private static LinearColumns.Block codes(float[] column, Levels levels, int[] rows) {
        int[] codes = new int[rows.length];
        for (int i = 0; i < rows.length; i++) {
            float value = column[rows[i]];
            if (Float.isNaN(value)) {
                codes[i] = levels.missingFlag() ? levels.levels() + 1 : -1;
            } else {
                codes[i] = value < 0 || value > levels.levels() ? levels.levels() : (int) value;
            }
        }
        return new LinearColumns.Codes(codes, levels.width());
    }

    private static LinearColumns.Block compact(float[] column) {
        int filled = 0;
        for (float value : column) {
            filled += value == 0 ? 0 : 1;
        }
        if (filled > column.length / 4) {
            return new LinearColumns.Dense(column);
        }
        int[] rows = new int[filled];
        float[] values = new float[filled];
        int at = 0;
        for (int row = 0; row < column.length; row++) {
            if (column[row] != 0) {
                rows[at] = row;
                values[at++] = column[row];
            }
        }
        return new LinearColumns.Sparse(rows, values);
    }
}
