package tatara.model.explain;

import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/**
 * Gauss-Legendre quadrature on (0, 1): exact for polynomials of degree {@code 2 n - 1}. Immutable, thread-safe.
 *
 * @param points where the function is evaluated, ascending
 * @param weights of the values, sum 1
 */
record Quadrature(double[] points, double[] weights) {
    private static final ConcurrentMap<Integer, Quadrature> KNOWN = new ConcurrentHashMap<>();

    /** The rule with {@code count} points, at least 1. */
    static Quadrature of(int count) {
        return KNOWN.computeIfAbsent(count, Quadrature::computed);
    }

    /** Roots of the Legendre polynomial by Newton's method. */
    private static Quadrature computed(int count) {
        double[] points = new double[count];
        double[] weights = new double[count];
        for (int i = 0; i < count; i++) {
            double root = Math.cos(Math.PI * (i + 0.75) / (count + 0.5));
            double slope = 1;
            for (int step = 0; step < 30; step++) {
                double before = 1;
                double value = root;
                for (int degree = 2; degree <= count; degree++) {
                    double next = ((2 * degree - 1) * root * value - (degree - 1) * before) / degree;
                    before = value;
                    value = next;
                }
                slope = count * (root * value - before) / (root * root - 1);
                root -= value / slope;
            }
            points[count - 1 - i] = (root + 1) / 2;
            weights[count - 1 - i] = 1 / ((1 - root * root) * slope * slope);
        }
        return new Quadrature(points, weights);
    }
}
