package tatara.train.forecast;

import java.util.ArrayList;
import java.util.List;

/**
 * Where each series is cut: the sealed hold-out at its end, and before it the windows of rolling-origin validation. All arrays
 * have one element per series.
 *
 * @param trainEnd length of the training part
 * @param held steps held out after it: the horizon, or a third of a short series
 * @param validated steps of each validation window
 * @param cuts lengths of the training part that validation windows follow on, newest first; empty for a very short series
 */
record WindowPlan(int[] trainEnd, int[] held, int[] validated, int[][] cuts) {
    private static final int WANTED_WINDOWS = 60;
    private static final int LEAST_WINDOWS = 3;
    private static final int MOST_WINDOWS = 24;
    private static final int SHORTEST_PART = 3;

    static WindowPlan of(List<Series> series, int horizon, int[] periods) {
        int count = series.size();
        int windows = Math.max(LEAST_WINDOWS, Math.min(MOST_WINDOWS, (WANTED_WINDOWS + count - 1) / count));
        WindowPlan plan = new WindowPlan(new int[count], new int[count], new int[count], new int[count][]);
        for (int i = 0; i < count; i++) {
            int length = series.get(i).length();
            plan.held[i] = Math.min(horizon, length / SHORTEST_PART);
            plan.trainEnd[i] = length - plan.held[i];
            plan.validated[i] = Math.min(horizon, plan.trainEnd[i] / SHORTEST_PART);
            plan.cuts[i] = cuts(plan.trainEnd[i], plan.validated[i], windows, periods);
        }
        return plan;
    }

    private static int[] cuts(int trainEnd, int validated, int windows, int[] periods) {
        if (validated == 0) {
            return new int[0];
        }
        int newest = trainEnd - validated;
        int seasons = 1;
        for (int period : periods) {
            seasons = 2 * period < newest ? Math.max(seasons, 2 * period + 1) : seasons;
        }
        int oldest = Math.min(newest, Math.max(Math.max(trainEnd / 2, seasons), 1));
        int stride = Math.max(1, Math.min(validated, windows < 2 ? 1 : (newest - oldest) / (windows - 1)));
        List<Integer> cuts = new ArrayList<>();
        for (int cut = newest; cut >= oldest && cuts.size() < windows; cut -= stride) {
            cuts.add(cut);
        }
        return cuts.stream().mapToInt(cut -> cut).toArray();
    }

    /** The oldest cut of each series, 0 if it has none: what models that learn from all series may look at. */
    int[] oldestCuts() {
        int[] oldest = new int[cuts.length];
        for (int i = 0; i < oldest.length; i++) {
            oldest[i] = cuts[i].length == 0 ? 0 : cuts[i][cuts[i].length - 1];
        }
        return oldest;
    }

    long heldSteps() {
        long sum = 0;
        for (int steps : held) {
            sum += steps;
        }
        return sum;
    }
}
