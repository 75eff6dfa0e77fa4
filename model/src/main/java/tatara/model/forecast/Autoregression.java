package tatara.model.forecast;

/**
 * A linear regression of a series on trend, Fourier terms of its periods, its own lags and inputs known in advance; forecast
 * step by step on its own forecasts (dynamic harmonic regression, Hyndman and Athanasopoulos 2021, ch. 10).
 *
 * @param terms which terms there are
 * @param logarithm whether it works on logarithms
 * @param centre subtracted from the (logarithmic) values
 * @param scale divides them, greater than 0
 * @param length observations it was fitted on; the next one has this index
 * @param coefficients in the order of {@link Terms#row}
 * @param low least standardised value that a forecast may take
 * @param high greatest standardised value that a forecast may take
 */
public record Autoregression(
        Terms terms,
        boolean logarithm,
        double centre,
        double scale,
        int length,
        double[] coefficients,
        double low,
        double high)
        implements Component {

    /**
     * The regression's terms.
     *
     * @param trend whether there is a linear trend
     * @param periods seasonal periods
     * @param harmonics pairs of Fourier terms of each period
     * @param lags own lags, ascending
     * @param known number of inputs known in advance
     */
    public record Terms(boolean trend, int[] periods, int[] harmonics, int[] lags, int known) {
        /** Number of terms. */
        public int width() {
            int width = (trend ? 2 : 1) + lags.length + known;
            for (int pairs : harmonics) {
                width += 2 * pairs;
            }
            return width;
        }

        /** The greatest lag, 0 without lags. */
        public int reach() {
            return lags.length == 0 ? 0 : lags[lags.length - 1];
        }

        /**
         * Writes the terms of one observation.
         *
         * @param values standardised values
         * @param at index of the observation within {@code values}; lags are read before it
         * @param index of the observation since the series began
         * @param length scale of the trend
         * @param inputs the inputs known in advance
         * @param out receives {@link #width()} numbers
         */
        public void row(double[] values, int at, int index, int length, double[] inputs, double[] out) {
            int term = 0;
            out[term++] = 1;
            if (trend) {
                out[term++] = (double) index / length - 0.5;
            }
            for (int p = 0; p < periods.length; p++) {
                for (int k = 1; k <= harmonics[p]; k++) {
                    double angle = 2 * Math.PI * k * (index % periods[p]) / periods[p];
                    out[term++] = Math.sin(angle);
                    out[term++] = Math.cos(angle);
                }
            }
            for (int lag : lags) {
                out[term++] = values[at - lag];
            }
            System.arraycopy(inputs, 0, out, term, known);
        }
    }

    /** The value on the scale that the regression works on. */
    public double standardised(double value) {
        return ((logarithm ? Math.log(value) : value) - centre) / scale;
    }

    /**
     * Writes the values 1 to {@code out.length} steps ahead.
     *
     * @param tail last observations, at least {@link Terms#reach()}
     * @param known inputs of each step ahead
     */
    public void path(double[] tail, double[][] known, double[] out) {
        int reach = terms.reach();
        double[] values = new double[reach + out.length];
        for (int i = 0; i < reach; i++) {
            values[i] = standardised(tail[tail.length - reach + i]);
        }
        double[] row = new double[terms.width()];
        for (int step = 0; step < out.length; step++) {
            terms.row(values, reach + step, length + step, length, known[step], row);
            double value = 0;
            for (int term = 0; term < row.length; term++) {
                value += coefficients[term] * row[term];
            }
            values[reach + step] = Math.max(low, Math.min(high, value));
            double raw = values[reach + step] * scale + centre;
            out[step] = logarithm ? Math.exp(raw) : raw;
        }
    }
}
