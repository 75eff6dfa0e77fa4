package tatara.train.forecast;

import java.util.Arrays;
import java.util.List;
import tatara.model.forecast.TimeGrid;
import tatara.model.forecast.WindowFeatures;

/**
 * Training rows of the shared model: for a number of origins, spread evenly over all series, every step ahead.
 *
 * @param features [feature][row]
 * @param labels departure from the seasonal naive forecast, in the window's scale, limited
 * @param fresh whether a row is among the newest origins of its series
 * @param limit greatest departure kept
 */
record PooledRows(float[][] features, double[] labels, boolean[] fresh, double limit) {
    private static final double[] NO_INPUTS = {};
    private static final double KEPT_SHARE = 0.995;
    private static final int LEAST_STEPS = 4;

    int rows() {
        return labels.length;
    }

    /**
     * Gathers rows.
     *
     * @param ends length of each series that may be looked at; 0 leaves the series out
     * @param most rows at most
     */
    static PooledRows of(List<Series> series, int[] ends, WindowFeatures features, TimeGrid grid, int most) {
        Gathering gathering = new Gathering(features, grid, most);
        long windows = 0;
        for (int i = 0; i < ends.length; i++) {
            windows += gathering.windows(ends[i]);
        }
        long wanted = Math.max(1, most / features.horizon());
        double stride = Math.max(1, (double) windows / wanted);
        double next = 0;
        for (int i = 0; i < ends.length; i++) {
            long count = gathering.windows(ends[i]);
            int newest = ends[i] - features.horizon() - 1;
            int oldest = newest - (int) count + 1;
            while (next < count) {
                int origin = newest - (int) next;
                gathering.add(series.get(i), origin, origin > newest - Math.max(1, count / 8) && origin >= oldest);
                next += stride;
            }
            next -= count;
        }
        return gathering.done();
    }

    /** Fills the arrays. */
    private static final class Gathering {
        private final WindowFeatures features;
        private final TimeGrid grid;
        private final float[][] columns;
        private final float[] row;
        private final double[] labels;
        private final boolean[] fresh;
        private int rows;

        Gathering(WindowFeatures features, TimeGrid grid, int most) {
            int capacity = most + 2 * features.horizon();
            this.features = features;
            this.grid = grid;
            this.columns = new float[features.width()][capacity];
            this.row = new float[features.width()];
            this.labels = new double[capacity];
            this.fresh = new boolean[capacity];
        }

        /** Origins with a season and a few steps behind and a whole horizon ahead. */
        long windows(int end) {
            int period = features.basePeriod();
            int behind = period + Math.max(LEAST_STEPS, Math.min(period, features.horizon()));
            return Math.max(0, end - features.horizon() - behind);
        }

        void add(Series series, int origin, boolean isFresh) {
            WindowFeatures.Window window = features.at(series.values(), origin);
            if (window.scale() == 0 || rows + features.horizon() > labels.length) {
                return;
            }
            boolean hasKnown = series.known().length > 0;
            for (int step = 1; step <= features.horizon(); step++) {
                int target = origin + step;
                if (!series.observed()[target]) {
                    continue;
                }
                int period = features.basePeriod();
                int before = target - (step + period - 1) / period * period;
                window.fill(
                        step,
                        grid.ahead(series.start(), target),
                        hasKnown ? series.known()[target] : NO_INPUTS,
                        hasKnown && before >= 0 ? series.known()[before] : NO_INPUTS,
                        row);
                for (int feature = 0; feature < row.length; feature++) {
                    columns[feature][rows] = row[feature];
                }
                labels[rows] = (series.values()[target] - window.base(step)) / window.scale();
                fresh[rows++] = isFresh;
            }
        }

        PooledRows done() {
            double[] sizes =
                    Arrays.stream(labels, 0, rows).map(Math::abs).sorted().toArray();
            double limit = rows == 0 ? 1 : Math.max(1e-6, sizes[(int) (KEPT_SHARE * (rows - 1))]);
            double[] kept = Arrays.copyOf(labels, rows);
            for (int i = 0; i < rows; i++) {
                kept[i] = Math.max(-limit, Math.min(limit, kept[i]));
            }
            return new PooledRows(columns, kept, Arrays.copyOf(fresh, rows), limit);
        }
    }
}
