package tatara.train.ensemble;

import java.util.List;
import tatara.core.run.Evaluation.CandidateScore;
import tatara.model.ensemble.Ensemble;
import tatara.train.evaluate.ThresholdChoice;

/**
 * The joined model with what is known of it before the hold-out is opened.
 *
 * @param outOfFold calibrated out-of-fold predictions of the training rows, [row][output]
 * @param value of the leading metric on them
 * @param candidates every trained candidate's own value and its weight, in the order tried
 * @param threshold for binary: the decision threshold; 0.5 otherwise
 * @param difference greatest difference between a native library's predictions and the Java scorer's, over the members
 * @param notes for people
 */
public record TrainedEnsemble(
        Ensemble ensemble,
        double[][] outOfFold,
        double value,
        List<CandidateScore> candidates,
        ThresholdChoice threshold,
        double difference,
        List<String> notes) {
    public TrainedEnsemble {
        candidates = List.copyOf(candidates);
        notes = List.copyOf(notes);
    }
}
