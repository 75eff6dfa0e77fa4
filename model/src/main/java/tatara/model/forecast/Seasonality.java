package tatara.model.forecast;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/** Seasonal periods of a series, found by autocorrelation and tested for significance. */
public final class Seasonality {
    private static final double QUANTILE = 1.645;

    private static final double STRICT_QUANTILE = 2.33;
    private static final double LEAST_STRENGTH = 0.1;
    private static final double LEAST_RETURNING = 0.3;
    private static final double STRONG_SHARE = 0.3;
    private static final double SHARE_OF_SERIES = 0.2;
    private static final int MOST_SERIES = 100;
    private static final int LONGEST = 20_000;
    private static final int LONGEST_UNKNOWN = 1_000;
    private static final int MOST_VALUES = 30_000;
    private static final int MOST_PERIODS = 2;
    private static final int MOST_PEAKS = 24;

    private Seasonality() {}

    /**
     * The seasonal periods of a series, shortest first, at most two. Candidates are the natural cycles of the step length
     * (hour, day, week, year), or, if it suggests none, the peaks of the autocorrelation; at least two cycles must have been seen.
     * A moving average of one cycle is taken off first. A candidate is then accepted if its season explains at least a tenth of
     * what is left and the autocorrelation at it is significant (the test of {@link #isSeasonal}; at 99 % instead of 95 % for a
     * period that the step does not suggest). A natural one, of which few smooth cycles can never be significant, is also accepted
     * if each cycle is foretold by the others to three tenths. Of a period and its divisors the shortest strong one is taken first,
     * and the longer one only if it still shows after that.
     *
     * @param values the series without gaps
     * @param stepSeconds length of a step, 0 if unknown
     */
    public static List<Integer> periods(double[] values, double stepSeconds) {
        double[] rest = Arrays.copyOfRange(values, Math.max(0, values.length - MOST_VALUES), values.length);
        List<Integer> natural = naturalPeriods(stepSeconds);
        List<Integer> candidates = new ArrayList<>(natural.isEmpty() ? peaks(rest) : natural);
        candidates.removeIf(period -> 2 * period > rest.length);
        List<Integer> found = new ArrayList<>();
        while (found.size() < MOST_PERIODS && !candidates.isEmpty()) {
            int period = first(rest, candidates, !natural.isEmpty());
            if (period == 0) {
                break;
            }
            found.add(period);
            candidates.removeIf(candidate -> natural.isEmpty() ? candidate <= period : candidate == period);
            removeSeason(rest, period);
        }
        found.sort(null);
        return found;
    }

    /**
     * The seasonal periods of a set of series: those that at least a fifth of them have, of at most 100 spread over the set.
     *
     * @param series each without gaps
     */
    public static List<Integer> periods(List<double[]> series, double stepSeconds) {
        int count = Math.min(MOST_SERIES, series.size());
        TreeMap<Integer, Integer> votes = new TreeMap<>();
        for (int i = 0; i < count; i++) {
            double[] values = series.get((int) ((long) i * series.size() / count));
            periods(values, stepSeconds).forEach(period -> votes.merge(period, 1, Integer::sum));
        }
        return votes.entrySet().stream()
                .filter(vote -> vote.getValue() >= SHARE_OF_SERIES * count)
                .map(Map.Entry::getKey)
                .toList();
    }

    /** The shortest strong period: any that is natural, else one that divides the strongest; 0 if there is none. */
    private static int first(double[] values, List<Integer> candidates, boolean natural) {
        double[] strengths = new double[candidates.size()];
        int strongest = 0;
        for (int i = 0; i < strengths.length; i++) {
            strengths[i] = strength(values, candidates.get(i), natural);
            strongest = strengths[i] > strengths[strongest] ? i : strongest;
        }
        for (int i = 0; i < strengths.length; i++) {
            boolean divides = candidates.get(strongest) % candidates.get(i) == 0;
            if (strengths[i] > 0 && strengths[i] >= STRONG_SHARE * strengths[strongest] && (natural || divides)) {
                return candidates.get(i);
            }
        }
        return 0;
    }

    /** Share of the variance around the moving average that the season explains, adjusted; 0 if it is not significant. */
    private static double strength(double[] values, int period, boolean natural) {
        double[] around = aroundMovingAverage(values, period);
        int count = around.length;
        if (count < period + 2) {
            return 0;
        }
        double[] season = seasonMeans(around, period);
        double total = 0;
        double left = 0;
        double size = 0;
        for (int i = 0; i < count; i++) {
            total += around[i] * around[i];
            left += (around[i] - season[i % period]) * (around[i] - season[i % period]);
            size = Math.max(size, Math.abs(values[i]));
        }
        if (total <= size * size * count * 1e-20) {
            return 0;
        }
        double strength = 1 - (left / (count - period)) / (total / (count - 1));
        boolean significant =
                strength >= LEAST_STRENGTH && isSignificant(around, period, natural ? QUANTILE : STRICT_QUANTILE);
        boolean returns = natural && returning(around, period) >= LEAST_RETURNING;
        return significant || returns ? strength : 0;
    }

    /** Share of the variance that the other cycles' mean season foretells; negative if it foretells nothing. */
    private static double returning(double[] around, int period) {
        double[] means = seasonMeans(around, period);
        double total = 0;
        double left = 0;
        for (int i = 0; i < around.length; i++) {
            int phase = i % period;
            int cycles = (around.length - phase + period - 1) / period;
            if (cycles > 1) {
                double others = (means[phase] * cycles - around[i]) / (cycles - 1);
                total += around[i] * around[i];
                left += (around[i] - others) * (around[i] - others);
            }
        }
        return total == 0 ? -1 : 1 - left / total;
    }

