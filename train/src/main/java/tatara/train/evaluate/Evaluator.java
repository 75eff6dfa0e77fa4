package tatara.train.evaluate;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tatara.core.design.FeatureDesign;
import tatara.core.frame.FrameSource;
import tatara.core.run.Evaluation;
import tatara.core.run.Evaluation.CandidateScore;
import tatara.core.run.Evaluation.Curve;
import tatara.core.run.Evaluation.Importance;
import tatara.core.run.Evaluation.LearningPoint;
import tatara.core.run.Evaluation.ThresholdResult;
import tatara.core.run.Interval;
import tatara.core.spec.Metric;
import tatara.core.spec.Task;

/**
 * Judges a model of a table's target on its hold-out, from stored predictions and labels alone; every figure can be recomputed from
 * them. Immutable, thread-safe.
 */
public final class Evaluator {
    private static final double USUAL_SHARE = 0.1;
    private static final List<Metric> RANKED = List.of(
            Metric.ROC_AUC,
            Metric.AVERAGE_PRECISION,
            Metric.LOG_LOSS,
            Metric.BRIER,
            Metric.ACCURACY,
            Metric.BALANCED_ACCURACY,
            Metric.F1,
            Metric.PRECISION,
            Metric.RECALL,
            Metric.PRECISION_AT_K);
    private static final List<Metric> VALUED = List.of(Metric.RMSE, Metric.MAE, Metric.MAPE, Metric.R2, Metric.SMAPE);

    private final FeatureDesign design;
    private final long seed;

    /** @param seed of bootstrap intervals */
    public Evaluator(FeatureDesign design, long seed) {
        this.design = design;
        this.seed = seed;
    }

    /**
     * What was known before the hold-out was opened, and what was computed beside it.
     *
     * @param threshold for binary
     * @param crossValidated leading metric on out-of-fold predictions
     * @param baselines leading metric of each baseline on the hold-out, by name
     * @param candidates scores on out-of-fold predictions
     * @param importance features by mean absolute contribution, greatest first
     * @param learningCurve metric on the hold-out against training rows
     * @param notes for people
     */
    public record Context(
            ThresholdChoice threshold,
            double crossValidated,
            Map<String, Double> baselines,
            List<CandidateScore> candidates,
            List<Importance> importance,
            List<LearningPoint> learningCurve,
            List<String> notes) {}

    /**
     * Evaluates.
     *
     * @param labels class index or value per row of the hold-out; rows where it is NaN are left out and noted
     * @param predictions calibrated, [row][output]
     * @param segments the same rows, in the same order, with the design's segment columns
     */
    public Evaluation evaluate(double[] labels, double[][] predictions, FrameSource segments, Context context) {
        java.util.BitSet known = new java.util.BitSet();
        for (int row = 0; row < predictions.length; row++) {
            known.set(row, !Double.isNaN(labels[row]));
        }
        List<String> notes = new ArrayList<>(context.notes());
        int unlabelled = predictions.length - known.cardinality();
        if (unlabelled > 0) {
            notes.add(unlabelled + " rows of the hold-out have no usable target and are not part of these figures.");
            return judge(
                    known.stream().mapToDouble(row -> labels[row]).toArray(),
                    known.stream().mapToObj(row -> predictions[row]).toArray(double[][]::new),
                    segments.select(known),
                    context,
                    notes);
        }
        return judge(labels, predictions, segments, context, notes);
    }

