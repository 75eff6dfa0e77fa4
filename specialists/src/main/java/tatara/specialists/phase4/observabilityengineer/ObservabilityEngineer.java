package tatara.specialists.phase4.observabilityengineer;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import tatara.core.design.Decision;
import tatara.core.design.DeploymentDesign;
import tatara.core.design.FeatureDesign;
import tatara.core.design.FeatureDesign.CategoryFeature;
import tatara.core.design.FeatureDesign.Feature;
import tatara.core.design.FeatureDesign.NumberFeature;
import tatara.core.design.ObservabilityDesign;
import tatara.core.design.ObservabilityDesign.DriftTest;
import tatara.core.design.ObservabilityDesign.Objective;
import tatara.core.design.ObservabilityDesign.Trigger;
import tatara.core.design.Proposal;
import tatara.core.evidence.ModelEvidence;
import tatara.core.run.Evaluation;
import tatara.core.run.Interval;
import tatara.core.spec.Metric;
import tatara.core.spec.Spec;
import tatara.specialists.Figures;
import tatara.specialists.Quantiles;

/**
 * The observability engineer (M1–M20): decides what is watched, against limits that a stable world passes, and what starts a
 * retraining. Drift limits are the quantiles of each statistic without drift, for the size of the window and the number of
 * tests. Deterministic, thread-safe.
 */
public final class ObservabilityEngineer {
    private static final double FALSE_ALARMS = 0.01;
    private static final int BINS = 10;
    private static final int MOST_LEVELS = 20;
    /** A shift of the index that is worth knowing: "some change" in the usual reading of the index. */
    private static final double NOTABLE_SHIFT = 0.1;

    private static final int LEAST_WINDOW = 500;
    private static final int LARGEST_WINDOW = 20_000;
    private static final int MOST_TESTS = 200;
    private static final double TOLERATED_LOSS = 0.05;

    public Proposal<ObservabilityDesign> design(
            Spec spec, FeatureDesign features, DeploymentDesign deployment, ModelEvidence evidence) {
        List<Decision> decisions = new ArrayList<>();
        List<Objective> objectives = objectives(spec, deployment, evidence, decisions);
        Map<String, Feature> watched = watched(features, evidence);
        double alpha = FALSE_ALARMS / (watched.size() + 1);
        double reference = Math.max(LEAST_WINDOW, evidence.trainRows());
        int window = window(watched, alpha, reference, decisions);
        List<DriftTest> drift = tests(watched, alpha, reference, window, decisions);
        List<Trigger> triggers = triggers(evidence, drift, decisions);
        double sample = sample(deployment, evidence, decisions);
        return new Proposal<>(new ObservabilityDesign(objectives, drift, sample, window, triggers), decisions);
    }

    private static List<Objective> objectives(
            Spec spec, DeploymentDesign deployment, ModelEvidence evidence, List<Decision> decisions) {
        double p99 = spec.constraints().maxLatencyMillis().orElse(200.0);
        List<Objective> objectives = new ArrayList<>();
        objectives.add(
                new Objective("availability", "availability", true, 0.999, 30, "43 minutes a month may be lost"));
        objectives.add(new Objective(
                "latency",
                "latency_p99_ms",
                false,
                p99,
                30,
                spec.constraints().maxLatencyMillis().isPresent()
                        ? "the requirement asks for it"
                        : "a tenth of the deadline of " + deployment.deadlineMillis() + " ms"));
        objectives.add(new Objective("errors", "error_share", false, 0.001, 30, "one answer in a thousand may fail"));
        objectives.add(
                new Objective("data", "invalid_cell_share", false, 0.001, 30, "more says that a source has changed"));
        objectives.add(quality(evidence.evaluation(), decisions));
        return List.copyOf(objectives);
    }

    /** What the hold-out's interval allows, or a loss of a twentieth, whichever is more tolerant: chance alone must not alarm. */
    private static Objective quality(Evaluation evaluation, List<Decision> decisions) {
        Metric metric = evaluation.metric();
        Interval value = evaluation.value();
        boolean up = metric.higherIsBetter();
        double loss = TOLERATED_LOSS * Math.abs(value.value());
        double target = up ? Math.min(value.low(), value.value() - loss) : Math.max(value.high(), value.value() + loss);
        double known = Double.isFinite(target) ? target : up ? 0 : Double.MAX_VALUE;
        decisions.add(new Decision(
                "Live " + metric.key() + (up ? " may not fall below " : " may not rise above ") + Figures.number(known),
                "a loss of " + Figures.percent(TOLERATED_LOSS)
                        + ", or the end of the hold-out's interval if that is further",
                List.of(
                        Figures.evidence(metric.key() + " on the hold-out", value.value(), "evaluation"),
                        Figures.evidence(
                                "its 95 % interval",
                                Figures.number(value.low()) + " to " + Figures.number(value.high()), "evaluation"))));
        return new Objective(
                "quality", metric.key(), up, known, 30, "worse than this, the model has lost what it learned");
    }

    /** Columns with a feature, the most important first if importance was measured; at most {@link #MOST_TESTS}. */
    private static Map<String, Feature> watched(FeatureDesign features, ModelEvidence evidence) {
        Map<String, Feature> all = new LinkedHashMap<>();
        features.features().forEach(feature -> all.putIfAbsent(feature.column(), feature));
        Map<String, Feature> chosen = new LinkedHashMap<>();
        for (Evaluation.Importance importance : evidence.evaluation().importance()) {
            Feature feature = all.get(importance.column());
            if (feature != null && chosen.size() < MOST_TESTS) {
                chosen.put(importance.column(), feature);
            }
        }
        for (Map.Entry<String, Feature> entry : all.entrySet()) {
            if (chosen.size() < MOST_TESTS) {
                chosen.putIfAbsent(entry.getKey(), entry.getValue());
            }
        }
        return chosen;
    }

