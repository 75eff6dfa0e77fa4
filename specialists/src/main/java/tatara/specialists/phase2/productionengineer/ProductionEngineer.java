package tatara.specialists.phase2.productionengineer;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tatara.core.design.Decision;
import tatara.core.design.FeatureDesign;
import tatara.core.design.ProductionDesign;
import tatara.core.design.ProductionDesign.Check;
import tatara.core.design.ProductionDesign.ModelGate;
import tatara.core.design.Proposal;
import tatara.core.design.TrainingDesign;
import tatara.core.evidence.FeatureEvidence;
import tatara.core.evidence.ValueCount;
import tatara.core.spec.Goal;
import tatara.core.spec.Metric;
import tatara.core.spec.Spec;
import tatara.core.spec.Task;
import tatara.specialists.Figures;

/**
 * The production engineer (Q1–Q11): decides which checks a model passes before it is registered, with limits that follow from how
 * many rows the hold-out has, and how the run keeps to the machine. Deterministic, thread-safe.
 */
public final class ProductionEngineer {
    private static final double CALIBRATED = 0.03;
    private static final int CALIBRATION_BINS = 10;
    private static final double SMALL_GAP = 0.05;
    private static final double LATENCY_MICROS = 2_000;
    private static final double SAME_SCORE = 1e-5;
    private static final double HEAP_SHARE = 0.75;

    public Proposal<ProductionDesign> design(
            Spec spec, FeatureDesign features, TrainingDesign training, FeatureEvidence evidence) {
        List<Decision> decisions = new ArrayList<>();
        List<ModelGate> gates = new ArrayList<>();
        boolean judged = features.target().column().isPresent();
        if (judged) {
            baseline(features, evidence, gates, decisions);
        }
        goals(features, gates, decisions);
        if (spec.task().isClassification()) {
            calibration(evidence, gates, decisions);
        }
        if (judged) {
            overfit(features, training, evidence, gates, decisions);
        }
        behaviour(spec, gates, decisions);
        ProductionDesign design = machine(training, evidence, gates, decisions);
        return new Proposal<>(design, decisions);
    }

    private static void baseline(
            FeatureDesign features, FeatureEvidence evidence, List<ModelGate> gates, List<Decision> decisions) {
        Metric metric = features.evaluation().metric();
        Optional<Map.Entry<String, Double>> best = best(evidence.baselines(), metric);
        double value = best.map(Map.Entry::getValue).orElse(Double.NaN);
        double noise = round(2 * standardError(metric, value, evidence));
        gates.add(new ModelGate(
                "model.beats-baseline",
                Check.BEATS_BASELINE,
                Optional.of(metric),
                0,
                false,
                "a model should be better than the best baseline"));
        gates.add(new ModelGate(
                "model.not-worse",
                Check.BEATS_BASELINE,
                Optional.of(metric),
                -noise,
                true,
                "worse than the best baseline by more than chance on " + evidence.holdoutRows()
                        + " rows explains: the baseline should be used instead"));
        decisions.add(new Decision(
                "A model that is worse than the best baseline by more than " + Figures.number(noise)
                        + " is not registered",
                "two standard errors of " + metric.key() + " on a hold-out of this size",
                List.of(
                        Figures.evidence("rows of the hold-out", evidence.holdoutRows(), "features"),
                        Figures.evidence(
                                "best baseline"
                                        + best.map(entry -> ", " + entry.getKey())
                                                .orElse(""),
                                best.isPresent() ? Figures.number(value) : "none",
                                "cross-validated baselines"))));
    }

    private static Optional<Map.Entry<String, Double>> best(Map<String, Double> baselines, Metric metric) {
        Map.Entry<String, Double> best = null;
        for (Map.Entry<String, Double> entry : baselines.entrySet()) {
            if (best == null || metric.isBetter(entry.getValue(), best.getValue())) {
                best = entry;
            }
        }
        return Optional.ofNullable(best);
    }

    /** Standard error of a metric near the baseline's value: Bernoulli bounds for shares, one part in sqrt(2n) for errors. */
    private static double standardError(Metric metric, double value, FeatureEvidence evidence) {
        double rows = Math.max(1, evidence.holdoutRows());
        double known = Double.isNaN(value) ? 0.5 : value;
        return switch (metric) {
            case ROC_AUC -> Math.sqrt(0.25 / Math.max(1, rarest(evidence)));
            case AVERAGE_PRECISION, PRECISION, RECALL, F1, PRECISION_AT_K ->
                Math.sqrt(Math.max(0.01, known * (1 - known)) / Math.max(1, rarest(evidence)));
            case ACCURACY, BALANCED_ACCURACY, R2, BRIER -> Math.sqrt(Math.max(0.01, known * (1 - known)) / rows);
            default -> Math.abs(known) / Math.sqrt(2 * rows);
        };
    }

    /** Rows of the rarest class in the hold-out, by its share among the training rows. */
    private static double rarest(FeatureEvidence evidence) {
        double rare =
                evidence.classes().stream().mapToLong(ValueCount::count).min().orElse(evidence.trainRows());
        return rare / Math.max(1, evidence.trainRows()) * evidence.holdoutRows();
    }

