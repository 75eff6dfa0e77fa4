package tatara.web.report;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tatara.core.json.Json;
import tatara.core.run.Evaluation;
import tatara.core.run.Evaluation.Curve;
import tatara.core.run.Interval;
import tatara.core.spec.Metric;
import tatara.core.spec.Task;
import tatara.web.Chart;
import tatara.web.Chart.Axis;
import tatara.web.Chart.Layout;
import tatara.web.Chart.Mark;
import tatara.web.Chart.Series;
import tatara.web.Figures;
import tatara.web.Grid;

/** The charts of an evaluation, those whose data is there. Long curves are thinned for drawing, never for figures. */
final class QualityCharts {
    private static final int TABLE_ROWS = 12;
    private static final int LINE_POINTS = 300;
    private static final int DOTS = 1_000;
    private static final int FORECASTS = 6;
    private static final int IMPORTANCES = 15;

    private final Evaluation evaluation;
    private final Metric metric;
    private final boolean timed;

    /** @param timed whether forecasts stand at seconds since the epoch, not at numbers of steps */
    QualityCharts(Evaluation evaluation, boolean timed) {
        this.evaluation = evaluation;
        this.timed = timed;
        this.metric = evaluation.metric();
    }

    List<Chart> all() {
        List<Chart> charts = new ArrayList<>();
        comparison().ifPresent(charts::add);
        charts.addAll(new ForecastCharts(evaluation.curves(), timed, FORECASTS).all());
        curve("roc").ifPresent(curve -> charts.add(roc(curve)));
        curve("precision-recall").ifPresent(curve -> charts.add(precisionRecall(curve)));
        curve("calibration").ifPresent(curve -> charts.add(calibration(curve)));
        curve("predicted-actual").ifPresent(curve -> charts.add(predictedActual(curve)));
        curve("residuals").ifPresent(curve -> charts.add(residuals(curve)));
        learningCurve().ifPresent(charts::add);
        importance().ifPresent(charts::add);
        return charts;
    }

    private Optional<Curve> curve(String name) {
        return evaluation.curves().stream()
                .filter(curve -> curve.name().equals(name) && curve.x().length > 0)
                .findFirst();
    }

    private Optional<Chart> comparison() {
        if (evaluation.baselines().isEmpty()) {
            return Optional.empty();
        }
        String name = Figures.name(metric);
        Interval value = evaluation.value();
        List<String> names = new ArrayList<>(List.of("this model"));
        List<double[]> bars = new ArrayList<>();
        List<List<Grid.Cell>> rows = new ArrayList<>();
        rows.add(compared("this model", value.value(), interval(metric, value)));
        for (Map.Entry<String, Double> baseline : rankedBaselines()) {
            bars.add(new double[] {baseline.getValue(), names.size()});
            names.add(Figures.shortened(baseline.getKey(), 28));
            rows.add(compared(baseline.getKey(), baseline.getValue(), ""));
        }
        List<double[]> ends = List.of(new double[] {value.low(), 0}, new double[] {value.high(), 0});
        List<Series> series = List.of(
                new Series("this model", Mark.BARS, "main", List.of(new double[] {value.value(), 0})),
                new Series("baselines", Mark.BARS, "quiet", bars),
                new Series("95 % interval", Mark.SPANS, "ink", ends));
        return Optional.of(new Chart(
                "comparison",
                name + " against the baselines",
                (metric.higherIsBetter() ? "Longer is better. " : "Shorter is better. ")
                        + "All measured on the same hold-out rows; the line on the model's bar is its 95 % interval.",
                Chart.spec(Layout.ROWS, Axis.numbers(name), Axis.names(names), series),
                new Grid(name + " on the hold-out", List.of("predictor", name, "95 % interval"), rows)));
    }

    private List<Map.Entry<String, Double>> rankedBaselines() {
        Comparator<Map.Entry<String, Double>> best = Map.Entry.comparingByValue();
        return evaluation.baselines().entrySet().stream()
                .filter(entry -> Double.isFinite(entry.getValue()))
                .sorted(metric.higherIsBetter() ? best.reversed() : best)
                .toList();
    }

    private List<Grid.Cell> compared(String name, double value, String interval) {
        return List.of(Grid.text(name), Grid.number(Figures.metric(metric, value)), Grid.number(interval));
    }

