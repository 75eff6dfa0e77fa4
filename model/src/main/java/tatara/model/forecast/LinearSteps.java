package tatara.model.forecast;

/**
 * One linear model for each step ahead (pooled autoregression; Montero-Manso and Hyndman 2021). Missing features count as
 * their mean.
 *
 * @param means of the features
 * @param coefficients [step ahead - 1][feature, then the intercept]
 * @param limit greatest departure in either direction
 */
public record LinearSteps(float[] means, float[][] coefficients, double limit) implements StepModel {
    @Override
    public double departure(float[] features, int ahead) {
        float[] step = coefficients[ahead - 1];
        double sum = step[means.length];
        for (int i = 0; i < means.length; i++) {
            float value = features[i];
            sum += Float.isNaN(value) ? 0 : step[i] * (value - means[i]);
        }
        return Math.max(-limit, Math.min(limit, sum));
    }
}
