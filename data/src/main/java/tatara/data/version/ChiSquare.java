package tatara.data.version;

/** The chi-square distribution (regularized incomplete gamma function, series and continued fraction: DLMF 8.7.1, 8.9.2). */
final class ChiSquare {
    private static final double[] LANCZOS = {
        76.18009172947146,
        -86.50532032941677,
        24.01409824083091,
        -1.231739572450155,
        0.1208650973866179e-2,
        -0.5395239384953e-5
    };

    private ChiSquare() {}

    /** Probability of a value above {@code statistic}; 1 without degrees of freedom. */
    static double above(double statistic, int degrees) {
        if (degrees < 1 || !(statistic > 0)) {
            return 1;
        }
        double a = degrees / 2.0;
        double x = statistic / 2;
        double scale = Math.exp(-x + a * Math.log(x) - logGamma(a));
        return x < a + 1 ? Math.max(0, 1 - scale * series(a, x)) : Math.min(1, scale * fraction(a, x));
    }

    private static double series(double a, double x) {
        double term = 1 / a;
        double sum = term;
        for (int n = 1; n < 10_000 && Math.abs(term) > 1e-16 * sum; n++) {
            term *= x / (a + n);
            sum += term;
        }
        return sum;
    }

    /** Lentz's method. */
    private static double fraction(double a, double x) {
        double b = x + 1 - a;
        double c = 1e300;
        double d = 1 / b;
        double value = d;
        for (int n = 1; n < 10_000; n++) {
            double factor = -n * (n - a);
            b += 2;
            d = 1 / nonZero(factor * d + b);
            c = nonZero(b + factor / c);
            double step = d * c;
            value *= step;
            if (Math.abs(step - 1) < 1e-15) {
                break;
            }
        }
        return value;
    }

    private static double nonZero(double value) {
        return Math.abs(value) < 1e-300 ? 1e-300 : value;
    }

    private static double logGamma(double x) {
        double base = x + 5.5;
        double sum = 1.000000000190015;
        for (int i = 0; i < LANCZOS.length; i++) {
            sum += LANCZOS[i] / (x + 1 + i);
        }
        return (x + 0.5) * Math.log(base) - base + Math.log(2.5066282746310005 * sum / x);
    }
}
