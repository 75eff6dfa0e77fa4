package tatara.data.quality.history;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.hipparchus.distribution.continuous.TDistribution;
import org.hipparchus.linear.CholeskyDecomposition;
import org.hipparchus.linear.MatrixUtils;
import org.hipparchus.linear.RealMatrix;
import org.hipparchus.linear.RealVector;

/**
 * What a figure should be, from its past: level, trend, steps, days of the week and hours of the day, fitted by weighted least squares in
 * which far values count less (Huber 1964) and old ones too. Parts that explain little are left out, and all but the level are
 * shrunk. Immutable.
 */
final class Forecast {
    private static final double HALF_LIFE = 40;
    private static final double HUBER = 2;
    private static final int ITERATIONS = 8;
    private static final double WORTH = 0.7;
    private static final int TREND_FROM = 14;
    private static final double SHRINK = 1;

    private final double center;
    private final double variance;
    private final double freedom;

    private Forecast(double center, double variance, double freedom) {
        this.center = center;
        this.variance = variance;
        this.freedom = freedom;
    }

    /**
     * A past value on its scale.
     *
     * @param chance variance from the finite number of rows
     * @param rows that number
     * @param steps how many confirmed changes of level came before
     */
    record Point(Instant at, double value, double chance, long rows, int steps) {
        Point after(int before) {
            return new Point(at, value, chance, rows, before);
        }
    }

    /** The parts of a model. */
    private record Parts(boolean trend, boolean week, boolean day) {}

    private record Fit(double center, double uncertainty, double scale, double freedom) {}

    /** @param chance variance of the next value from its finite number of rows */
    static Forecast of(List<Point> past, Instant next, double chance) {
        int steps = past.get(past.size() - 1).steps();
        Fit best = fit(past, next, steps, new Parts(false, false, false));
        Duration span =
                Duration.between(past.get(0).at(), past.get(past.size() - 1).at());
        double gapHours = span.toMinutes() / 60.0 / Math.max(1, past.size() - 1);
        boolean week = span.toDays() >= 20 && gapHours <= 60 && past.size() >= 20;
        boolean day = span.toDays() >= 4 && gapHours <= 12 && past.size() >= 20;
        List<Parts> richer = new ArrayList<>();
        if (past.size() >= TREND_FROM) {
            richer.add(new Parts(true, false, false));
        }
        if (week) {
            richer.add(new Parts(false, true, false));
            richer.add(new Parts(true, true, false));
        }
        if (day) {
            richer.add(new Parts(false, false, true));
            richer.add(new Parts(true, week, true));
        }
        for (Parts parts : richer) {
            Fit fit = fit(past, next, steps, parts);
            if (fit.scale() < WORTH * best.scale() && fit.freedom() >= 5) {
                best = fit;
            }
        }
        return new Forecast(best.center(), best.scale() + best.uncertainty() + chance, Math.max(2, best.freedom()));
    }

    private static double[] row(Instant at, int stepsBefore, int steps, Parts parts, Instant origin, double spanDays) {
        List<Double> row = new ArrayList<>();
        row.add(1.0);
        for (int step = 1; step <= steps; step++) {
            row.add(stepsBefore >= step ? 1.0 : 0.0);
        }
        double days = Duration.between(origin, at).toMinutes() / 1440.0;
        if (parts.trend()) {
            row.add(days / Math.max(1e-9, spanDays) - 0.5);
        }
        if (parts.week()) {
            int today = at.atOffset(ZoneOffset.UTC).getDayOfWeek().getValue();
            for (int other = 1; other <= 6; other++) {
                row.add(today == other ? 1.0 : today == 7 ? -1.0 : 0.0);
            }
        }
        if (parts.day()) {
            double angle = 2 * Math.PI * (days - Math.floor(days));
            for (int wave = 1; wave <= 2; wave++) {
                row.add(Math.sin(wave * angle));
                row.add(Math.cos(wave * angle));
            }
        }
        return row.stream().mapToDouble(Double::doubleValue).toArray();
    }

