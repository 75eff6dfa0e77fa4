package tatara.train.forecast;

import tatara.model.forecast.Seasonality;

/**
 * Classical decomposition (moving average over a season, mean of each season around it), one period after the other, shortest
 * first.
 *
 * @param seasons [period][index modulo period], additive with sum 0 or multiplicative with mean 1
 * @param adjusted the values without the seasons
 */
record Decomposition(double[][] seasons, double[] adjusted) {
    static Decomposition additive(double[] values, int[] periods) {
        double[][] seasons = new double[periods.length][];
        double[] rest = values.clone();
        for (int p = 0; p < periods.length; p++) {
            seasons[p] = season(rest, periods[p], false);
            for (int i = 0; i < rest.length; i++) {
                rest[i] -= seasons[p][i % periods[p]];
            }
        }
        return new Decomposition(seasons, rest);
    }

    /** @param values above 0 */
    static Decomposition multiplicative(double[] values, int[] periods) {
        double[][] seasons = new double[periods.length][];
        double[] rest = values.clone();
        for (int p = 0; p < periods.length; p++) {
            seasons[p] = season(rest, periods[p], true);
            for (int i = 0; i < rest.length; i++) {
                rest[i] /= seasons[p][i % periods[p]];
            }
        }
        return new Decomposition(seasons, rest);
    }

    private static double[] season(double[] values, int period, boolean multiplicative) {
        double[] trend = Seasonality.movingAverage(values, period);
        double[] season = new double[period];
        int[] counts = new int[period];
        for (int i = 0; i < trend.length; i++) {
            int at = i + period / 2;
            double part = multiplicative ? values[at] / trend[i] : values[at] - trend[i];
            season[at % period] += part;
            counts[at % period]++;
        }
        double mean = 0;
        for (int s = 0; s < period; s++) {
            season[s] = counts[s] == 0 ? (multiplicative ? 1 : 0) : season[s] / counts[s];
            mean += season[s] / period;
        }
        for (int s = 0; s < period; s++) {
            season[s] = multiplicative ? Math.max(season[s] / mean, 1e-3) : season[s] - mean;
        }
        return season;
    }

    /** The season's values from the step after {@code length} observations on. */
    static double[] rotated(double[] season, int length) {
        double[] rotated = new double[season.length];
        for (int i = 0; i < rotated.length; i++) {
            rotated[i] = season[(length + i) % season.length];
        }
        return rotated;
    }
}
