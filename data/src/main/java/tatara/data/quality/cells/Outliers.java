package tatara.data.quality.cells;

import java.math.BigDecimal;
import java.util.Arrays;

/**
 * Numbers far outside a column of numbers: beyond the quartiles by many interquartile ranges on the better of the plain and the
 * logarithmic scale, and detached from their neighbours (after Tukey's fences).
 */
final class Outliers {
    private static final double MOST = 4.2;
    private static final double FAR = 6;

    private final boolean numeric;
    private final boolean logarithmic;
    private double low;
    private double high;
    private double range;

    Outliers(CodedColumn column) {
        double[] numbers = new double[column.rows()];
        int size = 0;
        int distinct = 0;
        long rows = 0;
        for (int code = 0; code < column.distinct(); code++) {
            String text = column.values[code];
            double number = number(text);
            rows += CellTexts.isMissing(text) ? 0 : column.counts[code];
            if (Double.isFinite(number)) {
                Arrays.fill(numbers, size, size + column.counts[code], number);
                size += column.counts[code];
                distinct++;
            }
        }
        double[] sorted = Arrays.copyOf(numbers, size);
        Arrays.sort(sorted);
        this.numeric = distinct >= 8 && size >= 20 && size >= 0.8 * rows;
        this.logarithmic = numeric && sorted[0] > 0 && sorted[(int) (0.95 * (size - 1))] > 8 * sorted[size / 2];
        if (numeric) {
            low = scale(sorted[size / 4]);
            high = scale(sorted[3 * size / 4]);
            double spread = scale(sorted[(int) (0.95 * (size - 1))]) - scale(sorted[(int) (0.05 * (size - 1))]);
            range = Math.max(Math.max(high - low, spread / 3), 1e-9 * Math.max(1, Math.abs(high)));
        }
    }

    private double scale(double number) {
        return logarithmic ? Math.log(number) : number;
    }

    double evidence(String text, int count) {
        if (!numeric) {
            return 0;
        }
        double number = number(text);
        if (Double.isNaN(number)) {
            return 0;
        }
        if (logarithmic && number <= 0) {
            return 1;
        }
        double outside = Math.max(low - scale(number), scale(number) - high) / range;
        return outside <= FAR
                ? 0
                : Math.max(0, Math.min(MOST, 1.5 + Math.log(outside / FAR) * 2) - Math.log(Math.max(1, count)));
    }

    /** The number that a text is, or NaN. */
    static double number(String text) {
        if (text.isEmpty() || text.length() > 40) {
            return Double.NaN;
        }
        char last = text.charAt(text.length() - 1);
        if (!Character.isDigit(last) && last != '.') {
            return Double.NaN;
        }
        try {
            return new BigDecimal(text.strip()).doubleValue();
        } catch (NumberFormatException e) {
            return Double.NaN;
        }
    }
}
