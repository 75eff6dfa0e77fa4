package tatara.data.schema;

/** Probabilities that a difference is by chance. */
final class Chances {
    private Chances() {}

    /**
     * Two-sided Kolmogorov-Smirnov, by the limit distribution with Stephens' correction for small samples.
     *
     * @param distance greatest difference of two cumulative distributions
     */
    static double kolmogorov(double distance, double first, double second) {
        double size = Math.sqrt(first * second / (first + second));
        double lambda = (size + 0.12 + 0.11 / size) * distance;
        if (lambda < 0.3) {
            return 1;
        }
        double sum = 0;
        for (int j = 1; j <= 100; j++) {
            sum += (j % 2 == 1 ? 2 : -2) * Math.exp(-2.0 * j * j * lambda * lambda);
        }
        return Math.min(1, Math.max(0, sum));
    }

    /** That a chi-square variable is at least this, by the cube root of Wilson and Hilferty. */
    static double chiSquare(double value, double degrees) {
        if (degrees < 1) {
            return 1;
        }
        double spread = 2 / (9 * degrees);
        return above((Math.cbrt(value / degrees) - 1 + spread) / Math.sqrt(spread));
    }

    /** That a standard normal variable is above this; relative error below 1.2e-7 (Numerical Recipes' erfc). */
    static double above(double z) {
        double x = Math.abs(z) / Math.sqrt(2);
        double t = 1 / (1 + 0.5 * x);
        double[] c = {
            -1.26551223,
            1.00002368,
            0.37409196,
            0.09678418,
            -0.18628806,
            0.27886807,
            -1.13520398,
            1.48851587,
            -0.82215223,
            0.17087277
        };
        double polynomial = 0;
        for (int i = c.length - 1; i >= 0; i--) {
            polynomial = polynomial * t + c[i];
        }
        double tail = 0.5 * t * Math.exp(-x * x + polynomial);
        return z >= 0 ? tail : 1 - tail;
    }

    /** Two-sided, of two counts in two numbers of rows, with a correction for continuity. */
    static double proportions(double first, double firstRows, double second, double secondRows) {
        double pooled = (first + second) / (firstRows + secondRows);
        double spread = Math.sqrt(pooled * (1 - pooled) * (1 / firstRows + 1 / secondRows));
        if (spread == 0) {
            return 1;
        }
        double correction = 0.5 / firstRows + 0.5 / secondRows;
        double difference = Math.abs(first / firstRows - second / secondRows) - correction;
        return difference <= 0 ? 1 : 2 * above(difference / spread);
    }

    /** Two-sided, of two correlations by Fisher's z, with twice the variance of normal data: ranks and groups are no normal data. */
    static double correlations(double first, double firstRows, double second, double secondRows) {
        double difference = Math.abs(atanh(first) - atanh(second));
        double variance = 2 / Math.max(1, firstRows - 3) + 2 / Math.max(1, secondRows - 3);
        return 2 * above(difference / Math.sqrt(variance));
    }

    private static double atanh(double correlation) {
        double bounded = Math.max(-0.9999, Math.min(0.9999, correlation));
        return 0.5 * Math.log((1 + bounded) / (1 - bounded));
    }
}
