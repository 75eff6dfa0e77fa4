package tatara.train.forecast;

import java.util.Optional;
import tatara.model.forecast.Component;
import tatara.model.forecast.Structural;

/**
 * Exponential smoothing whose form is chosen by the corrected Akaike criterion: plain or logarithmic (multiplicative), with or
 * without season, slope and carried-over error. The search is greedy: one choice after the other.
 */
final class SmoothingMethod implements Method {
    private static final int EVALUATIONS_PER_PARAMETER = 25;
    private static final int LEAST_FOR_CARRY = 50;

    private final int[] periods;

    /** @param periods seasonal periods, ascending */
    SmoothingMethod(int[] periods) {
        this.periods = periods.clone();
    }

    @Override
    public Optional<Component> fit(double[] values, double[][] known) {
        if (values.length < 4) {
            return Optional.empty();
        }
        int[] seasonal = Periods.seenTwice(periods, values.length);
        Choice best = choice(values, new Form(seasonal, false, false, false));
        if (isPositive(values)) {
            best = better(best, choice(values, best.form.withLogarithm()));
        }
        if (seasonal.length > 0 && values.length >= 8) {
            best = better(best, choice(values, best.form.withPeriods(new int[0])));
        }
        if (values.length >= 8) {
            best = better(best, choice(values, best.form.withSlope()));
        }
        if (values.length >= LEAST_FOR_CARRY) {
            best = better(best, choice(values, best.form.withCarry()));
        }
        return Optional.of(best.path);
    }

    private static boolean isPositive(double[] values) {
        double least = Double.POSITIVE_INFINITY;
        double greatest = 0;
        for (double value : values) {
            least = Math.min(least, value);
            greatest = Math.max(greatest, value);
        }
        return least > 1e-3 * greatest;
    }

    private static Choice better(Choice current, Choice other) {
        return other.criterion < current.criterion ? other : current;
    }

    private static Choice choice(double[] values, Form form) {
        Smoothing run = new Smoothing(values, form.periods, form.logarithm, form.sloped, form.carried);
        double[] parameters = Simplex.minimise(run::loss, run.start(), EVALUATIONS_PER_PARAMETER * run.parameters());
        int count = values.length;
        double variance = Math.max(run.loss(parameters) / count, Double.MIN_NORMAL);
        int degrees = run.degrees();
        double room = Math.max(count - degrees - 1, 0.5);
        double correction = 2.0 * degrees * (degrees + 1) / room;
        double criterion = count * Math.log(variance) + 2 * run.logSum() + 2 * degrees + correction;
        return new Choice(form, run.fitted(parameters), criterion);
    }

    private record Choice(Form form, Structural path, double criterion) {}

    private record Form(int[] periods, boolean logarithm, boolean sloped, boolean carried) {
        Form withLogarithm() {
            return new Form(periods, true, sloped, carried);
        }

        Form withPeriods(int[] others) {
            return new Form(others, logarithm, sloped, carried);
        }

        Form withSlope() {
            return new Form(periods, logarithm, true, carried);
        }

        Form withCarry() {
            return new Form(periods, logarithm, sloped, true);
        }
    }
}
