package tatara.specialists;

import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import tatara.core.design.ProductionDesign;
import tatara.core.design.ProductionDesign.Check;
import tatara.core.design.ProductionDesign.ModelGate;
import tatara.core.design.TrainingDesign;
import tatara.core.design.TrainingDesign.Calibration;
import tatara.core.design.TrainingDesign.Candidate;
import tatara.core.design.TrainingDesign.Learner;
import tatara.core.evidence.FeatureEvidence;
import tatara.core.evidence.ValueCount;
import tatara.core.spec.Spec;
import tatara.core.spec.Task;

/** The training design and the production design. */
final class ModelChecks {
    private static final Set<Learner> OF_STEPS = EnumSet.of(
            Learner.SEASONAL_NAIVE,
            Learner.EXPONENTIAL_SMOOTHING,
            Learner.THETA,
            Learner.SEASONAL_REGRESSION,
            Learner.GLOBAL_BOOSTING);

    /** So many folds are made even of a class with fewer rows, which then is not in every fold. */
    private static final int LEAST_FOLDS = 3;

    private ModelChecks() {}

    static void training(Spec spec, Optional<FeatureEvidence> evidence, TrainingDesign design, Findings findings) {
        List<Candidate> candidates = design.candidates();
        findings.unless(!candidates.isEmpty(), "spec.candidates", "there is no candidate to train");
        findings.distinct(candidates.stream().map(Candidate::id).toList(), "spec.candidates", "id");
        for (int i = 0; i < candidates.size(); i++) {
            candidate(spec, candidates.get(i), "spec.candidates[" + i + "]", findings);
        }
        findings.atLeast(design.trainingRows(), 1, "spec.trainingRows");
        findings.atLeast(design.ensemble().rounds(), 1, "spec.ensemble.rounds");
        findings.atLeast(design.ensemble().maxMembers(), 1, "spec.ensemble.maxMembers");
        findings.unless(design.budgetSeconds() > 0, "spec.budgetSeconds", "a budget is above 0");
        findings.unless(
                design.calibration() == Calibration.NONE
                        || spec.task().isClassification()
                        || spec.task() == Task.ANOMALY,
                "spec.calibration",
                "only probabilities are calibrated; the task is " + FeatureChecks.word(spec.task()));
        evidence.ifPresent(found -> folds(spec, found, design, findings));
    }

    private static void folds(Spec spec, FeatureEvidence evidence, TrainingDesign design, Findings findings) {
        if (spec.task() != Task.FORECAST) {
            findings.unless(
                    design.folds() <= evidence.trainRows(),
                    "spec.folds",
                    design.folds() + " folds of " + evidence.trainRows() + " rows: each fold needs a row");
        }
        if (!spec.task().isClassification()) {
            return;
        }
        for (ValueCount rows : evidence.classes()) {
            if (design.folds() > LEAST_FOLDS && rows.count() < design.folds()) {
                findings.add(
                        "spec.folds",
                        design.folds() + " folds, but class " + Findings.shown(rows.value()) + " has only "
                                + rows.count()
                                + " training rows: each fold needs one of every class (expected: at most "
                                + Math.max(LEAST_FOLDS, rows.count()) + " folds)");
                return;
            }
        }
    }

    private static void candidate(Spec spec, Candidate candidate, String path, Findings findings) {
        boolean steps = OF_STEPS.contains(candidate.learner());
        boolean forest = candidate.learner() == Learner.ISOLATION_FOREST;
        boolean fits = steps == (spec.task() == Task.FORECAST) && (!forest || spec.task() == Task.ANOMALY);
        findings.unless(
                fits,
                path + ".learner",
                FeatureChecks.word(candidate.learner()) + " does not fit the task " + FeatureChecks.word(spec.task()));
        boolean readable = !spec.constraints().explainable() || isReadable(candidate);
        findings.unless(
                readable,
                path + ".learner",
                "the requirement asks for an explainable model, which " + FeatureChecks.word(candidate.learner())
                        + " is not (expected: linear, or trees of one split)");
        candidate
                .parameters()
                .forEach((name, value) -> findings.unless(
                        Double.isFinite(value), path + ".parameters." + name, "a parameter is a finite number"));
    }

    /** Whether every prediction is a sum of one term per column: linear models, and trees of one split each. */
    private static boolean isReadable(Candidate candidate) {
        double leaves = candidate.parameters().getOrDefault("num_leaves", Double.MAX_VALUE);
        double depth = candidate.parameters().getOrDefault("max_depth", Double.MAX_VALUE);
        return switch (candidate.learner()) {
            case LIGHTGBM, XGBOOST -> leaves <= 2 || depth == 1;
            case EXTRA_TREES, GLOBAL_BOOSTING -> false;
            default -> true;
        };
    }

    static void production(Spec spec, ProductionDesign design, Findings findings) {
        findings.distinct(design.gates().stream().map(ModelGate::id).toList(), "spec.gates", "id");
        for (int i = 0; i < design.gates().size(); i++) {
            gate(spec, design.gates().get(i), "spec.gates[" + i + "]", findings);
        }
        findings.atLeast(design.heapMegabytes(), 64, "spec.heapMegabytes");
        findings.atLeast(design.cacheMegabytes(), 0, "spec.cacheMegabytes");
        findings.unless(design.externalTimeoutSeconds() > 0, "spec.externalTimeoutSeconds", "a timeout is above 0");
        findings.atLeast(design.externalAttempts(), 1, "spec.externalAttempts");
    }

    private static void gate(Spec spec, ModelGate gate, String path, Findings findings) {
        boolean needed = gate.check() == Check.GOAL || gate.check() == Check.BEATS_BASELINE;
        findings.unless(!needed || gate.metric().isPresent(), path + ".metric", "this check needs a metric");
        gate.metric()
                .ifPresent(metric -> findings.unless(
                        MetricFit.reported(spec.task()).contains(metric),
                        path + ".metric",
                        metric.key() + " does not fit the task " + FeatureChecks.word(spec.task())));
        findings.unless(Double.isFinite(gate.limit()), path + ".limit", "a limit is a finite number");
    }
}
