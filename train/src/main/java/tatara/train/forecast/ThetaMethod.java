package tatara.train.forecast;

import java.util.Arrays;
import java.util.Optional;
import tatara.model.forecast.Component;
import tatara.model.forecast.Seasonality;
import tatara.model.forecast.Structural;

/**
 * Theta with lines 0 and 2 in equal parts (Assimakopoulos and Nikolopoulos 2000), as the M4 competition's benchmark: tested for
 * season, classically deseasonalised (multiplicatively if no value is 0 or less), the trend line's forecast and simple
 * exponential smoothing of the second line averaged.
 */
final class ThetaMethod implements Method {
    private static final int EVALUATIONS = 40;

    private final int[] periods;

    ThetaMethod(int[] periods) {
        this.periods = periods.clone();
    }

    @Override
    public Optional<Component> fit(double[] values, double[][] known) {
        int length = values.length;
        if (length < 3) {
            return Optional.empty();
        }
        int[] seasonal = Arrays.stream(Periods.seenTwice(periods, length))
                .filter(period -> Seasonality.isSeasonal(values, period))
                .toArray();
        double least = Arrays.stream(values).min().orElse(0);
        boolean multiplicative = least > 0;
        Decomposition parts = multiplicative
                ? Decomposition.multiplicative(values, seasonal)
                : Decomposition.additive(values, seasonal);
        double[] line = line(parts.adjusted());
        double[] second = new double[length];
        for (int i = 0; i < length; i++) {
            second[i] = 2 * parts.adjusted()[i] - (line[0] + line[1] * i);
        }
        double[] alpha = Simplex.minimise(point -> smooth(second, point[0])[1], new double[] {0.5}, EVALUATIONS);
        double smoothed = smooth(second, alpha[0])[0];
        double level = (line[0] + line[1] * (length - 1) + smoothed) / 2;
        double[][] seasons = Arrays.stream(parts.seasons())
                .map(season -> Decomposition.rotated(season, length))
                .toArray(double[][]::new);
        Structural.Form form = multiplicative ? Structural.Form.MULTIPLICATIVE : Structural.Form.ADDITIVE;
        return Optional.of(new Structural(form, level, line[1] / 2, 1, seasons, 0, 0));
    }

    /** Last level and sum of squared errors of simple exponential smoothing. */
    private static double[] smooth(double[] values, double alpha) {
        double level = values[0];
        double sum = 0;
        for (int i = 1; i < values.length; i++) {
            double error = values[i] - level;
            sum += error * error;
            level += alpha * error;
        }
        return new double[] {level, sum};
    }

    private static double[] line(double[] values) {
        double middle = (values.length - 1) / 2.0;
        double mean = Arrays.stream(values).average().orElse(0);
        double product = 0;
        double square = 0;
        for (int i = 0; i < values.length; i++) {
            product += (i - middle) * (values[i] - mean);
            square += (i - middle) * (i - middle);
        }
        double slope = square == 0 ? 0 : product / square;
        return new double[] {mean - slope * middle, slope};
    }
}