    private Evaluation judge(
            double[] labels, double[][] predictions, FrameSource segments, Context context, List<String> notes) {
        Task task = design.target().task();
        Metric metric = design.evaluation().metric();
        Metrics metrics = metrics(context.threshold());
        Interval value = new Intervals(metrics, seed).of(metric, labels, predictions);
        List<Curve> curves = curves(task, labels, predictions);
        Map<String, Double> all = all(metrics, labels, predictions, curves);
        List<Evaluation.Segment> parts = new Segments(metrics, metric, seed, labels, predictions)
                .of(segments, design.evaluation().segments());
        Optional<ThresholdResult> threshold = task == Task.BINARY
                ? Optional.of(confusion(labels, predictions, context.threshold()))
                : Optional.empty();
        return new Evaluation(
                task,
                metric,
                value,
                context.crossValidated(),
                predictions.length,
                all,
                context.baselines(),
                context.candidates(),
                threshold,
                curves,
                parts,
                context.importance(),
                context.learningCurve(),
                notes);
    }

    private Metrics metrics(ThresholdChoice choice) {
        double share = design.evaluation()
                .threshold()
                .filter(threshold -> threshold.rule() == FeatureDesign.Threshold.Rule.TOP_SHARE)
                .map(FeatureDesign.Threshold::value)
                .orElse(USUAL_SHARE);
        Task task = design.target().task();
        int classes = task.isClassification() ? design.target().classes().size() : 0;
        return new Metrics(task, classes, choice.threshold(), share);
    }

    private static Map<String, Double> all(
            Metrics metrics, double[] labels, double[][] predictions, List<Curve> curves) {
        boolean zeroLabel = Arrays.stream(labels).anyMatch(label -> label == 0);
        Map<String, Double> values = new LinkedHashMap<>();
        for (Metric metric : metrics.task().isClassification() ? RANKED : VALUED) {
            double value = metrics.of(metric, labels, predictions);
            if (!Double.isNaN(value) && !(metric == Metric.MAPE && zeroLabel)) {
                values.put(metric.key(), value);
            }
        }
        curves.stream()
                .filter(curve -> curve.name().equals("calibration"))
                .forEach(curve -> values.put("ece", Curves.calibrationError(curve)));
        return values;
    }

    private static List<Curve> curves(Task task, double[] labels, double[][] predictions) {
        if (predictions.length == 0) {
            return List.of();
        }
        return switch (task) {
            case BINARY -> {
                RankedScores ranked = RankedScores.of(labels, 1, predictions, 0);
                double[] scores =
                        Arrays.stream(predictions).mapToDouble(row -> row[0]).toArray();
                yield List.of(
                        Curves.roc(ranked), Curves.precisionRecall(ranked), Curves.bins("calibration", scores, labels));
            }
            case MULTICLASS -> {
                double[] confidence = new double[predictions.length];
                double[] right = new double[predictions.length];
                for (int row = 0; row < predictions.length; row++) {
                    int decided = decided(predictions[row]);
                    confidence[row] = predictions[row][decided];
                    right[row] = decided == labels[row] ? 1 : 0;
                }
                yield List.of(Curves.bins("calibration", confidence, right));
            }
            default -> {
                double[] values =
                        Arrays.stream(predictions).mapToDouble(row -> row[0]).toArray();
                yield List.of(Curves.residuals(labels, predictions), Curves.bins("predicted-actual", values, labels));
            }
        };
    }

    private static int decided(double[] prediction) {
        int best = 0;
        for (int output = 1; output < prediction.length; output++) {
            best = prediction[output] > prediction[best] ? output : best;
        }
        return best;
    }

    private static ThresholdResult confusion(double[] labels, double[][] predictions, ThresholdChoice choice) {
        long[] counts = new long[4];
        for (int row = 0; row < predictions.length; row++) {
            boolean decided = predictions[row][0] >= choice.threshold();
            counts[(labels[row] == 1 ? 0 : 2) + (decided ? 0 : 1)]++;
        }
        long hits = counts[0];
        long misses = counts[1];
        long alarms = counts[2];
        return new ThresholdResult(
                choice.threshold(),
                choice.rule(),
                hits,
                alarms,
                counts[3],
                misses,
                hits + alarms == 0 ? Double.NaN : (double) hits / (hits + alarms),
                hits + misses == 0 ? Double.NaN : (double) hits / (hits + misses));
    }
}
