package tatara.train.learner;

/**
 * Limited-memory BFGS with a backtracking line search on Armijo's condition and curvature-checked updates (Liu and Nocedal,
 * Mathematical Programming 1989). For smooth convex losses.
 */
final class Lbfgs {
    private static final int MEMORY = 8;
    private static final double ARMIJO = 1e-4;
    private static final int BACKTRACKS = 30;

    private Lbfgs() {}

    /**
     * Minimises from the given parameters, in place.
     *
     * @param tolerance ends when the loss falls by less than this share in two iterations running
     * @return iterations done
     */
    static int minimise(LinearLoss loss, double[] parameters, int iterations, double tolerance) {
        int size = parameters.length;
        double[] gradient = new double[size];
        double[] nextGradient = new double[size];
        double[] next = new double[size];
        double[] direction = new double[size];
        double[][] steps = new double[MEMORY][];
        double[][] changes = new double[MEMORY][];
        double[] curvatures = new double[MEMORY];
        int stored = 0;
        int slow = 0;
        double value = loss.at(parameters, gradient);
        for (int iteration = 1; iteration <= iterations; iteration++) {
            direct(gradient, steps, changes, curvatures, stored, direction);
            double slope = dot(gradient, direction);
            if (!(slope < 0)) {
                return iteration;
            }
            double first = stored == 0 ? Math.min(1, 1 / Math.sqrt(dot(gradient, gradient))) : 1;
            double nextValue = search(loss, parameters, direction, value, slope, first, next, nextGradient);
            if (!(nextValue <= value)) {
                return iteration;
            }
            stored = remember(parameters, next, gradient, nextGradient, steps, changes, curvatures, stored);
            slow = value - nextValue <= tolerance * Math.max(Math.abs(value), 1e-12) ? slow + 1 : 0;
            System.arraycopy(next, 0, parameters, 0, size);
            System.arraycopy(nextGradient, 0, gradient, 0, size);
            value = nextValue;
            if (slow >= 2) {
                return iteration;
            }
        }
        return iterations;
    }

    /** Halves the step until the loss falls enough; writes the point and its gradient, gives its loss. */
    private static double search(
            LinearLoss loss,
            double[] from,
            double[] direction,
            double value,
            double slope,
            double firstStep,
            double[] to,
            double[] gradient) {
        double step = firstStep;
        double found = Double.NaN;
        for (int tries = 0; tries < BACKTRACKS; tries++) {
            for (int i = 0; i < to.length; i++) {
                to[i] = from[i] + step * direction[i];
            }
            found = loss.at(to, gradient);
            if (found <= value + ARMIJO * step * slope) {
                break;
            }
            step /= 2;
        }
        return found;
    }

    private static int remember(
            double[] from,
            double[] to,
            double[] gradientFrom,
            double[] gradientTo,
            double[][] steps,
            double[][] changes,
            double[] curvatures,
            int stored) {
        double[] step = new double[from.length];
        double[] change = new double[from.length];
        for (int i = 0; i < from.length; i++) {
            step[i] = to[i] - from[i];
            change[i] = gradientTo[i] - gradientFrom[i];
        }
        double curvature = dot(step, change);
        if (!(curvature > 1e-12 * dot(change, change))) {
            return stored;
        }
        int slot = stored % MEMORY;
        steps[slot] = step;
        changes[slot] = change;
        curvatures[slot] = curvature;
        return stored + 1;
    }

    private static void direct(
            double[] gradient,
            double[][] steps,
            double[][] changes,
            double[] curvatures,
            int stored,
            double[] direction) {
        for (int i = 0; i < gradient.length; i++) {
            direction[i] = -gradient[i];
        }
        int kept = Math.min(stored, MEMORY);
        double[] factors = new double[MEMORY];
        for (int back = 1; back <= kept; back++) {
            int slot = (stored - back) % MEMORY;
            factors[slot] = dot(steps[slot], direction) / curvatures[slot];
            add(direction, -factors[slot], changes[slot]);
        }
        if (kept > 0) {
            int last = (stored - 1) % MEMORY;
            double scale = curvatures[last] / dot(changes[last], changes[last]);
            for (int i = 0; i < direction.length; i++) {
                direction[i] *= scale;
            }
        }
        for (int back = kept; back >= 1; back--) {
            int slot = (stored - back) % MEMORY;
            double factor = dot(changes[slot], direction) / curvatures[slot];
            add(direction, factors[slot] - factor, steps[slot]);
        }
    }

    private static void add(double[] to, double factor, double[] values) {
        for (int i = 0; i < to.length; i++) {
            to[i] += factor * values[i];
        }
    }

    private static double dot(double[] a, double[] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += a[i] * b[i];
        }
        return sum;
    }
}