    private static Chart roc(Curve curve) {
        Json.Obj spec = Chart.spec(
                Layout.SQUARE,
                Axis.share("false positive rate"),
                Axis.share("true positive rate"),
                List.of(
                        diagonal("guessing", 0, 1),
                        new Series("model", Mark.LINE, "main", points(curve, LINE_POINTS))));
        return new Chart(
                "roc",
                "ROC curve",
                "How many of the positives are found for each share of false alarms. The broken diagonal is guessing; further to the upper left is better.",
                spec,
                table(curve, "ROC curve, every few points", "false positive rate", "true positive rate"));
    }

    private Chart precisionRecall(Curve curve) {
        List<Series> series = new ArrayList<>();
        evaluation.threshold().ifPresent(result -> {
            double positives = result.truePositives() + result.falseNegatives();
            double base = positives / (positives + result.falsePositives() + result.trueNegatives());
            series.add(new Series(
                    "guessing", Mark.GUIDE, "quiet", List.of(new double[] {0, base}, new double[] {1, base})));
            series.add(new Series(
                    "decision threshold", Mark.DOTS, "second", List.of(new double[] {result.recall(), result.precision()
                    })));
        });
        series.add(0, new Series("model", Mark.LINE, "main", points(curve, LINE_POINTS)));
        return new Chart(
                "precision-recall",
                "Precision and recall",
                "Of those called positive, how many are (precision), for each share of the positives that is found (recall).",
                Chart.spec(Layout.SQUARE, Axis.share("recall"), Axis.share("precision"), series),
                table(curve, "Precision and recall, every few points", "recall", "precision"));
    }

    private Chart calibration(Curve curve) {
        Json.Obj spec = Chart.spec(
                Layout.SQUARE,
                Axis.share("predicted probability"),
                Axis.share("observed share"),
                List.of(diagonal("exact", 0, 1), new Series("model", Mark.LINKED_DOTS, "main", points(curve, DOTS))));
        return new Chart(
                "calibration",
                "Are the probabilities true?",
                "Rows grouped by predicted probability: the share that turned out "
                        + (evaluation.task() == Task.MULTICLASS ? "to be of the predicted class" : "positive")
                        + " in each group. On the broken line the probabilities are exact.",
                spec,
                table(curve, "Predicted probability and observed share", "predicted", "observed"));
    }

    private static Chart predictedActual(Curve curve) {
        double low = Double.POSITIVE_INFINITY;
        double high = Double.NEGATIVE_INFINITY;
        for (int i = 0; i < curve.x().length; i++) {
            low = Math.min(low, Math.min(curve.x()[i], curve.y()[i]));
            high = Math.max(high, Math.max(curve.x()[i], curve.y()[i]));
        }
        Json.Obj spec = Chart.spec(
                Layout.SQUARE,
                Axis.numbers("predicted"),
                Axis.numbers("actual"),
                List.of(diagonal("exact", low, high), new Series("rows", Mark.DOTS, "main", points(curve, DOTS))));
        return new Chart(
                "predicted-actual",
                "Predicted and actual values",
                "Each dot is a row of the hold-out (or a group of them). On the broken line the prediction is exact.",
                spec,
                table(curve, "Predicted and actual, every few rows", "predicted", "actual"));
    }

    private static Chart residuals(Curve curve) {
        Json.Obj spec = Chart.spec(
                Layout.SQUARE,
                Axis.numbers("actual − predicted"),
                Axis.numbers("rows"),
                List.of(new Series("rows", Mark.BARS, "main", points(curve, LINE_POINTS))));
        return new Chart(
                "residuals",
                "Errors",
                "How many rows are off by how much. Narrow and centred on zero is good; a long tail on one side means that some rows are predicted far too low or too high. The outermost bars hold all that lies beyond.",
                spec,
                table(curve, "Errors, every few bars", "actual − predicted", "rows"));
    }

