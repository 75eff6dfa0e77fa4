package tatara.model.calibrate;

/**
 * Temperature scaling: {@code softmax(log(p) / temperature)} (Guo et al., ICML 2017); for one probability
 * {@code sigmoid(logit(p) / temperature)}.
 *
 * @param temperature above 0; above 1 softens
 */
public record TemperatureCalibrator(double temperature) implements Calibrator {
    public TemperatureCalibrator {
        if (!(temperature > 0) || Double.isInfinite(temperature)) {
            throw new IllegalArgumentException("temperature: " + temperature + " (expected: above 0)");
        }
    }

    @Override
    public void apply(double[] outputs) {
        if (outputs.length == 1) {
            outputs[0] = Probability.clip(Link.sigmoid(Probability.logit(outputs[0]) / temperature));
            return;
        }
        for (int i = 0; i < outputs.length; i++) {
            outputs[i] = Math.log(Math.max(outputs[i], Probability.LEAST)) / temperature;
        }
        Link.SOFTMAX.apply(outputs);
    }
}
