package tatara.data.profile;

import org.hipparchus.distribution.continuous.ChiSquaredDistribution;
import org.hipparchus.distribution.continuous.FDistribution;
import org.hipparchus.special.Erf;

/**
 * How strongly two columns are associated.
 *
 * @param value Spearman's correlation, correlation ratio or Cramér's V; NaN if it cannot be measured
 * @param linear Pearson's correlation of two numbers, NaN otherwise
 * @param chance probability of one as strong where there is none
 * @param rows with a value in both
 */
record PairMeasure(double value, double linear, double chance, long rows) {
    private static final PairMeasure NONE = new PairMeasure(Double.NaN, Double.NaN, 1, 0);

    static PairMeasure of(PairColumn first, PairColumn second) {
        if (first.isNumeric() && second.isNumeric()) {
            return numbers(first, second);
        }
        if (first.isNumeric() || second.isNumeric()) {
            return first.isNumeric() ? ratio(first, second) : ratio(second, first);
        }
        return categories(first, second);
    }

    private static PairMeasure numbers(PairColumn first, PairColumn second) {
        int rows = 0;
        for (int row = 0; row < first.codes().length; row++) {
            rows += first.codes()[row] >= 0 && second.codes()[row] >= 0 ? 1 : 0;
        }
        double linear = correlation(first.numbers(), second.numbers());
        double ranked = correlation(first.ranks(), second.ranks());
        double strongest = Math.max(Math.abs(linear), Math.abs(ranked));
        if (rows < 4 || Double.isNaN(strongest)) {
            return NONE;
        }
        double z = strongest >= 1 ? Double.POSITIVE_INFINITY : atanh(strongest) * Math.sqrt(rows - 3);
        double chance = Double.isInfinite(z) ? 0 : Math.min(1, 2 * Erf.erfc(z / Math.sqrt(2)));
        return new PairMeasure(ranked, linear, chance, rows);
    }

    private static double atanh(double value) {
        return 0.5 * Math.log((1 + value) / (1 - value));
    }

    /** Pearson's correlation over rows where both are present, NaN if one of them does not vary. */
    static double correlation(double[] x, double[] y) {
        double count = 0;
        double sumX = 0;
        double sumY = 0;
        double squaresX = 0;
        double squaresY = 0;
        double products = 0;
        for (int row = 0; row < x.length; row++) {
            double product = x[row] * y[row];
            if (!Double.isNaN(product)) {
                count++;
                sumX += x[row];
                sumY += y[row];
                squaresX += x[row] * x[row];
                squaresY += y[row] * y[row];
                products += product;
            }
        }
        double varianceX = squaresX - sumX * sumX / count;
        double varianceY = squaresY - sumY * sumY / count;
        if (!(varianceX > 1e-12 * squaresX) || !(varianceY > 1e-12 * squaresY)) {
            return Double.NaN;
        }
        double value = (products - sumX * sumY / count) / Math.sqrt(varianceX) / Math.sqrt(varianceY);
        return Math.max(-1, Math.min(1, value));
    }

    private static PairMeasure ratio(PairColumn number, PairColumn category) {
        double[] sums = new double[category.levels()];
        double[] counts = new double[category.levels()];
        double rows = 0;
        double sum = 0;
        double squares = 0;
        for (int row = 0; row < category.codes().length; row++) {
            int code = category.codes()[row];
            double value = number.numbers()[row];
            if (code >= 0 && !Double.isNaN(value)) {
                sums[code] += value;
                counts[code]++;
                rows++;
                sum += value;
                squares += value * value;
            }
        }
        double between = 0;
        int groups = 0;
        for (int code = 0; code < counts.length; code++) {
            if (counts[code] > 0) {
                between += sums[code] * sums[code] / counts[code];
                groups++;
            }
        }
        double total = squares - sum * sum / rows;
        between -= sum * sum / rows;
        if (groups < 2 || rows <= groups + 1 || !(total > 1e-12 * squares)) {
            return NONE;
        }
        double within = Math.max(0, total - between);
        double corrected = 1 - within / total * (rows - 1) / (rows - groups);
        double f = between / (groups - 1) / (within / (rows - groups));
        double chance = within <= 1e-12 * total ? 0 : upper(f, groups - 1, rows - groups);
        return new PairMeasure(Math.sqrt(Math.max(0, corrected)), Double.NaN, chance, (long) rows);
    }

    private static double upper(double f, double between, double within) {
        return Math.max(0, 1 - new FDistribution(between, within).cumulativeProbability(f));
    }

    private static PairMeasure categories(PairColumn first, PairColumn second) {
        int width = second.levels();
        int[] cells = new int[first.levels() * width];
        double[] one = new double[first.levels()];
        double[] other = new double[width];
        double rows = 0;
        for (int row = 0; row < first.codes().length; row++) {
            int a = first.codes()[row];
            int b = second.codes()[row];
            if (a >= 0 && b >= 0) {
                cells[a * width + b]++;
                one[a]++;
                other[b]++;
                rows++;
            }
        }
        int levels = present(one);
        int others = present(other);
        if (levels < 2 || others < 2 || rows < 2) {
            return NONE;
        }
        double sum = 0;
        for (int a = 0; a < one.length; a++) {
            for (int b = 0; b < width; b++) {
                double count = cells[a * width + b];
                sum += count == 0 ? 0 : count * count / (one[a] * other[b]);
            }
        }
        double squared = Math.max(0, sum - 1);
        double freedom = (double) (levels - 1) * (others - 1);
        double corrected = Math.max(0, squared - freedom / (rows - 1));
        double least = Math.min(shrunk(levels, rows), shrunk(others, rows)) - 1;
        double chance = Math.max(0, 1 - new ChiSquaredDistribution(freedom).cumulativeProbability(rows * squared));
        return new PairMeasure(
                least <= 0 ? Double.NaN : Math.min(1, Math.sqrt(corrected / least)), Double.NaN, chance, (long) rows);
    }

    private static double shrunk(double levels, double rows) {
        return levels - (levels - 1) * (levels - 1) / (rows - 1);
    }

    private static int present(double[] counts) {
        int present = 0;
        for (double count : counts) {
            present += count > 0 ? 1 : 0;
        }
        return present;
    }
}