    private Optional<Chart> importance() {
        List<Evaluation.Importance> top =
                evaluation.importance().stream().limit(IMPORTANCES).toList();
        if (top.isEmpty()) {
            return Optional.empty();
        }
        List<double[]> bars = new ArrayList<>();
        List<String> names = new ArrayList<>();
        List<List<Grid.Cell>> rows = new ArrayList<>();
        for (Evaluation.Importance each : top) {
            bars.add(new double[] {100 * each.share(), names.size()});
            names.add(Figures.shortened(each.column(), 28));
            rows.add(List.of(
                    Grid.text(each.column()),
                    Grid.number(Figures.percent(each.share())),
                    Grid.number(Figures.number(each.value()))));
        }
        int others = evaluation.importance().size() - top.size();
        return Optional.of(new Chart(
                "importance",
                "What moves the predictions",
                "Share of each column in the sum of mean absolute contributions (SHAP values)"
                        + (others > 0 ? "; " + Figures.count(others, "further column") + " not shown." : "."),
                Chart.spec(
                        Layout.ROWS,
                        Axis.numbers("share of all contributions, %"),
                        Axis.names(names),
                        List.of(new Series("share", Mark.BARS, "main", bars))),
                new Grid("Columns by contribution", List.of("column", "share", "mean absolute contribution"), rows)));
    }

    private Optional<Chart> learningCurve() {
        List<Evaluation.LearningPoint> points = evaluation.learningCurve();
        if (points.size() < 2) {
            return Optional.empty();
        }
        String name = Figures.name(metric);
        return Optional.of(new Chart(
                "learning-curve",
                "Would more data help?",
                name + " on the hold-out when trained on fewer rows. If the line still "
                        + (metric.higherIsBetter() ? "climbs" : "falls") + " on the right, more rows would help.",
                Chart.spec(
                        Layout.SQUARE,
                        Axis.numbers("training rows"),
                        Axis.numbers(name),
                        List.of(new Series(
                                name,
                                Mark.LINKED_DOTS,
                                "main",
                                points.stream()
                                        .map(point -> new double[] {point.rows(), point.value()})
                                        .toList()))),
                new Grid(
                        name + " by training rows",
                        List.of("training rows", name),
                        points.stream()
                                .map(point -> List.of(
                                        Grid.number(Figures.count(point.rows())),
                                        Grid.number(Figures.metric(metric, point.value()))))
                                .toList())));
    }

    static String interval(Metric metric, Interval value) {
        if (!Double.isFinite(value.low()) || !Double.isFinite(value.high())) {
            return "";
        }
        return Figures.metric(metric, value.low()) + " to " + Figures.metric(metric, value.high());
    }

    private static Series diagonal(String name, double from, double to) {
        return new Series(name, Mark.GUIDE, "quiet", List.of(new double[] {from, from}, new double[] {to, to}));
    }

    /** Evenly thinned points, each x, y and its rows if they are known; first and last are kept. */
    static List<double[]> points(Curve curve, int most) {
        List<double[]> points = new ArrayList<>();
        int[] kept = thinned(curve.x().length, most);
        for (int i : kept) {
            double x = rounded(curve.x()[i]);
            double y = rounded(curve.y()[i]);
            points.add(i < curve.size().length ? new double[] {x, y, curve.size()[i]} : new double[] {x, y});
        }
        return points;
    }

    private static int[] thinned(int length, int most) {
        int count = Math.min(length, most);
        int[] kept = new int[count];
        for (int i = 0; i < count; i++) {
            kept[i] = count == 1 ? 0 : (int) ((long) i * (length - 1) / (count - 1));
        }
        return kept;
    }

    /** Six significant digits: more than a screen shows. */
    static double rounded(double value) {
        return Double.isFinite(value) ? Double.parseDouble(String.format(java.util.Locale.ROOT, "%.5e", value)) : value;
    }

    static Grid table(Curve curve, String caption, String x, String y) {
        boolean sized = curve.size().length == curve.x().length;
        List<List<Grid.Cell>> rows = new ArrayList<>();
        for (int i : thinned(curve.x().length, TABLE_ROWS)) {
            List<Grid.Cell> row = new ArrayList<>(
                    List.of(Grid.number(Figures.number(curve.x()[i])), Grid.number(Figures.number(curve.y()[i]))));
            if (sized) {
                row.add(Grid.number(Figures.number(curve.size()[i])));
            }
            rows.add(row);
        }
        return new Grid(caption, sized ? List.of(x, y, "rows") : List.of(x, y), rows);
    }
}
