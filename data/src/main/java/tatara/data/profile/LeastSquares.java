package tatara.data.profile;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Orthogonal matching pursuit: the column that explains most of what is left, again and again; then least squares on those. */
final class LeastSquares {
    private static final double SPENT = 1e-9;

    private LeastSquares() {}

    /**
     * @param chosen indexes of columns, in the order they were chosen
     * @param coefficients of those
     * @param intercept constant term
     * @param explained R²
     */
    record Fit(int[] chosen, double[] coefficients, double intercept, double explained) {}

    /**
     * @param columns values per column; none missing
     * @param target values
     * @param most columns to choose
     */
    static Fit pursue(double[][] columns, double[] target, int most) {
        double[][] left = new double[columns.length][];
        double[] norms = new double[columns.length];
        for (int j = 0; j < columns.length; j++) {
            left[j] = centred(columns[j]);
            norms[j] = dot(left[j], left[j]);
        }
        double[] residual = centred(target);
        double whole = dot(residual, residual);
        List<Integer> chosen = new ArrayList<>();
        while (chosen.size() < most && dot(residual, residual) > SPENT * SPENT * whole) {
            int best = best(left, norms, residual, chosen);
            if (best < 0) {
                break;
            }
            chosen.add(best);
            double[] direction = left[best].clone();
            double size = dot(direction, direction);
            remove(residual, direction, size);
            for (int j = 0; j < left.length; j++) {
                if (!chosen.contains(j)) {
                    remove(left[j], direction, size);
                }
            }
        }
        return fit(columns, target, chosen.stream().mapToInt(Integer::intValue).toArray());
    }

    private static int best(double[][] left, double[] norms, double[] residual, List<Integer> chosen) {
        int best = -1;
        double most = 0;
        for (int j = 0; j < left.length; j++) {
            double size = dot(left[j], left[j]);
            if (!chosen.contains(j) && size > SPENT * norms[j] && size > 0) {
                double share = dot(left[j], residual);
                double gain = share * share / size;
                if (gain > most * (1 + SPENT)) {
                    most = gain;
                    best = j;
                }
            }
        }
        return best;
    }

    private static void remove(double[] from, double[] direction, double size) {
        double share = dot(from, direction) / size;
        for (int i = 0; i < from.length; i++) {
            from[i] -= share * direction[i];
        }
    }

    /** Ordinary least squares on chosen columns, by Gauss elimination on standardised normal equations. */
    static Fit fit(double[][] columns, double[] target, int[] chosen) {
        int size = chosen.length;
        double[][] centred = new double[size][];
        double[] scales = new double[size];
        for (int i = 0; i < size; i++) {
            centred[i] = centred(columns[chosen[i]]);
            double scale = Math.sqrt(dot(centred[i], centred[i]));
            scales[i] = scale > 0 ? scale : 1;
        }
        double[] y = centred(target);
        double[][] system = new double[size][size + 1];
        for (int i = 0; i < size; i++) {
            for (int j = 0; j < size; j++) {
                system[i][j] = dot(centred[i], centred[j]) / scales[i] / scales[j];
            }
            system[i][size] = dot(centred[i], y) / scales[i];
        }
        double[] solution = solve(system);
        double intercept = mean(target);
        double[] coefficients = new double[size];
        double[] residual = y.clone();
        for (int i = 0; i < size; i++) {
            coefficients[i] = solution[i] / scales[i];
            intercept -= coefficients[i] * mean(columns[chosen[i]]);
            for (int row = 0; row < residual.length; row++) {
                residual[row] -= coefficients[i] * centred[i][row];
            }
        }
        double whole = dot(y, y);
        return new Fit(chosen, coefficients, intercept, whole > 0 ? 1 - dot(residual, residual) / whole : 0);
    }

    private static double[] solve(double[][] system) {
        int size = system.length;
        for (int column = 0; column < size; column++) {
            int pivot = column;
            for (int row = column + 1; row < size; row++) {
                pivot = Math.abs(system[row][column]) > Math.abs(system[pivot][column]) ? row : pivot;
            }
            double[] swapped = system[pivot];
            system[pivot] = system[column];
            system[column] = swapped;
            if (Math.abs(system[column][column]) > SPENT) {
                for (int row = 0; row < size; row++) {
                    double factor = row == column ? 0 : system[row][column] / system[column][column];
                    for (int k = column; k <= size && factor != 0; k++) {
                        system[row][k] -= factor * system[column][k];
                    }
                }
            }
        }
        double[] solution = new double[size];
        for (int i = 0; i < size; i++) {
            solution[i] = Math.abs(system[i][i]) > SPENT ? system[i][size] / system[i][i] : 0;
        }
        return solution;
    }

    private static double[] centred(double[] values) {
        double mean = mean(values);
        return Arrays.stream(values).map(value -> value - mean).toArray();
    }

    private static double mean(double[] values) {
        double sum = 0;
        for (double value : values) {
            sum += value;
        }
        return values.length == 0 ? 0 : sum / values.length;
    }

    static double dot(double[] a, double[] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += a[i] * b[i];
        }
        return sum;
    }
}
