package tatara.web.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import tatara.core.evidence.GateResult;
import tatara.core.run.Evaluation;
import tatara.core.spec.Goal;
import tatara.core.spec.Metric;
import tatara.core.spec.Spec;
import tatara.core.spec.Task;
import tatara.web.Figures;
import tatara.web.report.ReportContent.RegisteredModel;

/**
 * The answer on top of the report, in plain words.
 *
 * @param verdict whether there is a live model
 * @param tone {@code good}, {@code warn} or {@code bad}
 * @param sentences the answer, to be read as one paragraph
 * @param tiles the figures it rests on
 */
public record Summary(String verdict, String tone, List<String> sentences, List<Tile> tiles) {
    /** A figure with its name and what to compare it with. */
    public record Tile(String name, String value, String note) {}

    static Summary of(ReportContent content) {
        List<String> sentences = new ArrayList<>();
        sentences.add(asked(content));
        List<GateResult> stopped = Stream.concat(content.dataGates().stream(), content.modelGates().stream())
                .filter(gate -> !gate.passed() && gate.blocks())
                .toList();
        content.evaluation().ifPresent(evaluation -> {
            sentences.add(quality(content, evaluation));
            sentences.add(comparison(evaluation));
            for (Goal goal : content.spec().constraints().goals()) {
                sentences.add(goal(goal, evaluation));
            }
        });
        if (content.evaluation().isEmpty() && stopped.isEmpty()) {
            sentences.add("No model has been trained yet.");
        }
        stopped.forEach(
                gate -> sentences.add("It was stopped by the gate " + gate.id() + ": " + sentence(gate.message())));
        content.model().ifPresent(model -> sentences.add(registered(model)));
        boolean live = isLive(content.model());
        String tone = live ? "good" : stopped.isEmpty() ? "warn" : "bad";
        String verdict = live
                ? "Live"
                : stopped.isEmpty()
                        ? content.evaluation().isPresent() ? "Trained, not live" : "Designed, not trained"
                        : "Stopped by a gate";
        return new Summary(verdict, tone, List.copyOf(sentences), tiles(content));
    }

    private static boolean isLive(Optional<RegisteredModel> model) {
        return model.isPresent() && model.get().endpoint().isPresent();
    }

    private static String asked(ReportContent content) {
        Spec spec = content.spec();
        long rows = content.data().main().rows();
        String source =
                Figures.count(rows, "row") + " of " + content.data().main().name();
        String target = spec.target().orElse("");
        return "The question was “" + spec.sentence().strip() + "”, asked of " + source + ". It was read as: "
                + switch (spec.task()) {
                    case BINARY ->
                        "for each row, how likely is it that " + target + " is "
                                + spec.positive().orElse("true") + "?";
                    case MULTICLASS -> "for each row, which of the values of " + target + " is it?";
                    case REGRESSION -> "for each row, how much is " + target + "?";
                    case FORECAST ->
                        "how does " + target + " go on for the next "
                                + Figures.count(spec.horizon().orElse(1), "step") + "?";
                    case ANOMALY -> "which rows are unlike the others?";
                };
    }

    private static String quality(ReportContent content, Evaluation evaluation) {
        String rows = "On " + Figures.count(evaluation.rows(), "row") + " that training never saw, ";
        return rows
                + meaning(
                        content.spec(), evaluation.metric(), evaluation.value().value()) + " ("
                + Figures.name(evaluation.metric()) + " "
                + Figures.metric(evaluation.metric(), evaluation.value().value())
                + interval(evaluation) + ").";
    }

    private static String interval(Evaluation evaluation) {
        String text = QualityCharts.interval(evaluation.metric(), evaluation.value());
        return text.isEmpty() ? "" : ", 95 % interval " + text;
    }

