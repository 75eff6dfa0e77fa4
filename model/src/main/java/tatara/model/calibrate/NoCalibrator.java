package tatara.model.calibrate;

/** Leaves outputs as they are. */
public record NoCalibrator() implements Calibrator {
    @Override
    public void apply(double[] outputs) {}
}
