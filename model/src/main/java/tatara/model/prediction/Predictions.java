package tatara.model.prediction;

import java.util.List;

/**
 * Predictions of one batch.
 *
 * @param rows number of rows
 * @param labels for classification: predicted class per row; otherwise empty
 * @param values for regression, forecast and anomaly (score in [0, 1]): number per row; otherwise empty
 * @param classes for classification: labels of the probability columns
 * @param probabilities for classification: [row][class]; otherwise empty
 * @param lower for forecasts: lower end of the 90 % interval; otherwise empty
 * @param upper for forecasts: upper end of the 90 % interval; otherwise empty
 */
public record Predictions(
        int rows,
        List<String> labels,
        double[] values,
        List<String> classes,
        double[][] probabilities,
        double[] lower,
        double[] upper) {}
