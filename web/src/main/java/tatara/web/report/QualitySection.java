package tatara.web.report;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import tatara.core.run.Evaluation;
import tatara.core.run.Evaluation.ThresholdResult;
import tatara.core.spec.Metric;
import tatara.web.Chart;
import tatara.web.Figures;
import tatara.web.Grid;

/** How good the model is, and how that is known. */
public record QualitySection(
        List<String> paragraphs,
        List<Chart> charts,
        Optional<Confusion> confusion,
        Grid metrics,
        Grid candidates,
        Grid segments,
        List<String> notes) {
    private static final int SEGMENTS = 15;
    private static final int CANDIDATES = 40;

    /** Right and wrong decisions at the decision threshold. */
    public record Confusion(
            String threshold,
            String rule,
            String truePositives,
            String falsePositives,
            String trueNegatives,
            String falseNegatives,
            String sentence) {}

    static QualitySection of(Evaluation evaluation, boolean timed) {
        Metric metric = evaluation.metric();
        String name = Figures.name(metric);
        String measured = "The hold-out has " + Figures.count(evaluation.rows(), "row")
                + "; they were set apart before anything was learned, and opened only after the model was made; the notes say how often.";
        String validated = Double.isFinite(evaluation.crossValidated())
                ? " On the other rows, each predicted by models that had not seen it, " + name + " is "
                        + Figures.metric(metric, evaluation.crossValidated()) + "; on the hold-out it is "
                        + Figures.metric(metric, evaluation.value().value()) + "."
                : "";
        return new QualitySection(
                List.of(measured + validated),
                new QualityCharts(evaluation, timed).all(),
                evaluation.threshold().map(QualitySection::confusion),
                metrics(evaluation.metrics()),
                candidates(evaluation, name),
                segments(evaluation, name),
                evaluation.notes());
    }

    private static Confusion confusion(ThresholdResult result) {
        long positives = result.truePositives() + result.falseNegatives();
        long called = result.truePositives() + result.falsePositives();
        return new Confusion(
                Figures.number(result.threshold()),
                result.rule(),
                Figures.count(result.truePositives()),
                Figures.count(result.falsePositives()),
                Figures.count(result.trueNegatives()),
                Figures.count(result.falseNegatives()),
                "Of " + Figures.count(positives, "positive row") + ", " + Figures.count(result.truePositives())
                        + " are found (recall " + Figures.number(result.recall()) + "). Of "
                        + Figures.count(called, "row") + " called positive, "
                        + Figures.count(result.truePositives()) + " are (precision "
                        + Figures.number(result.precision()) + ").");
    }

    private static Grid metrics(Map<String, Double> metrics) {
        return new Grid(
                "All metrics on the hold-out",
                List.of("metric", "value"),
                metrics.entrySet().stream()
                        .map(entry -> List.of(
                                Grid.text(Metric.ofKey(entry.getKey())
                                        .map(Figures::name)
                                        .orElse(named(entry.getKey()))),
                                Grid.number(Metric.ofKey(entry.getKey())
                                        .map(metric -> Figures.metric(metric, entry.getValue()))
                                        .orElse(Figures.number(entry.getValue())))))
                        .toList());
    }

    private static String named(String key) {
        return switch (key) {
            case "ece" -> "expected calibration error";
            case "coverage_90" -> "share of actual values inside the 90 % interval";
            default -> key.replace('_', ' ');
        };
    }

    private static Grid candidates(Evaluation evaluation, String name) {
        return new Grid(
                "Candidates: " + name + " on rows that each had not seen, and weight in the ensemble",
                List.of("candidate", "learner", name, "weight", "time"),
                evaluation.candidates().stream()
                        .sorted((a, b) -> Double.compare(b.weight(), a.weight()))
                        .limit(CANDIDATES)
                        .map(candidate -> List.of(
                                Grid.text(candidate.id()),
                                Grid.text(candidate.learner()),
                                Grid.number(Figures.metric(evaluation.metric(), candidate.value())),
                                Grid.number(candidate.weight() == 0 ? "–" : Figures.percent(candidate.weight())),
                                Grid.number(Figures.seconds(candidate.seconds()))))
                        .toList());
    }

    private static Grid segments(Evaluation evaluation, String name) {
        return new Grid(
                "Worst segments",
                List.of("segment", "rows", name, "95 % interval"),
                evaluation.segments().stream()
                        .limit(SEGMENTS)
                        .map(segment -> List.of(
                                Grid.text(segment.column() + " = " + segment.value()),
                                Grid.number(Figures.count(segment.rows())),
                                Grid.number(Figures.metric(
                                        evaluation.metric(), segment.metric().value())),
                                Grid.number(QualityCharts.interval(evaluation.metric(), segment.metric()))))
                        .toList());
    }
}
