package tatara.data.profile;

import java.util.Arrays;

/**
 * A column as it is compared with others.
 *
 * @param name of the column
 * @param codes per row, -1 for missing
 * @param levels distinct values
 * @param numbers per row, scaled to a mean of 0 and a deviation of 1, NaN for missing; empty for texts
 * @param ranks the same of the ranks among the column's values
 */
record PairColumn(String name, int[] codes, int levels, double[] numbers, double[] ranks) {
    /** @param every only every so many rows */
    static PairColumn of(LookedColumn column, int every) {
        int rows = (column.codes().length + every - 1) / every;
        int[] codes = new int[rows];
        for (int row = 0; row < rows; row++) {
            codes[row] = column.codes()[row * every];
        }
        if (!column.isNumeric()) {
            return new PairColumn(column.name(), codes, column.levels(), new double[0], new double[0]);
        }
        double[] numbers = new double[rows];
        for (int row = 0; row < rows; row++) {
            numbers[row] = column.numbers()[row * every];
        }
        return new PairColumn(column.name(), codes, column.levels(), scaled(numbers), scaled(ranks(numbers)));
    }

    boolean isNumeric() {
        return numbers.length > 0;
    }

    private static double[] ranks(double[] numbers) {
        double[] sorted = Arrays.stream(numbers)
                .filter(value -> !Double.isNaN(value))
                .sorted()
                .toArray();
        double[] ranks = new double[numbers.length];
        for (int row = 0; row < ranks.length; row++) {
            ranks[row] = Double.isNaN(numbers[row]) ? Double.NaN : middle(sorted, numbers[row]);
        }
        return ranks;
    }

    /** Mean position of the value among sorted ones that hold it. */
    private static double middle(double[] sorted, double value) {
        return (first(sorted, value, true) + first(sorted, value, false) - 1) / 2.0;
    }

    /** The first position whose value is at least, or more than, the given one. */
    private static int first(double[] sorted, double value, boolean atLeast) {
        int low = 0;
        int high = sorted.length;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (atLeast ? sorted[middle] >= value : sorted[middle] > value) {
                high = middle;
            } else {
                low = middle + 1;
            }
        }
        return low;
    }

    private static double[] scaled(double[] values) {
        double greatest = 0;
        int count = 0;
        for (double value : values) {
            if (!Double.isNaN(value)) {
                greatest = Math.max(greatest, Math.abs(value));
                count++;
            }
        }
        double unit = greatest > 0 ? greatest : 1;
        double mean = 0;
        for (double value : values) {
            mean += Double.isNaN(value) ? 0 : value / unit / count;
        }
        double squares = 0;
        for (double value : values) {
            squares += Double.isNaN(value) ? 0 : (value / unit - mean) * (value / unit - mean) / count;
        }
        double deviation = squares > 0 ? Math.sqrt(squares) : 1;
        double[] scaled = new double[values.length];
        for (int row = 0; row < scaled.length; row++) {
            scaled[row] = (values[row] / unit - mean) / deviation;
        }
        return scaled;
    }
}
