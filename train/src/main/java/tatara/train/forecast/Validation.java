package tatara.train.forecast;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import tatara.model.forecast.BoostedSteps;

/**
 * Forecasts of every candidate on the validation windows.
 *
 * @param series indexes of the series that have windows, ascending
 * @param windows [position in {@code series}][window]
 * @param usable which candidates had enough data to be fitted at all
 */
record Validation(int[] series, Window[][] windows, boolean[] usable) {
    private static final long MOST_NUMBERS = 12_000_000;
    private static final int MOST_SERIES = 4_000;

    /**
     * One window.
     *
     * @param actual true values
     * @param observed which of them were observed
     * @param forecasts [candidate][step]
     * @param scale the series' MASE scale before the window
     */
    record Window(double[] actual, boolean[] observed, double[][] forecasts, double scale) {}

    /** Fits and forecasts every window; of very many series a sample. */
    static Validation of(SeriesSet set, CandidateSet candidates, WindowPlan plan, InParallel parallel) {
        int[] chosen = sample(plan, candidates);
        Window[][] windows = new Window[chosen.length][];
        boolean[] all = new boolean[candidates.size()];
        Arrays.fill(all, true);
        List<Optional<BoostedSteps>> pooled = candidates.pooled(plan.oldestCuts(), all);
        parallel.each(chosen.length, at -> {
            int number = chosen[at];
            Series series = set.series().get(number);
            int[] cuts = plan.cuts()[number];
            int steps = plan.validated()[number];
            windows[at] = new Window[cuts.length];
            for (int w = 0; w < cuts.length; w++) {
                int cut = cuts[w];
                windows[at][w] = new Window(
                        Arrays.copyOfRange(series.values(), cut, cut + steps),
                        Arrays.copyOfRange(series.observed(), cut, cut + steps),
                        candidates.forecasts(number, cut, steps, candidates.fit(number, cut, pooled, all), pooled),
                        Accuracy.scale(series.values(), cut, candidates.basePeriod()));
            }
        });
        return new Validation(chosen, windows, candidates.usable(pooled));
    }

    private static int[] sample(WindowPlan plan, CandidateSet candidates) {
        int[] usable = IntStream.range(0, plan.cuts().length)
                .filter(i -> plan.cuts()[i].length > 0)
                .toArray();
        long numbers = 1;
        for (int i : usable) {
            numbers += (long) plan.cuts()[i].length * plan.validated()[i] * candidates.size();
        }
        double share = Math.min(1, Math.min((double) MOST_SERIES / usable.length, (double) MOST_NUMBERS / numbers));
        int count = (int) Math.ceil(share * usable.length);
        return IntStream.range(0, count)
                .map(k -> usable[(int) ((long) k * usable.length / count)])
                .toArray();
    }
}
