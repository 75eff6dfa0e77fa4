package tatara.pipeline.compose;

import java.util.List;
import tatara.core.run.Evaluation;

/** Evaluations without what differs from run to run. */
final class Portable {
    private Portable() {}

    /** The seconds that candidates took are left out: designs made from this must be the same on every run. */
    static Evaluation evaluation(Evaluation evaluation) {
        List<Evaluation.CandidateScore> candidates = evaluation.candidates().stream()
                .map(candidate -> new Evaluation.CandidateScore(
                        candidate.id(), candidate.learner(), candidate.value(), candidate.weight(), 0))
                .toList();
        return new Evaluation(
                evaluation.task(),
                evaluation.metric(),
                evaluation.value(),
                evaluation.crossValidated(),
                evaluation.rows(),
                evaluation.metrics(),
                evaluation.baselines(),
                candidates,
                evaluation.threshold(),
                List.of(),
                evaluation.segments(),
                evaluation.importance(),
                evaluation.learningCurve(),
                List.of());
    }
}
