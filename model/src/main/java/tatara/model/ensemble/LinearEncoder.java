package tatara.model.ensemble;

import java.util.List;

/**
 * The dense vector of a linear model: every number is finite and of about unit scale. Columns follow the order of the parts.
 *
 * @param parts one for each feature, or run of terms, that the model sees
 */
public record LinearEncoder(List<Part> parts) implements Encoder {
    public LinearEncoder {
        parts = List.copyOf(parts);
    }

    /** The columns of one feature, or of a run of terms. */
    public sealed interface Part permits Scaled, Levels, Terms {
        /** Index of the (first) shared feature. */
        int feature();

        /** Columns written. */
        int width();

        /** Writes {@link #width()} numbers from position {@code at}. */
        void encode(float[] features, float[] encoded, int at);
    }

    /**
     * A number: {@code clamp((value - centre) / scale, -limit, limit)}.
     *
     * @param imputed what a missing value is taken as
     * @param centre mean or median
     * @param scale standard deviation, quantile range or so; above 0
     * @param limit greatest absolute value of the result
     * @param missingFlag whether a second column is 1 where the value was missing, else 0
     */
    public record Scaled(int feature, double imputed, double centre, double scale, double limit, boolean missingFlag)
            implements Part {
        public Scaled {
            if (!(scale > 0) || !(limit > 0)) {
                throw new IllegalArgumentException("scale: " + scale + ", limit: " + limit + " (expected: above 0)");
            }
        }

        @Override
        public int width() {
            return missingFlag ? 2 : 1;
        }

        @Override
        public void encode(float[] features, float[] encoded, int at) {
            float value = features[feature];
            boolean missing = Float.isNaN(value);
            double scaled = ((missing ? imputed : value) - centre) / scale;
            encoded[at] = (float) Math.max(-limit, Math.min(limit, scaled));
            if (missingFlag) {
                encoded[at + 1] = missing ? 1 : 0;
            }
        }
    }

    /**
     * A category: one 0/1 column for each level, one for "other", and with {@code missingFlag} one for missing; without it a
     * missing value leaves all at 0.
     */
    public record Levels(int feature, int levels, boolean missingFlag) implements Part {
        @Override
        public int width() {
            return levels + (missingFlag ? 2 : 1);
        }

        @Override
        public void encode(float[] features, float[] encoded, int at) {
            float value = features[feature];
            java.util.Arrays.fill(encoded, at, at + width(), 0);
            if (!Float.isNaN(value)) {
                int code = (int) value;
                encoded[at + (code < 0 || code > levels ? levels : code)] = 1;
            } else if (missingFlag) {
                encoded[at + levels + 1] = 1;
            }
        }
    }

    /**
     * Text terms as they are; missing is 0.
     *
     * @param feature first of them
     * @param count neighbouring features
     */
    public record Terms(int feature, int count) implements Part {
        @Override
        public int width() {
            return count;
        }

        @Override
        public void encode(float[] features, float[] encoded, int at) {
            for (int i = 0; i < count; i++) {
                float value = features[feature + i];
                encoded[at + i] = Float.isNaN(value) ? 0 : value;
            }
        }
    }

    @Override
    public int width() {
        int width = 0;
        for (Part part : parts) {
            width += part.width();
        }
        return width;
    }

    @Override
    public void encode(float[] features, float[] encoded) {
        int at = 0;
        for (Part part : parts) {
            part.encode(features, encoded, at);
            at += part.width();
        }
    }

    @Override
    public int source(int column) {
        int at = 0;
        for (Part part : parts) {
            if (column < at + part.width()) {
                return part instanceof Terms terms ? terms.feature() + column - at : part.feature();
            }
            at += part.width();
        }
        throw new IndexOutOfBoundsException("column: " + column + " (expected: below " + at + ")");
    }
}
