package tatara.data.quality.history;

/**
 * The scale on which a kind of figure varies evenly, and how much chance alone moves it there: logarithms of counts and standard deviations,
 * the arcsine of the root of shares (Anscombe 1948), levels and hours as they are.
 */
final class Scale {
    private static final double MEDIAN_FACTOR = 2.5;
    private static final double SPREAD_FACTOR = 1.5;
    private static final double LEAST_HOURS = 0.25;

    private Scale() {}

    static double to(BatchMetric metric) {
        return to(metric.kind(), metric.value());
    }

    private static double to(BatchMetric.Kind kind, double value) {
        return switch (kind) {
            case COUNT -> Math.log1p(Math.max(0, value));
            case SPREAD -> Math.log(Math.max(1e-300, value));
            case SHARE -> Math.asin(Math.sqrt(Math.min(1, Math.max(0, value))));
            case LEVEL, HOURS -> value;
        };
    }

    static double back(BatchMetric.Kind kind, double scaled) {
        return switch (kind) {
            case COUNT -> Math.max(0, Math.expm1(scaled));
            case SPREAD -> Math.exp(scaled);
            case SHARE -> {
                double sine = Math.sin(Math.min(Math.PI / 2, Math.max(0, scaled)));
                yield sine * sine;
            }
            case LEVEL, HOURS -> scaled;
        };
    }

    /** Variance from the finite number of rows. */
    static double chance(BatchMetric metric) {
        double rows = Math.max(1, metric.rows());
        return switch (metric.kind()) {
            case COUNT -> 1 / (metric.value() + 1);
            case SPREAD -> SPREAD_FACTOR / rows;
            case SHARE -> 1 / (4 * rows);
            case LEVEL ->
                metric.spread() * metric.spread() / rows * (metric.name().startsWith("median:") ? MEDIAN_FACTOR : 1);
            case HOURS -> LEAST_HOURS * LEAST_HOURS;
        };
    }

    /** Whether a difference matters at all, however sure it is. */
    static boolean matters(BatchMetric metric, double expected) {
        double difference = Math.abs(metric.value() - expected);
        return switch (metric.kind()) {
            case COUNT, SPREAD -> difference > 0.1 * Math.abs(expected);
            case SHARE -> difference > 0.01;
            case LEVEL -> difference > 0.1 * metric.spread() && difference > 0;
            case HOURS -> difference > 1;
        };
    }
}
