package tatara.model.forecast;

import java.util.Arrays;

/** The path of one series by a shared model; beyond the horizon it goes on from its own forecasts. */
final class PooledPath {
    private static final double[] UNKNOWN = {};

    private final ForecastModel.Layout layout;
    private final BoostedSteps model;

    PooledPath(ForecastModel.Layout layout, BoostedSteps model) {
        this.layout = layout;
        this.model = model;
    }

    void path(SeriesState state, double[][] known, double[] out) {
        WindowFeatures features = layout.features();
        int start = state.tail().length;
        double[] values = Arrays.copyOf(state.tail(), start + out.length);
        float[] row = new float[features.width()];
        for (int from = 0; from < out.length; from += features.horizon()) {
            int origin = start + from - 1;
            WindowFeatures.Window window = features.at(values, origin);
            int last = Math.min(features.horizon(), out.length - from);
            for (int ahead = 1; ahead <= last; ahead++) {
                int step = from + ahead - 1;
                double value = window.base(ahead);
                if (window.scale() > 0) {
                    double[] before = before(state, known, step);
                    long time = layout.grid().ahead(state.end(), step + 1L);
                    window.fill(ahead, time, known[step], before, row);
                    value += window.scale() * model.departure(row);
                }
                out[step] = value;
            }
            System.arraycopy(out, from, values, start + from, last);
        }
    }

    private double[] before(SeriesState state, double[][] known, int step) {
        int period = layout.features().basePeriod();
        int ahead = step % layout.features().horizon() + 1;
        int at = step - (ahead + period - 1) / period * period;
        if (at >= 0) {
            return known[at];
        }
        int index = state.knownTail().length + at;
        return index < 0 ? UNKNOWN : state.knownTail()[index];
    }
}