    /** The least window in which a notable shift stands out from chance, for the column with the most bins. */
    private static int window(Map<String, Feature> watched, double alpha, double reference, List<Decision> decisions) {
        int bins = watched.values().stream()
                .mapToInt(ObservabilityEngineer::bins)
                .max()
                .orElse(BINS);
        double quantile = Quantiles.chiSquare(1 - alpha, Math.max(1, bins - 1));
        double inverse = NOTABLE_SHIFT / quantile - 1 / reference;
        double rows = inverse > 0 ? 1 / inverse : LARGEST_WINDOW;
        int window = (int) (Math.ceil(Math.max(LEAST_WINDOW, Math.min(LARGEST_WINDOW, rows)) / 100) * 100);
        decisions.add(new Decision(
                "Drift is judged on " + window + " predictions at a time",
                "so many are needed that a stability index of " + Figures.number(NOTABLE_SHIFT)
                        + " stands out from chance with " + bins + " bins; at least " + LEAST_WINDOW + ", at most "
                        + LARGEST_WINDOW,
                List.of(
                        Figures.evidence("rows of the reference", Math.round(reference), "training"),
                        Figures.evidence("columns watched", watched.size(), "feature design"))));
        return window;
    }

    private static List<DriftTest> tests(
            Map<String, Feature> watched, double alpha, double reference, int window, List<Decision> decisions) {
        List<DriftTest> tests = new ArrayList<>();
        for (Map.Entry<String, Feature> entry : watched.entrySet()) {
            Feature feature = entry.getValue();
            tests.add(
                    feature instanceof NumberFeature
                            ? new DriftTest(
                                    entry.getKey(), "ks", round(Quantiles.kolmogorovSmirnov(alpha, reference, window)))
                            : new DriftTest(
                                    entry.getKey(),
                                    "psi",
                                    round(Quantiles.populationStability(alpha, bins(feature), reference, window))));
        }
        tests.add(new DriftTest(
                "prediction", "psi", round(Quantiles.populationStability(alpha, BINS, reference, window))));
        decisions.add(new Decision(
                Figures.count(tests.size(), "drift test", "drift tests") + ", together wrong in "
                        + Figures.percent(FALSE_ALARMS) + " of the windows without drift",
                "each limit is the statistic's quantile without drift for this window (Kolmogorov-Smirnov for numbers; stability"
                        + " index, which is close to a scaled chi-square, for the rest), at " + Figures.percent(alpha)
                        + " each",
                List.of(
                        Figures.evidence("rows of the reference", Math.round(reference), "training"),
                        Figures.evidence("rows of the window", window, "computed"))));
        return List.copyOf(tests);
    }

    private static int bins(Feature feature) {
        return feature instanceof CategoryFeature category
                ? Math.max(2, Math.min(MOST_LEVELS, category.maxLevels())) + 1
                : BINS;
    }

    private static List<Trigger> triggers(ModelEvidence evidence, List<DriftTest> drift, List<Decision> decisions) {
        double rows = Math.max(500, Math.ceil(0.5 * evidence.trainRows()));
        int columns = Math.max(2, (int) Math.ceil(0.1 * drift.size()));
        decisions.add(new Decision(
                "Retraining starts after a loss of " + Figures.percent(TOLERATED_LOSS) + ", " + Figures.number(rows)
                        + " new labelled rows, or drift in " + columns + " columns",
                "half as many rows again can improve a model; drift alone changes a prediction only if several columns move",
                List.of(
                        Figures.evidence("rows trained on", evidence.trainRows(), "training"),
                        Figures.evidence(
                                "gain from the last learning step",
                                lastGain(evidence.evaluation()),
                                "learning curve"))));
        return List.of(
                new Trigger("quality", TOLERATED_LOSS, "relative loss of the leading metric on labelled predictions"),
                new Trigger("rows", rows, "new labelled rows since the last training"),
                new Trigger("drift", columns, "columns that drift in the same window"),
                new Trigger("schedule", 90, "days since the last training, whatever the signals say"));
    }

    private static String lastGain(Evaluation evaluation) {
        int points = evaluation.learningCurve().size();
        if (points < 2) {
            return "not measured";
        }
        double before = evaluation.learningCurve().get(points - 2).value();
        double last = evaluation.learningCurve().get(points - 1).value();
        return Figures.number(evaluation.metric().higherIsBetter() ? last - before : before - last);
    }

    private static double sample(DeploymentDesign deployment, ModelEvidence evidence, List<Decision> decisions) {
        double share = evidence.inputColumns() <= 500 ? 1 : 0.1;
        decisions.add(new Decision(
                Figures.percent(share) + " of the predictions are logged with their features",
                share == 1
                        ? "a row is small, and a full log can be joined with labels later"
                        : "a row has many columns, and a tenth fills the drift windows",
                List.of(
                        Figures.evidence("columns of a request", evidence.inputColumns(), "signature"),
                        Figures.evidence("mode", deployment.mode(), "deployment design"))));
        return share;
    }

    private static double round(double value) {
        return Double.parseDouble(String.format(Locale.ROOT, "%.4g", value));
    }
}
