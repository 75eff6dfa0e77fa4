package tatara.train.forecast;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import tatara.model.forecast.Structural;

/** The methods that every other one has to beat. */
enum NaiveMethod {
    /** The last value. */
    NAIVE,
    /** The last season; the last value if the series is shorter than a season. */
    SEASONAL_NAIVE,
    /** The line through the first and the last value. */
    DRIFT,
    /** The mean of all values. */
    MEAN;

    /** @param period seasonal period, 1 without */
    Method method(int period) {
        return (values, known) -> Optional.of(fit(values, period));
    }

    /** Writes the forecasts after the values. */
    void path(double[] values, int period, double[] out) {
        fit(values, period).path(out);
    }

    /** The name in evaluations, such as {@code seasonal-naive}. */
    String key() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private Structural fit(double[] values, int period) {
        int length = values.length;
        double last = values[length - 1];
        return switch (this) {
            case NAIVE -> Structural.line(last, 0);
            case SEASONAL_NAIVE ->
                Structural.repeating(Arrays.copyOfRange(values, length - (length >= period ? period : 1), length));
            case DRIFT -> Structural.line(last, length < 2 ? 0 : (last - values[0]) / (length - 1));
            case MEAN -> Structural.line(Arrays.stream(values).average().orElse(0), 0);
        };
    }
}