    private static void goals(FeatureDesign features, List<ModelGate> gates, List<Decision> decisions) {
        for (Goal goal : features.evaluation().goals()) {
            String key = goal.metric().key().replace('_', '-');
            gates.add(new ModelGate(
                    "model.goal-" + key,
                    Check.GOAL,
                    Optional.of(goal.metric()),
                    goal.value(),
                    true,
                    "the requirement asks for " + goal.metric().key()
                            + (goal.atLeast() ? " of at least " : " of at most ") + Figures.number(goal.value())));
            decisions.add(new Decision(
                    "The hold-out has to reach " + goal.metric().key() + (goal.atLeast() ? " >= " : " <= ")
                            + Figures.number(goal.value()),
                    "the requirement asks for it",
                    List.of(Figures.evidence("goal", goal.value(), "requirement"))));
        }
    }

    /** Chance alone gives each of b bins of n/b rows an error of about sqrt(2/pi · p(1-p) · b/n); the limit stands above that. */
    private static void calibration(FeatureEvidence evidence, List<ModelGate> gates, List<Decision> decisions) {
        double rows = Math.max(1, evidence.holdoutRows());
        double share = Math.min(0.5, rarest(evidence) / rows);
        double chance = Math.sqrt(2 / Math.PI * share * (1 - share) * CALIBRATION_BINS / rows);
        double limit = round(CALIBRATED + 1.5 * chance);
        gates.add(new ModelGate(
                "model.calibration",
                Check.CALIBRATION_ERROR,
                Optional.empty(),
                limit,
                false,
                "a probability of 0.3 should come true three times in ten"));
        decisions.add(new Decision(
                "Probabilities may be off by " + Figures.number(limit) + " on average",
                "perfect probabilities would show " + Figures.number(chance) + " by chance on this hold-out; "
                        + Figures.number(CALIBRATED) + " more is tolerated",
                List.of(
                        Figures.evidence("rows of the hold-out", evidence.holdoutRows(), "features"),
                        Figures.evidence("share of the rarest class", Figures.percent(share), "features"))));
    }

    private static void overfit(
            FeatureDesign features,
            TrainingDesign training,
            FeatureEvidence evidence,
            List<ModelGate> gates,
            List<Decision> decisions) {
        Metric metric = features.evaluation().metric();
        double rows = Math.max(1, evidence.holdoutRows());
        double rare = features.target().task().isClassification() ? Math.max(1, rarest(evidence)) : rows;
        double limit = round(SMALL_GAP + 2 / Math.sqrt(rare));
        gates.add(new ModelGate(
                "model.overfit",
                Check.OVERFIT_GAP,
                Optional.of(metric),
                limit,
                false,
                "a hold-out much worse than the folds says that the folds saw too much"));
        decisions.add(new Decision(
                "Folds and hold-out may differ by " + Figures.percent(limit),
                "a tolerance of " + Figures.percent(SMALL_GAP) + " plus what chance explains on this hold-out",
                List.of(
                        Figures.evidence("folds", training.folds(), "training design"),
                        Figures.evidence("rows of the hold-out", evidence.holdoutRows(), "features"))));
    }

    private static void behaviour(Spec spec, List<ModelGate> gates, List<Decision> decisions) {
        gates.add(new ModelGate(
                "model.robust",
                Check.ROBUSTNESS,
                Optional.empty(),
                1,
                true,
                "a row with nothing known still gets a finite answer"));
        gates.add(new ModelGate(
                "model.invariance",
                Check.INVARIANCE,
                Optional.empty(),
                1e-9,
                true,
                "columns that were left out must not move a prediction"));
        if (spec.task() != Task.FORECAST) {
            gates.add(new ModelGate(
                    "model.scorer-equality",
                    Check.SCORER_EQUALITY,
                    Optional.empty(),
                    SAME_SCORE,
                    true,
                    "the bundle has to answer as the learner did; libraries add in single precision"));
        }
        Optional<Double> asked = spec.constraints().maxLatencyMillis();
        double micros = asked.map(millis -> Math.max(1, 1000 * millis / 2)).orElse(LATENCY_MICROS);
        gates.add(new ModelGate(
                "model.latency",
                Check.LATENCY_MICROS,
                Optional.empty(),
                micros,
                asked.isPresent(),
                asked.isPresent()
                        ? "half of the " + Figures.number(asked.get())
                                + " ms that the requirement allows; the rest is for the network"
                        : "two milliseconds of computing leave a p99 of 200 ms out of danger"));
        decisions.add(new Decision(
                "One prediction may take " + Figures.number(micros) + " µs in process",
                asked.isPresent() ? "half of what the requirement allows for an answer" : "far below a p99 of 200 ms",
                asked.map(millis -> List.of(Figures.evidence("asked latency in ms", millis, "requirement")))
                        .orElse(List.of())));
    }

    private static ProductionDesign machine(
            TrainingDesign training, FeatureEvidence evidence, List<ModelGate> gates, List<Decision> decisions) {
        long rows = Math.min(training.trainingRows(), evidence.trainRows());
        long matrix = Math.max(1, (rows * evidence.width() * 8) >> 20);
        int heap = (int) Math.max(128, HEAP_SHARE * evidence.heapMegabytes());
        int cache = (int) Math.min(20_480, Math.max(1_024, 8 * matrix));
        decisions.add(new Decision(
                "Training may use " + heap + " MB of heap, the step cache " + cache + " MB of disk",
                "a quarter of the heap is left to everything else; the cache holds the features of a few designs",
                List.of(
                        Figures.evidence("heap of the run in MB", evidence.heapMegabytes(), "machine"),
                        Figures.evidence("feature matrix in MB", matrix, "rows times width, 8 bytes each"))));
        return new ProductionDesign(List.copyOf(gates), heap, cache, 30, 3);
    }

    private static double round(double value) {
        return Double.isFinite(value) ? Double.parseDouble(String.format(java.util.Locale.ROOT, "%.3g", value)) : 0;
    }
}
