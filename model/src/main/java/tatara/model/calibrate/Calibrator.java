package tatara.model.calibrate;

/** Maps an ensemble's outputs to calibrated ones, in place. Immutable, thread-safe. */
public sealed interface Calibrator permits NoCalibrator, SigmoidCalibrator, IsotonicCalibrator, TemperatureCalibrator {
    /** Keeps length and, for classes, the sum of 1 (binary holds only the probability of class 1). */
    void apply(double[] outputs);
}
