package tatara.specialists;

/** Quantiles of the distributions that limits are calibrated by. */
public final class Quantiles {
    private static final double[] A = {
        -3.969683028665376e+01,
        2.209460984245205e+02,
        -2.759285104469687e+02,
        1.383577518672690e+02,
        -3.066479806614716e+01,
        2.506628277459239e+00
    };
    private static final double[] B = {
        -5.447609879822406e+01,
        1.615858368580409e+02,
        -1.556989798598866e+02,
        6.680131188771972e+01,
        -1.328068155288572e+01
    };
    private static final double[] C = {
        -7.784894002430293e-03,
        -3.223964580411365e-01,
        -2.400758277161838e+00,
        -2.549732539343734e+00,
        4.374664141464968e+00,
        2.938163982698783e+00
    };
    private static final double[] D = {
        7.784695709041462e-03, 3.224671290700398e-01, 2.445134137142996e+00, 3.754408661907416e+00
    };

    private Quantiles() {}

    /**
     * Standard normal quantile, by Acklam's rational approximation (relative error below 1.2e-9).
     *
     * @param probability in (0, 1)
     */
    public static double normal(double probability) {
        if (!(probability > 0 && probability < 1)) {
            throw new IllegalArgumentException("probability: " + probability + " (expected: between 0 and 1)");
        }
        double tail = Math.min(probability, 1 - probability);
        if (tail < 0.02425) {
            double q = Math.sqrt(-2 * Math.log(tail));
            double value = polynomial(C, q) / (polynomial(D, q) * q + 1);
            return probability < 0.5 ? value : -value;
        }
        double q = probability - 0.5;
        double r = q * q;
        return polynomial(A, r) * q / (polynomial(B, r) * r + 1);
    }

    /**
     * Chi-square quantile: exact for one and for even degrees of freedom (their upper tail is a sum of Poisson probabilities), the
     * mean of the neighbours for odd ones, within 1 % for upper tails.
     *
     * @param degrees degrees of freedom, at least 1
     */
    public static double chiSquare(double probability, int degrees) {
        if (degrees < 1) {
            throw new IllegalArgumentException("degrees: " + degrees + " (expected: >= 1)");
        }
        if (degrees == 1) {
            double z = normal((1 + probability) / 2);
            return z * z;
        }
        if (degrees % 2 == 1) {
            return (chiSquare(probability, degrees - 1) + chiSquare(probability, degrees + 1)) / 2;
        }
        double low = 0;
        double high = degrees + 1.0;
        while (upperTail(high, degrees) > 1 - probability) {
            high *= 2;
        }
        for (int i = 0; i < 100; i++) {
            double middle = (low + high) / 2;
            if (upperTail(middle, degrees) > 1 - probability) {
                low = middle;
            } else {
                high = middle;
            }
        }
        return high;
    }

    /** P(X > x) for even degrees of freedom. */
    private static double upperTail(double x, int degrees) {
        double term = Math.exp(-x / 2);
        double sum = term;
        for (int i = 1; i < degrees / 2; i++) {
            term *= x / 2 / i;
            sum += term;
        }
        return sum;
    }

    /**
     * Quantile of the two-sample Kolmogorov-Smirnov statistic without drift, for large samples: sqrt(-ln(alpha/2)/2 · (n+m)/(nm)).
     */
    public static double kolmogorovSmirnov(double alpha, double n, double m) {
        return Math.sqrt(-Math.log(alpha / 2) / 2 * (n + m) / (n * m));
    }

    /**
     * Quantile of the population stability index without drift: PSI is close to (1/n + 1/m) · chi-square with bins - 1 degrees of
     * freedom (Yurdakul, Statistical Properties of Population Stability Index, 2018).
     */
    public static double populationStability(double alpha, int bins, double n, double m) {
        return (1 / n + 1 / m) * chiSquare(1 - alpha, Math.max(1, bins - 1));
    }

    /** Horner's scheme, the highest power first. */
    private static double polynomial(double[] coefficients, double x) {
        double value = 0;
        for (double coefficient : coefficients) {
            value = value * x + coefficient;
        }
        return value;
    }
}
