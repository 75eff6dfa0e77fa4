package tatara.train.forecast;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.IntStream;
import tatara.core.run.Evaluation.Curve;
import tatara.model.forecast.TimeGrid;

/**
 * Plots of the hold-out: {@code error-by-step} (mean absolute error in each series' own scale against steps ahead), and for a few
 * series from the best to the worst {@code forecast:SERIES:PART} with the parts history, actual, forecast, lower, upper against
 * the position (seconds since the epoch, or the step's number).
 */
final class ForecastCurves {
    private static final int MOST_SERIES = 6;
    private static final int HISTORY_PER_STEP = 4;
    private static final double[] NO_SIZES = {};

    private final SeriesSet set;
    private final List<HoldoutForecasts.Part> parts;
    private final double[] losses;

    ForecastCurves(SeriesSet set, List<HoldoutForecasts.Part> parts, double[] losses) {
        this.set = set;
        this.parts = parts;
        this.losses = losses;
    }

    List<Curve> curves() {
        List<Curve> curves = new ArrayList<>();
        curves.add(errorByStep());
        for (int number : shown()) {
            addForecast(number, curves);
        }
        return curves;
    }

    private Curve errorByStep() {
        TreeMap<Integer, double[]> sums = new TreeMap<>();
        for (HoldoutForecasts.Part part : parts) {
            for (int step = 0; step < part.actual().length; step++) {
                if (part.observed()[step] && part.scale() > 0) {
                    double[] sum = sums.computeIfAbsent(step + 1, key -> new double[2]);
                    sum[0] += Math.abs(part.actual()[step] - part.forecast()[step]) / part.scale();
                    sum[1]++;
                }
            }
        }
        return new Curve(
                "error-by-step",
                sums.keySet().stream().mapToDouble(step -> step).toArray(),
                sums.values().stream().mapToDouble(sum -> sum[0] / sum[1]).toArray(),
                sums.values().stream().mapToDouble(sum -> sum[1]).toArray());
    }

    /** Series from the best to the worst, evenly spread over their ranks. */
    private List<Integer> shown() {
        List<Integer> ranked = IntStream.range(0, losses.length)
                .filter(number -> !Double.isNaN(losses[number]))
                .boxed()
                .sorted(Comparator.comparingDouble(number -> losses[number]))
                .toList();
        TreeSet<Integer> ranks = new TreeSet<>();
        for (int i = 0; i < MOST_SERIES && !ranked.isEmpty(); i++) {
            ranks.add(i * (ranked.size() - 1) / (MOST_SERIES - 1));
        }
        return ranks.stream().map(ranked::get).toList();
    }

    private void addForecast(int number, List<Curve> curves) {
        Series series = set.series().get(number);
        HoldoutForecasts.Part part = parts.get(number);
        int steps = part.actual().length;
        int from = Math.max(0, part.end() - HISTORY_PER_STEP * Math.max(steps, 12));
        double[] before = positions(series, from, part.end());
        double[] after = positions(series, part.end(), part.end() + steps);
        String name = "forecast:" + (series.name().isEmpty() ? "all" : series.name()) + ":";
        add(curves, name + "history", before, Arrays.copyOfRange(series.values(), from, part.end()));
        add(curves, name + "actual", after, part.actual());
        add(curves, name + "forecast", after, part.forecast());
        add(
                curves,
                name + "lower",
                after,
                IntStream.range(0, steps).mapToDouble(part::lower).toArray());
        add(
                curves,
                name + "upper",
                after,
                IntStream.range(0, steps).mapToDouble(part::upper).toArray());
    }

    private static void add(List<Curve> curves, String name, double[] x, double[] y) {
        curves.add(new Curve(name, x, y, NO_SIZES));
    }

    private double[] positions(Series series, int from, int to) {
        return IntStream.range(from, to)
                .mapToDouble(step -> (double) set.grid().ahead(series.start(), step) / TimeGrid.UNIT)
                .toArray();
    }
}
