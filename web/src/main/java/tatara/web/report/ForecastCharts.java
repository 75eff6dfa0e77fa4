package tatara.web.report;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tatara.core.run.Evaluation.Curve;
import tatara.web.Chart;
import tatara.web.Chart.Axis;
import tatara.web.Chart.Layout;
import tatara.web.Chart.Mark;
import tatara.web.Chart.Series;
import tatara.web.Figures;
import tatara.web.Grid;

/**
 * One chart a series, from curves named {@code forecast:SERIES} (the prediction), {@code forecast-actual:SERIES} and, for the 90 %
 * interval, {@code forecast-lower:SERIES} and {@code forecast-upper:SERIES}. Abscissae are steps.
 */
final class ForecastCharts {
    private static final String PREFIX = "forecast:";

    private final Map<String, Curve> curves = new LinkedHashMap<>();
    private final int most;

    ForecastCharts(List<Curve> all, int most) {
        all.stream().filter(curve -> curve.x().length > 0).forEach(curve -> curves.put(curve.name(), curve));
        this.most = most;
    }

    List<Chart> all() {
        List<Chart> charts = new ArrayList<>();
        for (Map.Entry<String, Curve> entry : curves.entrySet()) {
            if (entry.getKey().startsWith(PREFIX) && charts.size() < most) {
                String name = entry.getKey().substring(PREFIX.length());
                charts.add(chart("forecast-" + charts.size(), name, entry.getValue()));
            }
        }
        return charts;
    }

    private Chart chart(String id, String name, Curve forecast) {
        Curve actual = curves.get("forecast-actual:" + name);
        Curve lower = curves.get("forecast-lower:" + name);
        Curve upper = curves.get("forecast-upper:" + name);
        List<Series> series = new ArrayList<>();
        boolean banded = lower != null && upper != null && lower.x().length == upper.x().length;
        if (lower != null && upper != null && banded) {
            List<double[]> band = new ArrayList<>();
            for (int i = 0; i < lower.x().length; i++) {
                band.add(new double[] {
                    lower.x()[i], QualityCharts.rounded(lower.y()[i]), QualityCharts.rounded(upper.y()[i])
                });
            }
            series.add(new Series("90 % interval", Mark.BAND, "main", band));
        }
        if (actual != null) {
            series.add(new Series("actual", Mark.LINE, "ink", QualityCharts.points(actual, 600)));
        }
        series.add(new Series("forecast", Mark.LINE, "main", QualityCharts.points(forecast, 600)));
        String title = name.isEmpty() ? "Forecast" : "Forecast of " + Figures.shortened(name, 60);
        return new Chart(
                id,
                title,
                "The forecast against what really came, on steps that training never saw"
                        + (banded ? "; the band should hold nine of ten actual values." : "."),
                Chart.spec(Layout.WIDE, Axis.numbers("step"), Axis.numbers(""), series),
                table(title, forecast, actual, banded ? lower : null, banded ? upper : null));
    }

    private static Grid table(
            String caption,
            Curve forecast,
            @org.jspecify.annotations.Nullable Curve actual,
            @org.jspecify.annotations.Nullable Curve lower,
            @org.jspecify.annotations.Nullable Curve upper) {
        Map<Double, Double> actuals = new LinkedHashMap<>();
        if (actual != null) {
            for (int i = 0; i < actual.x().length; i++) {
                actuals.put(actual.x()[i], actual.y()[i]);
            }
        }
        List<List<Grid.Cell>> rows = new ArrayList<>();
        for (int i = 0; i < Math.min(forecast.x().length, 48); i++) {
            double step = forecast.x()[i];
            boolean inside = lower != null && upper != null && i < lower.y().length && i < upper.y().length;
            rows.add(List.of(
                    Grid.number(Figures.number(step)),
                    Grid.number(Figures.number(forecast.y()[i])),
                    Grid.number(
                            inside && lower != null && upper != null
                                    ? Figures.number(lower.y()[i]) + " to " + Figures.number(upper.y()[i])
                                    : ""),
                    Grid.number(Figures.number(actuals.getOrDefault(step, Double.NaN)))));
        }
        return new Grid(caption, List.of("step", "forecast", "90 % interval", "actual"), rows);
    }
}
