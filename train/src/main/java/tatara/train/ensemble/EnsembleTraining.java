package tatara.train.ensemble;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import tatara.core.design.FeatureDesign.Threshold;
import tatara.core.design.TrainingDesign;
import tatara.core.run.Evaluation.CandidateScore;
import tatara.core.spec.Metric;
import tatara.core.spec.Task;
import tatara.model.calibrate.Calibrator;
import tatara.model.calibrate.NoCalibrator;
import tatara.model.ensemble.Ensemble;
import tatara.model.ensemble.Member;
import tatara.train.evaluate.Metrics;
import tatara.train.evaluate.ThresholdChoice;
import tatara.train.search.TrainedCandidate;
import tatara.train.search.TrainingSet;

/** Joins candidates on their out-of-fold predictions: selects, calibrates, and chooses the decision threshold. */
public final class EnsembleTraining {
    private final TrainingDesign design;
    private final Metric metric;
    private final Optional<Threshold> threshold;

    /**
     * @param metric leads
     * @param threshold for binary: the rule of the decision threshold; even odds without
     */
    public EnsembleTraining(TrainingDesign design, Metric metric, Optional<Threshold> threshold) {
        this.design = design;
        this.metric = metric;
        this.threshold = threshold;
    }

    /** @param candidates trained on the set's folds, at least one */
    public TrainedEnsemble join(TrainingSet set, List<TrainedCandidate> candidates) {
        Task task = set.data().task();
        double[] labels = Arrays.copyOf(set.data().labels(), set.rows());
        Metrics metrics = Metrics.forSearch(task, set.data().classes());
        double[] weights = weights(metrics, task, labels, candidates);
        double[][] joined = join(candidates, weights);
        Calibrator calibrator = task.isClassification()
                ? new CalibratorFit(task, set.data().classes(), labels, joined)
                        .best(design.calibration(), design.seed())
                : new NoCalibrator();
        for (double[] row : joined) {
            calibrator.apply(row);
        }
        ThresholdChoice choice = task == Task.BINARY && threshold.isPresent()
                ? ThresholdChoice.choose(threshold.get(), labels, joined)
                : new ThresholdChoice(0.5, "even odds", true);
        List<Member> members = new ArrayList<>();
        List<CandidateScore> scores = new ArrayList<>();
        double difference = 0;
        for (int i = 0; i < weights.length; i++) {
            TrainedCandidate candidate = candidates.get(i);
            scores.add(new CandidateScore(
                    candidate.id(), candidate.learner(), candidate.value(), weights[i], candidate.seconds()));
            if (weights[i] > 0) {
                members.add(candidate.member(weights[i]));
                difference = Math.max(difference, candidate.difference());
            }
        }
        return new TrainedEnsemble(
                new Ensemble(members, calibrator, set.data().scorerOutputs()),
                joined,
                metrics.of(metric, labels, joined),
                scores,
                choice,
                difference,
                notes(calibrator, choice, set));
    }

    private double[] weights(Metrics metrics, Task task, double[] labels, List<TrainedCandidate> candidates) {
        double[][][] predictions =
                candidates.stream().map(TrainedCandidate::outOfFold).toArray(double[][][]::new);
        Metric loss = task.isClassification() ? Metric.LOG_LOSS : Metric.RMSE;
        return new GreedySelection(metrics, metric, loss, labels, predictions)
                .weights(design.ensemble().rounds(), design.ensemble().maxMembers());
    }

    private static double[][] join(List<TrainedCandidate> candidates, double[] weights) {
        double[][] first = candidates.get(0).outOfFold();
        double[][] joined = new double[first.length][first.length == 0 ? 0 : first[0].length];
        for (int i = 0; i < weights.length; i++) {
            if (weights[i] > 0) {
                double[][] predictions = candidates.get(i).outOfFold();
                for (int row = 0; row < joined.length; row++) {
                    for (int output = 0; output < joined[row].length; output++) {
                        joined[row][output] += weights[i] * predictions[row][output];
                    }
                }
            }
        }
        return joined;
    }

    private static List<String> notes(Calibrator calibrator, ThresholdChoice choice, TrainingSet set) {
        List<String> notes = new ArrayList<>();
        if (set.data().task().isClassification()) {
            notes.add(
                    calibrator instanceof NoCalibrator
                            ? "Probabilities are the ensemble's own: no calibration lowered the cross-validated log loss by 0.1 %."
                            : "Probabilities are calibrated by "
                                    + calibrator
                                            .getClass()
                                            .getSimpleName()
                                            .replace("Calibrator", "")
                                            .toLowerCase(java.util.Locale.ROOT)
                                    + ", fitted to out-of-fold predictions.");
        }
        if (!choice.reached()) {
            notes.add("No threshold meets the rule \"" + choice.rule()
                    + "\" on out-of-fold predictions; the nearest one is used.");
        }
        if (set.notSampled() > 0) {
            notes.add(
                    set.notSampled() + " training rows were left out of a random sample to keep to memory and budget.");
        }
        if (set.withoutTarget() > 0) {
            notes.add(set.withoutTarget() + " rows without a usable target were left out of training.");
        }
        return notes;
    }
}
