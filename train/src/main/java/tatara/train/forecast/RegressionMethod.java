package tatara.train.forecast;

import java.util.Arrays;
import java.util.Optional;
import java.util.TreeSet;
import tatara.model.forecast.Autoregression;
import tatara.model.forecast.Component;

/**
 * Ridge regression on trend, Fourier terms, own lags and inputs known in advance. Logarithms are taken of positive values whose
 * season grows with the level. The penalty is chosen on the last part of the series, multi-step.
 */
final class RegressionMethod implements Method {
    private static final double[] PENALTIES = {1, 10, 100};
    private static final double[] NO_INPUTS = {};
    private static final int LEAST_ROWS = 12;
    private static final int MOST_ROWS = 20_000;
    private static final double REACH = 0.5;

    private final int[] periods;
    private final int horizon;
    private final int inputs;

    /** @param inputs number of inputs known in advance */
    RegressionMethod(int[] periods, int horizon, int inputs) {
        this.periods = periods.clone();
        this.horizon = horizon;
        this.inputs = inputs;
    }

    @Override
    public Optional<Component> fit(double[] values, double[][] known) {
        Autoregression.Terms terms = terms(values.length);
        if (values.length - terms.reach() < Math.max(LEAST_ROWS, terms.width() / 2)) {
            return Optional.empty();
        }
        boolean logarithm = Arrays.stream(values).min().orElse(0) > 0 && growsWithLevel(values);
        int test = Math.min(horizon, values.length / 5);
        double penalty = PENALTIES[1];
        double best = Double.POSITIVE_INFINITY;
        int cut = values.length - test;
        if (cut - terms.reach() >= Math.max(LEAST_ROWS, terms.width() / 2)) {
            Equations equations = new Equations(Arrays.copyOf(values, cut), known, terms, logarithm);
            for (double candidate : PENALTIES) {
                double loss = equations
                        .solve(candidate)
                        .map(fitted -> loss(fitted, values, known, cut))
                        .orElse(best);
                if (loss < best) {
                    best = loss;
                    penalty = candidate;
                }
            }
        }
        return new Equations(values, known, terms, logarithm).solve(penalty).map(fitted -> fitted);
    }

    private static double loss(Autoregression fitted, double[] values, double[][] known, int cut) {
        double[] out = new double[values.length - cut];
        fitted.path(Arrays.copyOf(values, cut), inputs(known, cut, values.length), out);
        double sum = 0;
        for (int i = 0; i < out.length; i++) {
            sum += Math.abs(out[i] - values[cut + i]);
        }
        return sum;
    }

    private static double[][] inputs(double[][] known, int from, int to) {
        double[][] part = new double[to - from][];
        for (int i = from; i < to; i++) {
            part[i - from] = known.length == 0 ? NO_INPUTS : known[i];
        }
        return part;
    }

    private Autoregression.Terms terms(int length) {
        int[] seasonal = Periods.seenTwice(periods, length);
        int[] harmonics = new int[seasonal.length];
        TreeSet<Integer> lags = new TreeSet<>();
        int recent = length >= 200 ? 3 : length >= 40 ? 2 : 1;
        for (int lag = 1; lag <= recent; lag++) {
            lags.add(lag);
        }
        for (int p = 0; p < seasonal.length; p++) {
            int period = seasonal[p];
            harmonics[p] = Math.min(period / 2, Math.min(p == 0 ? 6 : 8, length / 20));
            for (int multiple = 1; multiple <= 2; multiple++) {
                for (int lag = multiple * period; lag <= multiple * period + 1; lag++) {
                    if (lag + 3 * LEAST_ROWS <= length * REACH) {
                        lags.add(lag);
                    }
                }
            }
        }
        int[] ascending = lags.stream().mapToInt(lag -> lag).toArray();
        return new Autoregression.Terms(true, seasonal, harmonics, ascending, inputs);
    }

    /** Whether changes are larger where the level is higher: correlation of level and spread over blocks. */
    private boolean growsWithLevel(double[] values) {
        int block = Math.max(4, periods.length == 0 ? 8 : periods[0]);
        int blocks = values.length / block;
        if (blocks < 4) {
            return true;
        }
        double[] level = new double[blocks];
        double[] spread = new double[blocks];
        for (int b = 0; b < blocks; b++) {
            double[] part = Arrays.copyOfRange(values, b * block, (b + 1) * block);
            double mean = Arrays.stream(part).average().orElse(0);
            level[b] = Math.log(mean);
            double variance = 0;
            for (double value : part) {
                variance += (value - mean) * (value - mean) / block;
            }
            spread[b] = Math.log(Math.sqrt(variance) + 1e-9 * mean + Double.MIN_NORMAL);
        }
        return correlation(level, spread) > 0.3;
    }

    private static double correlation(double[] a, double[] b) {
        double meanA = Arrays.stream(a).average().orElse(0);
        double meanB = Arrays.stream(b).average().orElse(0);
        double ab = 0;
        double aa = 0;
        double bb = 0;
        for (int i = 0; i < a.length; i++) {
            ab += (a[i] - meanA) * (b[i] - meanB);
            aa += (a[i] - meanA) * (a[i] - meanA);
            bb += (b[i] - meanB) * (b[i] - meanB);
        }
        return aa == 0 || bb == 0 ? 0 : ab / Math.sqrt(aa * bb);
    }

    /** The normal equations of one series. */
    private static final class Equations {
        private final Autoregression empty;
        private final Ridge ridge;

        Equations(double[] values, double[][] known, Autoregression.Terms terms, boolean logarithm) {
            double[] plain = new double[values.length];
            double centre = 0;
            for (int i = 0; i < values.length; i++) {
                plain[i] = logarithm ? Math.log(values[i]) : values[i];
                centre += plain[i] / values.length;
            }
            double square = 0;
            double low = Double.POSITIVE_INFINITY;
            double high = Double.NEGATIVE_INFINITY;
            for (double value : plain) {
                square += (value - centre) * (value - centre) / values.length;
                low = Math.min(low, value);
                high = Math.max(high, value);
            }
            double scale = Math.sqrt(square) > Math.abs(centre) * 1e-9 ? Math.sqrt(square) : 1;
            double room = REACH * (high - low);
            this.empty = new Autoregression(
                    terms,
                    logarithm,
                    centre,
                    scale,
                    values.length,
                    new double[terms.width()],
                    (low - room - centre) / scale,
                    (high + room - centre) / scale);
            this.ridge = new Ridge(terms.width());
            gather(plain, known);
        }

        private void gather(double[] plain, double[][] known) {
            int length = plain.length;
            for (int i = 0; i < length; i++) {
                plain[i] = (plain[i] - empty.centre()) / empty.scale();
            }
            double[] row = new double[empty.terms().width()];
            for (int i = Math.max(empty.terms().reach(), length - MOST_ROWS); i < length; i++) {
                empty.terms().row(plain, i, i, length, known.length == 0 ? NO_INPUTS : known[i], row);
                ridge.add(row, plain[i], 1);
            }
        }

        Optional<Autoregression> solve(double penalty) {
            return ridge.solve(penalty)
                    .map(coefficients -> new Autoregression(
                            empty.terms(),
                            empty.logarithm(),
                            empty.centre(),
                            empty.scale(),
                            empty.length(),
                            coefficients,
                            empty.low(),
                            empty.high()));
        }
    }
}
