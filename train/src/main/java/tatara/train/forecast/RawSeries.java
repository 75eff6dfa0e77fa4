package tatara.train.forecast;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Rows of one series as they come. */
final class RawSeries {
    private static final int FIRST_CAPACITY = 16;

    private final String name;
    private final double[][] known;
    private long[] positions = new long[FIRST_CAPACITY];
    private double[] values = new double[FIRST_CAPACITY];
    private int rows;
    private int observations;

    RawSeries(String name, int knownColumns) {
        this.name = name;
        this.known = new double[knownColumns][FIRST_CAPACITY];
    }

    void add(long position, double value, double[] cells) {
        if (rows == values.length) {
            int capacity = rows + (rows >> 1);
            positions = Arrays.copyOf(positions, capacity);
            values = Arrays.copyOf(values, capacity);
            for (int i = 0; i < known.length; i++) {
                known[i] = Arrays.copyOf(known[i], capacity);
            }
        }
        positions[rows] = position;
        values[rows] = value;
        for (int i = 0; i < known.length; i++) {
            known[i][rows] = cells[i];
        }
        observations += Double.isNaN(value) ? 0 : 1;
        rows++;
    }

    String name() {
        return name;
    }

    long rows() {
        return rows;
    }

    int observations() {
        return observations;
    }

    /** Sorts by position, joins rows at the same one (mean of values), and drops missing values at both ends. */
    Sorted sorted() {
        Integer[] order = new Integer[rows];
        Arrays.setAll(order, i -> i);
        boolean inOrder = true;
        for (int i = 1; i < rows && inOrder; i++) {
            inOrder = positions[i] > positions[i - 1];
        }
        if (!inOrder) {
            Arrays.sort(order, (a, b) -> Long.compare(positions[a], positions[b]));
        }
        List<int[]> groups = new ArrayList<>();
        int from = 0;
        while (from < rows) {
            int to = from + 1;
            while (to < rows && positions[order[to]] == positions[order[from]]) {
                to++;
            }
            groups.add(new int[] {from, to});
            from = to;
        }
        return join(order, groups);
    }

    private Sorted join(Integer[] order, List<int[]> groups) {
        int count = groups.size();
        Sorted sorted = new Sorted(new long[count], new double[count], new double[count][known.length], rows - count);
        for (int g = 0; g < count; g++) {
            int[] group = groups.get(g);
            double sum = 0;
            int present = 0;
            for (int i = group[0]; i < group[1]; i++) {
                double value = values[order[i]];
                sum += Double.isNaN(value) ? 0 : value;
                present += Double.isNaN(value) ? 0 : 1;
            }
            sorted.positions()[g] = positions[order[group[0]]];
            sorted.values()[g] = present == 0 ? Double.NaN : sum / present;
            for (int i = 0; i < known.length; i++) {
                sorted.known()[g][i] = known[i][order[group[1] - 1]];
            }
        }
        return sorted.trimmed();
    }

    /**
     * One series in order.
     *
     * @param repeated rows that shared a position with another
     */
    record Sorted(long[] positions, double[] values, double[][] known, int repeated) {
        private Sorted trimmed() {
            int from = 0;
            int to = values.length;
            while (from < to && Double.isNaN(values[from])) {
                from++;
            }
            while (to > from && Double.isNaN(values[to - 1])) {
                to--;
            }
            return new Sorted(
                    Arrays.copyOfRange(positions, from, to),
                    Arrays.copyOfRange(values, from, to),
                    Arrays.copyOfRange(known, from, to),
                    repeated);
        }
    }
}