    private static double[] aroundMovingAverage(double[] values, int period) {
        double[] trend = movingAverage(values, period);
        double[] around = new double[Math.max(0, values.length - 2 * (period / 2))];
        for (int i = 0; i < around.length; i++) {
            around[i] = values[i + period / 2] - trend[i];
        }
        return around;
    }

    /**
     * Centred moving average over one period (2 × m for an even one).
     *
     * @return {@code values.length - 2 · (period / 2)} means, the first for the value at {@code period / 2}
     */
    public static double[] movingAverage(double[] values, int period) {
        int half = period / 2;
        double[] means = new double[Math.max(0, values.length - 2 * half)];
        double edge = period % 2 == 0 ? 0.5 : 1;
        for (int i = 0; i < means.length; i++) {
            double sum = edge * (values[i] + values[i + 2 * half]);
            for (int k = i + 1; k < i + 2 * half; k++) {
                sum += values[k];
            }
            means[i] = sum / period;
        }
        return means;
    }

    private static double[] seasonMeans(double[] around, int period) {
        double[] means = new double[period];
        int[] counts = new int[period];
        for (int i = 0; i < around.length; i++) {
            means[i % period] += around[i];
            counts[i % period]++;
        }
        for (int s = 0; s < period; s++) {
            means[s] /= Math.max(1, counts[s]);
        }
        return means;
    }

    private static void removeSeason(double[] values, int period) {
        double[] season = seasonMeans(aroundMovingAverage(values, period), period);
        for (int i = 0; i < values.length; i++) {
            values[i] -= season[Math.floorMod(i - period / 2, period)];
        }
    }

    /** Lags at which the autocorrelation of the detrended series has its highest local peaks. */
    private static List<Integer> peaks(double[] values) {
        int greatest = Math.min(values.length / 3, LONGEST_UNKNOWN);
        double[] correlations = autocorrelation(detrended(values), greatest);
        List<Integer> peaks = new ArrayList<>();
        for (int lag = 2; lag < greatest; lag++) {
            boolean peak = correlations[lag] > correlations[lag - 1] && correlations[lag] >= correlations[lag + 1];
            if (peak && correlations[lag] > LEAST_STRENGTH) {
                peaks.add(lag);
            }
        }
        peaks.sort(Comparator.comparingDouble(lag -> -correlations[lag]));
        List<Integer> highest = new ArrayList<>(peaks.subList(0, Math.min(peaks.size(), MOST_PEAKS)));
        highest.sort(null);
        return highest;
    }

    private static double[] detrended(double[] values) {
        double middle = (values.length - 1) / 2.0;
        double mean = 0;
        double product = 0;
        double square = 0;
        for (int i = 0; i < values.length; i++) {
            mean += values[i] / values.length;
            product += (i - middle) * values[i];
            square += (i - middle) * (i - middle);
        }
        double[] rest = new double[values.length];
        for (int i = 0; i < rest.length; i++) {
            rest[i] = values[i] - mean - (square == 0 ? 0 : product / square * (i - middle));
        }
        return rest;
    }

    /** Cycles that a step length suggests, in steps, ascending: 24 and 168 for hours, 7 for days, 12 for months … */
    public static List<Integer> naturalPeriods(double stepSeconds) {
        double[] cycles = {3_600, 86_400, 604_800, 31_556_952};
        TreeSet<Integer> periods = new TreeSet<>();
        for (double cycle : cycles) {
            double steps = cycle / stepSeconds;
            long rounded = Math.round(steps);
            if (stepSeconds > 0 && rounded >= 2 && rounded <= LONGEST && Math.abs(steps - rounded) <= 0.03 * steps) {
                periods.add((int) rounded);
            }
        }
        return List.copyOf(periods);
    }

    /**
     * Whether the autocorrelation at the period is significant at 90 % (the test of the M4 competition's benchmarks:
     * r(m) above 1.645 · sqrt((1 + 2 Σ r(i)²) / n)), for at least three cycles.
     */
    public static boolean isSeasonal(double[] values, int period) {
        return period >= 2 && values.length >= 3 * period && isSignificant(values, period, QUANTILE);
    }

    private static boolean isSignificant(double[] values, int period, double quantile) {
        double[] correlations = autocorrelation(values, period);
        double squares = 1;
        for (int lag = 1; lag < period; lag++) {
            squares += 2 * correlations[lag] * correlations[lag];
        }
        return correlations[period] > quantile * Math.sqrt(squares / values.length);
    }

    /** Autocorrelations at lags 0 to {@code greatest}; all 0 but the first for a constant series. */
    public static double[] autocorrelation(double[] values, int greatest) {
        double mean = 0;
        for (double value : values) {
            mean += value / values.length;
        }
        double[] correlations = new double[greatest + 1];
        double variance = 0;
        double size = 0;
        for (double value : values) {
            variance += (value - mean) * (value - mean);
            size = Math.max(size, Math.abs(value));
        }
        correlations[0] = 1;
        if (variance <= size * size * values.length * 1e-20) {
            return correlations;
        }
        for (int lag = 1; lag <= greatest && lag < values.length; lag++) {
            double sum = 0;
            for (int i = lag; i < values.length; i++) {
                sum += (values[i] - mean) * (values[i - lag] - mean);
            }
            correlations[lag] = sum / variance;
        }
        return correlations;
    }
}
