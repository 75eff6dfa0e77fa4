package tatara.train.learner;

import tatara.core.spec.Task;

/**
 * The affine scale on which learners see a regression target, so that float labels keep their digits and penalties mean the same
 * for every unit: {@code (y' - centre) / scale} with {@code y' = log(1 + y)} where the design says so. Classes stay as they are.
 */
record LabelScale(double centre, double scale, boolean logarithm) {
    private static final double LEAST_LOG = -1 + 1e-9;

    static LabelScale of(TrainingData data) {
        if (data.task() != Task.REGRESSION) {
            return new LabelScale(0, 1, false);
        }
        LabelScale raw = new LabelScale(0, 1, data.logarithm());
        double mean = 0;
        double squares = 0;
        for (int row = 0; row < data.rows(); row++) {
            double value = raw.of(data.labels()[row]);
            double delta = value - mean;
            mean += delta / (row + 1);
            squares += delta * (value - mean);
        }
        double deviation = data.rows() == 0 ? 0 : Math.sqrt(squares / data.rows());
        return new LabelScale(mean, deviation > 0 && Double.isFinite(deviation) ? deviation : 1, data.logarithm());
    }

    double of(double label) {
        return ((logarithm ? Math.log1p(Math.max(label, LEAST_LOG)) : label) - centre) / scale;
    }

    float[] labels(TrainingData data) {
        float[] scaled = new float[data.rows()];
        for (int row = 0; row < scaled.length; row++) {
            scaled[row] = (float) of(data.labels()[row]);
        }
        return scaled;
    }
}
