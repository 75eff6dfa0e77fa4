package tatara.train.forecast;

import java.util.function.ToDoubleFunction;
import org.hipparchus.exception.MathIllegalStateException;
import org.hipparchus.optim.InitialGuess;
import org.hipparchus.optim.MaxEval;
import org.hipparchus.optim.SimpleValueChecker;
import org.hipparchus.optim.nonlinear.scalar.GoalType;
import org.hipparchus.optim.nonlinear.scalar.ObjectiveFunction;
import org.hipparchus.optim.nonlinear.scalar.noderiv.NelderMeadSimplex;
import org.hipparchus.optim.nonlinear.scalar.noderiv.SimplexOptimizer;

/** Nelder and Mead's simplex search in a unit cube: parameters outside are moved to its border. */
final class Simplex {
    private static final double SIDE = 0.25;
    private static final double TOLERANCE = 1e-5;

    private Simplex() {}

    /**
     * The best point seen.
     *
     * @param loss of a point in the cube; anything not finite counts as bad
     * @param start point in the cube
     * @param evaluations at most
     */
    static double[] minimise(ToDoubleFunction<double[]> loss, double[] start, int evaluations) {
        if (start.length == 0) {
            return start;
        }
        double[] best = start.clone();
        double[] bestLoss = {Double.POSITIVE_INFINITY};
        ObjectiveFunction objective = new ObjectiveFunction(point -> {
            double[] inside = inside(point);
            double value = loss.applyAsDouble(inside);
            if (value < bestLoss[0]) {
                bestLoss[0] = value;
                System.arraycopy(inside, 0, best, 0, best.length);
            }
            return Double.isFinite(value) ? value + outside(point) * Math.abs(value) : Double.MAX_VALUE;
        });
        double[] steps = new double[start.length];
        for (int i = 0; i < steps.length; i++) {
            steps[i] = start[i] > 0.5 ? -SIDE : SIDE;
        }
        try {
            new SimplexOptimizer(new SimpleValueChecker(TOLERANCE, 1e-12))
                    .optimize(
                            new MaxEval(evaluations),
                            objective,
                            GoalType.MINIMIZE,
                            new InitialGuess(start),
                            new NelderMeadSimplex(steps));
        } catch (MathIllegalStateException atLimit) {
            return best;
        }
        return best;
    }

    private static double[] inside(double[] point) {
        double[] inside = new double[point.length];
        for (int i = 0; i < point.length; i++) {
            inside[i] = Math.max(0, Math.min(1, point[i]));
        }
        return inside;
    }

    private static double outside(double[] point) {
        double distance = 0;
        for (double value : point) {
            distance += Math.max(0, Math.max(-value, value - 1));
        }
        return distance;
    }
}
