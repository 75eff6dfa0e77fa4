package tatara.data.quality.cells;

/**
 * Pairs of neighbouring characters of a column: how many rows with other texts support the least supported pair of a text. The evidence
 * is measured on the column itself: where many rows have unsupported pairs, they mean nothing.
 */
final class LetterPairs {
    private static final int SIZE = 1 << 16;
    private static final int LONGEST = 300;
    private static final double MOST = 2.5;

    private final int[] rows = new int[SIZE];
    private final double[] shareBelow = new double[4];

    LetterPairs(CodedColumn column) {
        for (int code = 0; code < column.distinct(); code++) {
            int[] pairs = pairs(column.values[code]);
            for (int pair : pairs) {
                rows[pair] += column.counts[code];
            }
        }
        long all = 0;
        double[] below = new double[shareBelow.length];
        for (int code = 0; code < column.distinct(); code++) {
            int level = level(column.values[code], column.counts[code]);
            all += column.counts[code];
            for (int i = level; i < below.length; i++) {
                below[i] += column.counts[code];
            }
        }
        for (int i = 0; i < below.length; i++) {
            shareBelow[i] = all == 0 ? 1 : below[i] / all;
        }
    }

    double evidence(String text, int count) {
        int level = level(text, count);
        if (level >= shareBelow.length) {
            return 0;
        }
        return Math.max(0, Math.min(MOST, Math.log(0.4 / (shareBelow[level] + 0.005)) - 1));
    }

    /** 0 if some pair is in no row with another text, 1 if in at most two, 2 in at most five, 3 in at most ten, else 4. */
    private int level(String text, int count) {
        int least = Integer.MAX_VALUE;
        for (int pair : pairs(text)) {
            least = Math.min(least, rows[pair] - count);
        }
        return least <= 0 ? 0 : least <= 2 ? 1 : least <= 5 ? 2 : least <= 10 ? 3 : 4;
    }

    /** Distinct pairs, in order. */
    private static int[] pairs(String text) {
        int length = Math.min(text.length(), LONGEST);
        return java.util.stream.IntStream.rangeClosed(0, length)
                .map(i -> {
                    int first = i == 0 ? 2 : text.charAt(i - 1);
                    int second = i == length ? 3 : text.charAt(i);
                    return (int) (Mix.of(first, second) & (SIZE - 1));
                })
                .distinct()
                .toArray();
    }
}
