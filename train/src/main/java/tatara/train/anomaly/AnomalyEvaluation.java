package tatara.train.anomaly;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import tatara.core.design.FeatureDesign;
import tatara.core.design.TrainingDesign;
import tatara.core.frame.FrameSource;
import tatara.core.run.Evaluation;
import tatara.core.run.Interval;
import tatara.core.spec.Metric;
import tatara.core.spec.Task;
import tatara.train.evaluate.Evaluator;
import tatara.train.evaluate.Metrics;
import tatara.train.evaluate.ThresholdChoice;
import tatara.train.search.TargetReader;

/** What can be said of a detector: with labels how well it ranks, without them only how stable its ranking is. */
final class AnomalyEvaluation {
    private static final int BINS = 40;
    private static final double TOP = 0.01;
    private static final Set<Metric> RANKINGS = Set.of(Metric.ROC_AUC, Metric.AVERAGE_PRECISION, Metric.PRECISION_AT_K);
    private static final Set<String> PROBABILISTIC = Set.of("log_loss", "brier", "ece", "calibration");

    private final FeatureDesign design;
    private final TrainingDesign training;
    private final AnomalyThreshold threshold;
    private final double rankAgreement;
    private final double topAgreement;

    /** Rows with the detector's scores. */
    record Scored(FrameSource rows, double[] scores) {}

    /** @param halves scores of the same rows by forests of two halves of the training rows */
    AnomalyEvaluation(
            FeatureDesign design, TrainingDesign training, AnomalyThreshold threshold, List<double[]> halves) {
        this.design = design;
        this.training = training;
        this.threshold = threshold;
        int rows = halves.get(0).length;
        this.rankAgreement = RankStability.spearman(halves.get(0), halves.get(1));
        this.topAgreement =
                RankStability.topAgreement(halves.get(0), halves.get(1), (int) Math.max(1, Math.round(TOP * rows)));
    }

    Evaluation of(Scored train, Scored holdout) {
        Optional<FeatureDesign.Target> labelled = labelledTarget();
        if (labelled.isPresent()) {
            double[] labels = labels(labelled.get(), holdout.rows());
            boolean both = Arrays.stream(labels).anyMatch(label -> label == 1)
                    && Arrays.stream(labels).anyMatch(label -> label == 0);
            if (both) {
                return labelled(labelled.get(), labels, train, holdout);
            }
        }
        String why = labelled.isPresent() ? "The hold-out has labels of one kind only" : "There are no labels";
        return unlabelled(why, holdout);
    }

    /** The target as a two-class one, the anomalous class last. */
    private Optional<FeatureDesign.Target> labelledTarget() {
        FeatureDesign.Target target = design.target();
        if (target.column().isEmpty() || target.classes().size() != 2) {
            return Optional.empty();
        }
        String positive = target.positive().orElse(target.classes().get(1));
        String other = target.classes().get(target.classes().get(0).equals(positive) ? 1 : 0);
        return Optional.of(new FeatureDesign.Target(
                Task.BINARY, target.column(), List.of(other, positive), Optional.of(positive), false));
    }

    private static double[] labels(FeatureDesign.Target target, FrameSource rows) {
        TargetReader reader = new TargetReader(target);
        double[] labels = new double[Math.toIntExact(rows.rows())];
        int[] next = {0};
        rows.forEach(frame -> {
            System.arraycopy(reader.read(frame), 0, labels, next[0], frame.rows());
            next[0] += frame.rows();
        });
        return labels;
    }

    private Evaluation labelled(FeatureDesign.Target target, double[] labels, Scored train, Scored holdout) {
        Metric metric = metric();
        Metrics metrics = Metrics.forSearch(Task.BINARY, 2);
        double trained = known(metrics, metric, labels(target, train.rows()), train.scores());
        double prevalence = Arrays.stream(labels)
                .filter(label -> !Double.isNaN(label))
                .average()
                .orElse(Double.NaN);
        Evaluator.Context context = new Evaluator.Context(
                new ThresholdChoice(threshold.value(), threshold.rule(), true),
                trained,
                Map.of("random", metric == Metric.ROC_AUC ? 0.5 : prevalence),
                candidates(trained),
                List.of(),
                List.of(),
                notes("Labels only judged the detector; they took no part in training, so that the training rows'"
                        + " figure is no better informed than the hold-out's."));
        Evaluation judged = new Evaluator(binary(target, metric), training.seed())
                .evaluate(labels, columns(holdout.scores()), holdout.rows(), context);
        Map<String, Double> figures = new LinkedHashMap<>(judged.metrics());
        figures.keySet().removeAll(PROBABILISTIC);
        figures.putAll(stability());
        List<Evaluation.Curve> curves = new ArrayList<>(judged.curves());
        curves.removeIf(curve -> PROBABILISTIC.contains(curve.name()));
        curves.add(histogram(holdout.scores()));
        return new Evaluation(
                Task.ANOMALY,
                metric,
                judged.value(),
                trained,
                judged.rows(),
                figures,
                judged.baselines(),
                judged.candidates(),
                judged.threshold(),
                curves,
                judged.segments(),
                List.of(),
                List.of(),
                judged.notes());
    }

