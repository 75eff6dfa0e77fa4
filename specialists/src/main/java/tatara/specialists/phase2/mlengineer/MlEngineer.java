package tatara.specialists.phase2.mlengineer;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import tatara.core.design.Decision;
import tatara.core.design.FeatureDesign;
import tatara.core.design.Proposal;
import tatara.core.design.TrainingDesign;
import tatara.core.design.TrainingDesign.Calibration;
import tatara.core.design.TrainingDesign.Candidate;
import tatara.core.design.TrainingDesign.Ensemble;
import tatara.core.evidence.FeatureEvidence;
import tatara.core.evidence.ValueCount;
import tatara.core.spec.Spec;
import tatara.core.spec.Task;
import tatara.specialists.Figures;

/**
 * The ML engineer (S5, T1–T4): decides which candidates are trained, on how many rows, how they are validated, joined and
 * calibrated, so that the planned cost keeps to the budget. The design depends on its inputs alone; the clock has no say.
 * Deterministic, thread-safe.
 */
public final class MlEngineer {
    private static final int ROUNDS = 25;
    private static final int MEMBERS = 8;
    private static final long MOST_ROWS = 2_000_000;
    private static final double MATRIX_SHARE_OF_HEAP = 0.4;
    private static final double CANDIDATES_HELD = 12;
    private static final double FIRST_SHARE_OF_BUDGET = 0.2;
    private static final long LEAST_SAMPLE = 20_000;

    public Proposal<TrainingDesign> design(Spec spec, FeatureDesign features, FeatureEvidence evidence) {
        return switch (spec.task()) {
            case BINARY, MULTICLASS, REGRESSION -> table(spec, evidence);
            case FORECAST ->
                fixed(
                        spec,
                        evidence,
                        ForecastPortfolio.candidates(spec, features, evidence),
                        ForecastPortfolio.decisions(spec, features, evidence));
            case ANOMALY ->
                fixed(
                        spec,
                        evidence,
                        AnomalyPortfolio.candidates(spec, features, evidence),
                        AnomalyPortfolio.decisions(spec, features, evidence));
        };
    }

    /** A design whose validation belongs to the learners themselves: rolling windows, or none. */
    private static Proposal<TrainingDesign> fixed(
            Spec spec, FeatureEvidence evidence, List<Candidate> candidates, List<Decision> decisions) {
        double planned =
                candidates.stream().mapToDouble(Candidate::estimatedSeconds).sum();
        TrainingDesign design = new TrainingDesign(
                2,
                1,
                MOST_ROWS,
                threads(evidence),
                candidates,
                new Ensemble(ROUNDS, MEMBERS),
                Calibration.NONE,
                spec.budgetSeconds(),
                planned,
                spec.seed());
        return new Proposal<>(design, decisions);
    }

    private static Proposal<TrainingDesign> table(Spec spec, FeatureEvidence evidence) {
        List<Decision> decisions = new ArrayList<>();
        int threads = threads(evidence);
        long cap = rowCap(spec, evidence, threads);
        double rows = Math.min(evidence.trainRows(), cap);
        int folds = folds(spec, evidence, rows, threads);
        int repeats = rows < 700 ? 2 : 1;
        decisions.add(rows(evidence, cap));
        decisions.add(validation(evidence, rows, folds, repeats));
        TrainingCost cost = new TrainingCost(spec.task(), evidence, rows, folds, repeats, threads);
        TablePortfolio portfolio = new TablePortfolio(spec, evidence, cost, rows);
        decisions.addAll(portfolio.decisions());
        int members = spec.constraints().explainable() ? 1 : MEMBERS;
        Calibration calibration = spec.task().isClassification() ? Calibration.BEST : Calibration.NONE;
        decisions.add(joining(spec, members, rows));
        TrainingDesign design = new TrainingDesign(
                folds,
                repeats,
                cap,
                threads,
                portfolio.candidates(),
                new Ensemble(members == 1 ? 1 : ROUNDS, members),
                calibration,
                spec.budgetSeconds(),
                portfolio.planned(),
                spec.seed());
        return new Proposal<>(design, decisions);
    }

    private static int threads(FeatureEvidence evidence) {
        return Math.max(1, Math.min(evidence.cores(), 16));
    }

