package tatara.train.forecast;

import tatara.core.spec.Metric;

/**
 * Forecast accuracy as the M4 competition defined it (Makridakis, Spiliotis and Assimakopoulos 2020): per series, then the mean
 * over series.
 */
public final class Accuracy {
    private Accuracy() {}

    /** Whether forecasts can be judged by the metric. */
    public static boolean judges(Metric metric) {
        return switch (metric) {
            case SMAPE, MASE, MAPE, MAE, RMSE -> true;
            default -> false;
        };
    }

    /**
     * The loss of one forecast; its mean, after {@link #finish}, is the metric.
     *
     * @param scale the series' {@link #scale}, for MASE
     * @return SMAPE: 200 |y - f| / (|y| + |f|), 0 if both are 0; MAPE: 100 |y - f| / |y|, NaN if y is 0; MASE: |y - f| / scale,
     *     NaN if the scale is 0; MAE: |y - f|; RMSE: (y - f)²
     */
    public static double loss(Metric metric, double actual, double forecast, double scale) {
        double error = Math.abs(actual - forecast);
        return switch (metric) {
            case SMAPE -> error == 0 ? 0 : 200 * error / (Math.abs(actual) + Math.abs(forecast));
            case MAPE -> actual == 0 ? Double.NaN : 100 * error / Math.abs(actual);
            case MASE -> scale == 0 ? Double.NaN : error / scale;
            case MAE -> error;
            case RMSE -> error * error;
            default -> throw new IllegalArgumentException("metric: " + metric + " (expected: one of forecasts)");
        };
    }

    /** From the mean loss to the metric: the root for RMSE. */
    public static double finish(Metric metric, double meanLoss) {
        return metric == Metric.RMSE ? Math.sqrt(meanLoss) : meanLoss;
    }

    /** Mean loss over observed steps; NaN if there is none that counts. */
    static double meanLoss(Metric metric, double[] actual, boolean[] observed, double[] forecast, double scale) {
        double sum = 0;
        int count = 0;
        for (int i = 0; i < actual.length; i++) {
            double loss = observed[i] ? loss(metric, actual[i], forecast[i], scale) : Double.NaN;
            if (!Double.isNaN(loss)) {
                sum += loss;
                count++;
            }
        }
        return count == 0 ? Double.NaN : sum / count;
    }

    /**
     * The mean absolute in-sample error of the seasonal naive method, which MASE is measured in.
     *
     * @param values history
     * @param length how much of it counts
     * @param period seasonal period; 1 if the history is not longer than it
     * @return 0 for a history that repeats itself
     */
    public static double scale(double[] values, int length, int period) {
        int lag = length > period ? period : 1;
        double sum = 0;
        for (int i = lag; i < length; i++) {
            sum += Math.abs(values[i] - values[i - lag]);
        }
        return length <= lag ? 0 : sum / (length - lag);
    }
}
