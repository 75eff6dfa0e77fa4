package tatara.data.quality.cells;

/** Rows grouped by the values of one column, or of two together; rows without a value belong to no group. Immutable once built. */
final class Grouping {
    final int first;
    final int second;
    private final boolean[] firstMissing;
    private final boolean[] secondMissing;
    private final LongCounts numbers;
    private int groups;

    private Grouping(int first, int second, boolean[] firstMissing, boolean[] secondMissing) {
        this.first = first;
        this.second = second;
        this.firstMissing = firstMissing;
        this.secondMissing = secondMissing;
        this.numbers = new LongCounts(64);
        this.groups = firstMissing.length;
    }

    static Grouping by(TableSample sample, int column) {
        return new Grouping(column, -1, missing(sample.column(column)), new boolean[0]);
    }

    static Grouping by(TableSample sample, int first, int second) {
        Grouping grouping = new Grouping(first, second, missing(sample.column(first)), missing(sample.column(second)));
        grouping.groups = 0;
        int[] one = sample.column(first).codes;
        int[] other = sample.column(second).codes;
        for (int row = 0; row < one.length; row++) {
            long key = grouping.key(one[row], other[row]);
            if (key >= 0 && grouping.numbers.count(key) == 0) {
                grouping.numbers.set(key, ++grouping.groups);
            }
        }
        return grouping;
    }

    /** The group of a row by the codes of its cells, -1 for none. */
    int group(int[] codes) {
        return second < 0 ? of(codes[first], 0) : of(codes[first], codes[second]);
    }

    /** Groups of the first rows of the sample. */
    int[] groups(TableSample sample, int rows) {
        int[] one = sample.column(first).codes;
        int[] other = second < 0 ? one : sample.column(second).codes;
        int[] result = new int[rows];
        for (int row = 0; row < rows; row++) {
            result[row] = of(one[row], other[row]);
        }
        return result;
    }

    int size() {
        return groups;
    }

    private int of(int one, int other) {
        if (second < 0) {
            return one < 0 || one >= firstMissing.length || firstMissing[one] ? -1 : one;
        }
        long key = key(one, other);
        return key < 0 ? -1 : numbers.count(key) - 1;
    }

    private long key(int one, int other) {
        boolean known = one >= 0 && other >= 0 && one < firstMissing.length && other < secondMissing.length;
        return known && !firstMissing[one] && !secondMissing[other] ? (long) one * secondMissing.length + other : -1;
    }

    static boolean[] missing(CodedColumn column) {
        boolean[] missing = new boolean[column.distinct()];
        for (int code = 0; code < missing.length; code++) {
            missing[code] = CellTexts.isMissing(column.values[code]);
        }
        return missing;
    }
}
