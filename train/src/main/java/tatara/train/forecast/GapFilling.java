package tatara.train.forecast;

/** Fills missing values inside a series. */
final class GapFilling {
    private static final int SHORT = 2;

    private GapFilling() {}

    /**
     * Fills NaN in place: linearly between the neighbours; a gap longer than two steps takes the values of one season before,
     * shifted linearly so that both ends fit.
     *
     * @param values first and last are not NaN
     */
    static void fill(double[] values, int period) {
        int at = 0;
        while (at < values.length) {
            if (!Double.isNaN(values[at])) {
                at++;
                continue;
            }
            int end = at;
            while (Double.isNaN(values[end])) {
                end++;
            }
            boolean seasonal = period > 1 && end - at > SHORT && at - 1 - period >= 0;
            between(values, at - 1, end, seasonal ? period : 0);
            at = end;
        }
    }

    private static void between(double[] values, int left, int right, int season) {
        double leftShift = values[left] - (season > 0 ? values[left - season] : 0);
        double rightShift = values[right] - (season > 0 ? values[right - season] : 0);
        if (season > 0 && Double.isNaN(rightShift)) {
            rightShift = leftShift;
        }
        for (int i = left + 1; i < right; i++) {
            double share = (double) (i - left) / (right - left);
            double base = season > 0 ? values[i - season] : 0;
            values[i] = base + leftShift + share * (rightShift - leftShift);
        }
    }
}