    /** As many rows as the heap holds with all out-of-fold predictions, and as the first candidate can learn in its share of the budget. */
    private static long rowCap(Spec spec, FeatureEvidence evidence, int threads) {
        double outputs = spec.task() == Task.MULTICLASS ? evidence.classes().size() : 1;
        double bytes = 4.0 * evidence.width() + 24 + CANDIDATES_HELD * (24 + 8 * outputs);
        double held = MATRIX_SHARE_OF_HEAP * evidence.heapMegabytes() * 1e6 / bytes;
        double sample = 10_000;
        TrainingCost cost = new TrainingCost(spec.task(), evidence, sample, 3, 1, threads);
        double perRow =
                cost.seconds(TrainingDesign.Learner.LIGHTGBM, java.util.Map.of("num_leaves", 15.0), 150) / sample;
        double learnt = Math.max(LEAST_SAMPLE, FIRST_SHARE_OF_BUDGET * spec.budgetSeconds() / perRow);
        double cap = Math.min(MOST_ROWS, Math.min(held, learnt));
        return Math.max(1_000, (long) Double.parseDouble(String.format(Locale.ROOT, "%.2g", cap)));
    }

    private static int folds(Spec spec, FeatureEvidence evidence, double rows, int threads) {
        int folds = rows <= 12_000 ? 8 : rows <= 300_000 ? 5 : 3;
        TrainingCost eight = new TrainingCost(spec.task(), evidence, rows, folds, 1, threads);
        double first = eight.seconds(TrainingDesign.Learner.LIGHTGBM, java.util.Map.of("num_leaves", 15.0), 100);
        if (first > FIRST_SHARE_OF_BUDGET * spec.budgetSeconds()) {
            folds = 3;
        }
        long rarest =
                evidence.classes().stream().mapToLong(ValueCount::count).min().orElse(folds);
        return (int) Math.max(2, Math.min(folds, Math.min((double) Math.max(3, rarest), rows)));
    }

    private static Decision rows(FeatureEvidence evidence, long cap) {
        boolean all = evidence.trainRows() <= cap;
        return new Decision(
                all ? "All training rows are used" : "At most " + cap + " training rows are used, drawn at random",
                all
                        ? "they fit memory and budget"
                        : "more would not fit the heap beside the candidates' predictions, or leave the budget to one candidate",
                List.of(
                        Figures.evidence("training rows", evidence.trainRows(), "features"),
                        Figures.evidence("features", evidence.width(), "features"),
                        Figures.evidence("heap in megabytes", evidence.heapMegabytes(), "machine")));
    }

    private static Decision validation(FeatureEvidence evidence, double rows, int folds, int repeats) {
        List<tatara.core.design.Evidence> measured = new ArrayList<>();
        measured.add(Figures.evidence("training rows used", (long) rows, "features"));
        evidence.classes().stream()
                .min(java.util.Comparator.comparingLong(ValueCount::count))
                .ifPresent(rarest ->
                        measured.add(Figures.evidence("rows of the rarest class", rarest.count(), "features")));
        return new Decision(
                "Every candidate is trained on " + folds + " folds"
                        + (repeats > 1 ? ", " + repeats + " times with other draws" : "")
                        + ", and all of its models are kept",
                "models of several folds averaged are better than one, their predictions of rows left out choose the ensemble"
                        + " without losing rows to a validation set; "
                        + (folds >= 8 ? "few rows allow many folds" : "many rows need fewer folds"),
                measured);
    }

    private static Decision joining(Spec spec, int members, double rows) {
        if (members == 1) {
            return new Decision(
                    "The best candidate alone becomes the model",
                    "the requirement asks for predictions that are sums of few terms",
                    List.of(Figures.evidence("explainable", "true", "requirement")));
        }
        return new Decision(
                "Candidates are joined by greedy selection on out-of-fold predictions"
                        + (spec.task().isClassification()
                                ? "; probabilities are calibrated if that lowers the cross-validated log loss"
                                : ""),
                "a weighted mean of models that err differently is better than the best of them; " + members
                        + " members keep the model quick to score",
                List.of(Figures.evidence("training rows used", (long) rows, "features")));
    }
}
