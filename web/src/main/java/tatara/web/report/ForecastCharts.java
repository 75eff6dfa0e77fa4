package tatara.web.report;

import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tatara.core.run.Evaluation.Curve;
import tatara.web.Chart;
import tatara.web.Chart.Axis;
import tatara.web.Chart.Layout;
import tatara.web.Chart.Mark;
import tatara.web.Chart.Series;
import tatara.web.Figures;
import tatara.web.Grid;

/** One chart for each series of which curves {@code forecast:SERIES:PART} are there, and one of the error by steps ahead. */
final class ForecastCharts {
    private static final String PREFIX = "forecast:";
    private static final int POINTS = 600;
    private static final int TABLE_ROWS = 48;

    private final Map<String, Map<String, Curve>> partsBySeries = new LinkedHashMap<>();
    private final Optional<Curve> errorByStep;
    private final boolean timed;
    private final int most;

    /**
     * @param timed whether abscissae are seconds since the epoch, not numbers of steps
     * @param most series shown at most
     */
    ForecastCharts(List<Curve> all, boolean timed, int most) {
        this.timed = timed;
        this.most = most;
        this.errorByStep = all.stream()
                .filter(curve -> curve.name().equals("error-by-step") && curve.x().length > 1)
                .findFirst();
        for (Curve curve : all) {
            int end = curve.name().lastIndexOf(':');
            if (curve.name().startsWith(PREFIX) && end >= PREFIX.length() && curve.x().length > 0) {
                partsBySeries
                        .computeIfAbsent(curve.name().substring(PREFIX.length(), end), key -> new LinkedHashMap<>())
                        .put(curve.name().substring(end + 1), curve);
            }
        }
    }

    List<Chart> all() {
        List<Chart> charts = new ArrayList<>();
        for (Map.Entry<String, Map<String, Curve>> series : partsBySeries.entrySet()) {
            Curve forecast = series.getValue().get("forecast");
            if (forecast != null && charts.size() < most) {
                charts.add(chart("forecast-" + charts.size(), series.getKey(), series.getValue(), forecast));
            }
        }
        errorByStep.ifPresent(curve -> charts.add(errors(curve)));
        return charts;
    }

    private Chart chart(String id, String name, Map<String, Curve> parts, Curve forecast) {
        List<Series> series = new ArrayList<>();
        double[] low = values(parts, "lower", forecast);
        double[] high = values(parts, "upper", forecast);
        boolean banded = Arrays.stream(low).anyMatch(Double::isFinite)
                && Arrays.stream(high).anyMatch(Double::isFinite);
        if (banded) {
            List<double[]> band = new ArrayList<>();
            for (int i = 0; i < low.length; i++) {
                band.add(new double[] {forecast.x()[i], QualityCharts.rounded(low[i]), QualityCharts.rounded(high[i])});
            }
            series.add(new Series("90 % interval", Mark.BAND, "main", band));
        }
        List<double[]> real = new ArrayList<>();
        for (String part : List.of("history", "actual")) {
            Curve curve = parts.get(part);
            real.addAll(curve == null ? List.of() : QualityCharts.points(curve, POINTS));
        }
        if (!real.isEmpty()) {
            series.add(new Series("actual", Mark.LINE, "ink", real));
        }
        series.add(new Series("forecast", Mark.LINE, "main", QualityCharts.points(forecast, POINTS)));
        String title = "Forecast of " + Figures.shortened(name, 60);
        Axis x = timed ? Axis.times() : Axis.numbers("step");
        return new Chart(
                id,
                title,
                "The forecast against what really came, on steps that training never saw"
                        + (banded ? "; the band should hold nine of ten actual values." : "."),
                Chart.spec(Layout.WIDE, x, Axis.numbers(""), series),
                table(title, forecast, values(parts, "actual", forecast), low, high));
    }

    /** Values of a part at the forecast's places; NaN where it has none. */
    private static double[] values(Map<String, Curve> parts, String part, Curve forecast) {
        double[] values = new double[forecast.x().length];
        Arrays.fill(values, Double.NaN);
        Curve curve = parts.get(part);
        if (curve != null) {
            System.arraycopy(curve.y(), 0, values, 0, Math.min(values.length, curve.y().length));
        }
        return values;
    }

    private Grid table(String caption, Curve forecast, double[] actual, double[] low, double[] high) {
        List<List<Grid.Cell>> rows = new ArrayList<>();
        for (int i = 0; i < Math.min(forecast.x().length, TABLE_ROWS); i++) {
            rows.add(List.of(
                    Grid.number(place(forecast.x()[i])),
                    Grid.number(Figures.number(forecast.y()[i])),
                    Grid.number(Figures.number(low[i]) + " to " + Figures.number(high[i])),
                    Grid.number(Figures.number(actual[i]))));
        }
        return new Grid(caption, List.of(timed ? "time" : "step", "forecast", "90 % interval", "actual"), rows);
    }

    private String place(double x) {
        if (!timed) {
            return Figures.number(x);
        }
        String time = Instant.ofEpochSecond((long) x)
                .atOffset(ZoneOffset.UTC)
                .toLocalDateTime()
                .toString();
        return time.endsWith("T00:00") ? time.substring(0, time.length() - 6) : time.replace('T', ' ');
    }

    private static Chart errors(Curve curve) {
        return new Chart(
                "error-by-step",
                "How far ahead it holds",
                "Mean absolute error at each step ahead, in units of what the seasonal naive forecast misses by on the past (below 1 is better than that).",
                Chart.spec(
                        Layout.WIDE,
                        Axis.numbers("steps ahead"),
                        Axis.numbers("scaled error"),
                        List.of(new Series("error", Mark.LINE, "main", QualityCharts.points(curve, POINTS)))),
                QualityCharts.table(curve, "Error by steps ahead, every few steps", "steps ahead", "scaled error"));
    }
}