    private Metric metric() {
        Metric asked = design.evaluation().metric();
        return RANKINGS.contains(asked) ? asked : Metric.AVERAGE_PRECISION;
    }

    /** The design with two classes instead of anomalies. */
    private FeatureDesign binary(FeatureDesign.Target target, Metric metric) {
        FeatureDesign.Evaluation asked = design.evaluation();
        return new FeatureDesign(
                design.features(),
                design.views(),
                target,
                design.split(),
                new FeatureDesign.Evaluation(
                        metric, asked.others(), asked.baselines(), asked.goals(), asked.threshold(), asked.segments()),
                Optional.empty());
    }

    private static double known(Metrics metrics, Metric metric, double[] labels, double[] scores) {
        int[] known = java.util.stream.IntStream.range(0, labels.length)
                .filter(row -> !Double.isNaN(labels[row]))
                .toArray();
        return metrics.of(
                metric,
                Arrays.stream(known).mapToDouble(row -> labels[row]).toArray(),
                Arrays.stream(known).mapToObj(row -> new double[] {scores[row]}).toArray(double[][]::new));
    }

    private static double[][] columns(double[] scores) {
        return Arrays.stream(scores).mapToObj(score -> new double[] {score}).toArray(double[][]::new);
    }

    private Evaluation unlabelled(String why, Scored holdout) {
        Metric metric = metric();
        Map<String, Double> figures = new LinkedHashMap<>(stability());
        if (holdout.scores().length > 0) {
            double flagged = Arrays.stream(holdout.scores())
                    .filter(score -> score >= threshold.value())
                    .count();
            figures.put("flagged_share", flagged / holdout.scores().length);
        }
        return new Evaluation(
                Task.ANOMALY,
                metric,
                new Interval(Double.NaN, Double.NaN, Double.NaN),
                Double.NaN,
                holdout.scores().length,
                figures,
                Map.of(),
                candidates(Double.NaN),
                Optional.empty(),
                List.of(histogram(holdout.scores())),
                List.of(),
                List.of(),
                List.of(),
                notes(why + ": how many of the flagged rows are true anomalies, and how many are missed, cannot be"
                        + " measured. What can be measured is whether the ranking is stable. Label some flagged and some"
                        + " unflagged rows to learn the rest."));
    }

    private Map<String, Double> stability() {
        Map<String, Double> figures = new LinkedHashMap<>();
        if (!Double.isNaN(rankAgreement)) {
            figures.put("rank_agreement", rankAgreement);
        }
        figures.put("top_agreement", topAgreement);
        return figures;
    }

    private List<Evaluation.CandidateScore> candidates(double value) {
        int count = training.candidates().size();
        return training.candidates().stream()
                .map(candidate -> new Evaluation.CandidateScore(
                        candidate.id(),
                        candidate.learner().name().toLowerCase(Locale.ROOT),
                        value,
                        1.0 / count,
                        candidate.estimatedSeconds()))
                .toList();
    }

    private List<String> notes(String first) {
        return List.of(
                first,
                "Rows with a score from " + String.format(Locale.ROOT, "%.4f", threshold.value())
                        + " on count as anomalies: " + threshold.rule() + ".",
                String.format(
                        Locale.ROOT,
                        "Two detectors, each trained on another half of the rows, rank alike with a rank correlation of"
                                + " %.3f; of the highest 1 %% of one, %.0f %% are among the highest 1 %% of the other.",
                        rankAgreement,
                        100 * topAgreement));
    }

    private static Evaluation.Curve histogram(double[] scores) {
        double[] middle = new double[BINS];
        double[] rows = new double[BINS];
        Arrays.setAll(middle, bin -> (bin + 0.5) / BINS);
        for (double score : scores) {
            rows[(int) Math.max(0, Math.min(BINS - 1, score * BINS))]++;
        }
        return new Evaluation.Curve("anomaly-scores", middle, rows, new double[0]);
    }
}