    private static String meaning(Spec spec, Metric metric, double value) {
        String exact = Figures.metric(metric, value);
        String inHundred = Long.toString(Math.round(100 * value));
        return switch (metric) {
            case ROC_AUC ->
                spec.task() == Task.BINARY
                        ? "it ranks a row with " + spec.target().orElse("the target") + " = "
                                + spec.positive().orElse("true") + " above one without in " + inHundred
                                + " of 100 pairs; guessing would in 50"
                        : "it ranks the right class above a wrong one in " + inHundred
                                + " of 100 pairs; guessing would in 50";
            case ACCURACY -> "it is right for " + inHundred + " of 100 rows";
            case BALANCED_ACCURACY -> "it is right for " + inHundred + " of 100 rows of an average class";
            case PRECISION -> inHundred + " of 100 rows that it calls positive are";
            case RECALL -> "it finds " + inHundred + " of 100 positive rows";
            case PRECISION_AT_K -> inHundred + " of 100 rows at the top of its list are positive";
            case AVERAGE_PRECISION -> "precision averaged over all thresholds is " + exact;
            case F1 -> "the harmonic mean of precision and recall is " + exact;
            case LOG_LOSS ->
                "the right class gets a probability of " + Figures.number(Math.exp(-value)) + " in the geometric mean";
            case BRIER -> "the mean squared error of its probabilities is " + exact;
            case RMSE -> "its errors are about " + exact + " in size, large ones weighing more";
            case MAE -> "it is off by " + exact + " on average";
            case MAPE, SMAPE -> "it is off by " + exact + " on average";
            case R2 -> "it explains " + Figures.percent(value) + " of the variance";
            case MASE ->
                value < 1
                        ? "its errors are " + exact + " times those of repeating the last season on the past"
                        : "its errors are " + exact + " times those that repeating the last season made on the past";
        };
    }

    private static String comparison(Evaluation evaluation) {
        double baseline = evaluation.bestBaseline();
        Metric metric = evaluation.metric();
        if (Double.isNaN(baseline)) {
            return "There is no baseline to compare it with.";
        }
        String name = evaluation.baselines().entrySet().stream()
                .filter(entry -> entry.getValue() == baseline)
                .map(java.util.Map.Entry::getKey)
                .findFirst()
                .orElse("baseline");
        String against = "The best baseline (" + name + ") reaches " + Figures.metric(metric, baseline);
        double nearer = metric.higherIsBetter()
                ? evaluation.value().low()
                : evaluation.value().high();
        if (!metric.isBetter(evaluation.value().value(), baseline)) {
            return against + ": the model is no better than that.";
        }
        return metric.isBetter(nearer, baseline)
                ? against + ": the model is better by more than chance explains."
                : against + ": the model is better, but by no more than chance may explain.";
    }

    private static String goal(Goal goal, Evaluation evaluation) {
        Double measured = goal.metric() == evaluation.metric()
                ? Double.valueOf(evaluation.value().value())
                : evaluation.metrics().get(goal.metric().key());
        String demanded = Figures.name(goal.metric())
                + (goal.atLeast() ? " of at least " : " of at most ")
                + Figures.metric(goal.metric(), goal.value());
        if (measured == null) {
            return "The goal, " + demanded + ", was not measured.";
        }
        return "The goal, " + demanded + ", is " + (goal.isMetBy(measured) ? "met" : "missed") + " ("
                + Figures.metric(goal.metric(), measured) + ").";
    }

    private static String registered(RegisteredModel model) {
        String version = model.name() + " version " + model.version();
        return model.endpoint()
                .map(endpoint ->
                        "It is registered as " + version + " (" + model.stage() + ") and answers at " + endpoint + ".")
                .orElse("It is registered as " + version + " (" + model.stage()
                        + "), and no server answers for it yet.");
    }

    private static List<Tile> tiles(ReportContent content) {
        List<Tile> tiles = new ArrayList<>();
        content.evaluation().ifPresent(evaluation -> {
            Metric metric = evaluation.metric();
            String interval = QualityCharts.interval(metric, evaluation.value());
            tiles.add(new Tile(
                    Figures.name(metric),
                    Figures.metric(metric, evaluation.value().value()),
                    interval.isEmpty() ? "on the hold-out" : "95 %: " + interval));
            if (Double.isFinite(evaluation.bestBaseline())) {
                tiles.add(new Tile(
                        "best baseline",
                        Figures.metric(metric, evaluation.bestBaseline()),
                        metric.higherIsBetter() ? "higher is better" : "lower is better"));
            }
        });
        tiles.add(new Tile(
                "rows",
                Figures.count(content.data().main().rows()),
                Figures.count(content.data().main().columns().size(), "column")));
        List<GateResult> gates = Stream.concat(content.dataGates().stream(), content.modelGates().stream())
                .toList();
        if (!gates.isEmpty()) {
            long passed = gates.stream().filter(GateResult::passed).count();
            tiles.add(new Tile("gates passed", passed + " of " + gates.size(), "checks of data and model"));
        }
        content.model().ifPresent(model -> tiles.add(new Tile("version", model.version(), model.stage())));
        return List.copyOf(tiles);
    }

    private static String sentence(String text) {
        String stripped = text.strip();
        return stripped.endsWith(".") ? stripped : stripped + ".";
    }
}
