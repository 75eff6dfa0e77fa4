package tatara.train.forecast;

import java.util.Optional;
import org.hipparchus.exception.MathIllegalArgumentException;
import org.hipparchus.linear.Array2DRowRealMatrix;
import org.hipparchus.linear.ArrayRealVector;
import org.hipparchus.linear.CholeskyDecomposition;

/** Normal equations of a ridge regression, gathered row by row. The first term is the intercept and is not shrunk. */
final class Ridge {
    private final int width;
    private final double[][] products;
    private final double[] moments;
    private double squares;
    private double rows;

    Ridge(int width) {
        this.width = width;
        this.products = new double[width][width];
        this.moments = new double[width];
    }

    /** @param row terms, the first is 1 */
    void add(double[] row, double value, double weight) {
        for (int i = 0; i < width; i++) {
            double scaled = weight * row[i];
            if (scaled != 0) {
                double[] line = products[i];
                for (int j = 0; j <= i; j++) {
                    line[j] += scaled * row[j];
                }
                moments[i] += scaled * value;
            }
        }
        squares += weight * value * value;
        rows += weight;
    }

    double rows() {
        return rows;
    }

    /**
     * The coefficients.
     *
     * @param penalty of each term, in units of the term's own mean square
     * @return empty if the equations can't be solved
     */
    Optional<double[]> solve(double penalty) {
        double[][] matrix = new double[width][width];
        for (int i = 0; i < width; i++) {
            for (int j = 0; j <= i; j++) {
                matrix[i][j] = products[i][j];
                matrix[j][i] = products[i][j];
            }
            double mean = products[i][0] / Math.max(rows, 1e-12);
            double variance = Math.max(0, products[i][i] - mean * mean * rows) / Math.max(rows, 1e-12);
            matrix[i][i] += i == 0 ? 1e-9 * rows : penalty * Math.max(variance, 1e-6) + 1e-9 * rows;
        }
        try {
            CholeskyDecomposition decomposition =
                    new CholeskyDecomposition(new Array2DRowRealMatrix(matrix, false), 1e-9, 0);
            return Optional.of(decomposition
                    .getSolver()
                    .solve(new ArrayRealVector(moments, false))
                    .toArray());
        } catch (MathIllegalArgumentException singular) {
            return Optional.empty();
        }
    }

    /** Sum of squared residuals of the coefficients over the gathered rows. */
    double residual(double[] coefficients) {
        double sum = squares;
        for (int i = 0; i < width; i++) {
            double line = 0;
            for (int j = 0; j < width; j++) {
                line += coefficients[j] * (j <= i ? products[i][j] : products[j][i]);
            }
            sum += coefficients[i] * (line - 2 * moments[i]);
        }
        return Math.max(0, sum);
    }
}