    private static Fit fit(List<Point> past, Instant next, int steps, Parts parts) {
        int n = past.size();
        Instant origin = past.get(0).at();
        double spanDays = Duration.between(origin, past.get(n - 1).at()).toMinutes() / 1440.0;
        double[][] rows = new double[n][];
        double[] values = new double[n];
        for (int i = 0; i < n; i++) {
            rows[i] = row(past.get(i).at(), past.get(i).steps(), steps, parts, origin, spanDays);
            values[i] = past.get(i).value();
        }
        double[] ahead = row(next, steps, steps, parts, origin, spanDays);
        double meanChance = past.stream().mapToDouble(Point::chance).average().orElse(0);
        double floor = 1e-12 * (1 + Arrays.stream(values).map(v -> v * v).max().orElse(0));
        double scale = Math.max(floor, variance(values));
        double center = values[n - 1];
        double uncertainty = scale;
        double freedom = 1;
        double[] huber = new double[n];
        Arrays.fill(huber, 1);
        for (int iteration = 0; iteration < ITERATIONS; iteration++) {
            double[] weights = new double[n];
            for (int i = 0; i < n; i++) {
                weights[i] = Math.pow(0.5, (n - 1 - i) / HALF_LIFE)
                        * huber[i]
                        / (scale + past.get(i).chance());
            }
            RealMatrix inverse = inverse(rows, weights, 1 + steps, scale + meanChance);
            RealVector right = MatrixUtils.createRealVector(new double[ahead.length]);
            for (int i = 0; i < n; i++) {
                right = right.add(MatrixUtils.createRealVector(rows[i]).mapMultiply(weights[i] * values[i]));
            }
            RealVector beta = inverse.operate(right);
            RealVector nextRow = MatrixUtils.createRealVector(ahead);
            center = nextRow.dotProduct(beta);
            uncertainty = nextRow.dotProduct(inverse.operate(nextRow));
            double sum = 0;
            double weight = 0;
            double squares = 0;
            for (int i = 0; i < n; i++) {
                double residual =
                        values[i] - MatrixUtils.createRealVector(rows[i]).dotProduct(beta);
                double usual = Math.sqrt(scale + past.get(i).chance());
                double far = Math.abs(residual) / usual;
                huber[i] = far <= HUBER ? 1 : HUBER / far;
                double recent = Math.pow(0.5, (n - 1 - i) / HALF_LIFE);
                double held = Math.min(far, HUBER * 1.5) * usual;
                sum += recent * (held * held - past.get(i).chance());
                weight += recent;
                squares += recent * recent;
            }
            double effective = weight * weight / squares;
            freedom = effective - ahead.length;
            double unbiased = effective / Math.max(1, freedom);
            scale = Math.max(floor, Math.max(0, sum / weight + meanChance) * unbiased - meanChance);
        }
        return new Fit(center, uncertainty, scale, freedom);
    }

    private static double variance(double[] values) {
        double mean = Arrays.stream(values).average().orElse(0);
        return Arrays.stream(values)
                .map(value -> (value - mean) * (value - mean))
                .average()
                .orElse(0);
    }

    private static RealMatrix inverse(double[][] rows, double[] weights, int free, double scale) {
        int width = rows[0].length;
        double[][] normal = new double[width][width];
        for (int i = 0; i < rows.length; i++) {
            for (int a = 0; a < width; a++) {
                for (int b = 0; b < width; b++) {
                    normal[a][b] += weights[i] * rows[i][a] * rows[i][b];
                }
            }
        }
        for (int a = 0; a < width; a++) {
            normal[a][a] += (a < free ? 1e-6 : SHRINK) / scale;
        }
        return new CholeskyDecomposition(MatrixUtils.createRealMatrix(normal), 1e-9, -1)
                .getSolver()
                .getInverse();
    }

    double center() {
        return center;
    }

    /** Probability of a value at least as far from the center, if nothing had changed (Student's t). */
    double chance(double value) {
        double far = Math.abs(value - center) / Math.sqrt(variance);
        return 2 * new TDistribution(freedom).cumulativeProbability(-far);
    }

    /** How far from the center a value is with the given probability. */
    double reach(double chance) {
        return -new TDistribution(freedom).inverseCumulativeProbability(Math.max(1e-15, chance / 2))
                * Math.sqrt(variance);
    }
}
