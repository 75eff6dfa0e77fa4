package tatara.pipeline.outcome;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import tatara.core.evidence.GateResult;
import tatara.core.run.Evaluation;
import tatara.core.run.StepTiming;

/**
 * What the last finished run of a pipeline came to; the file {@code latest.json} of the pipeline.
 *
 * @param run its id
 * @param evaluation of its model; empty if it ended with the design
 * @param modelVersion registered version, 0 if none
 * @param endpoint base URI of the server that answered the live check; empty if there was none
 * @param steps what each step took
 * @param provenance keys of data, documents and code, by name
 * @param exampleRow one recorded row of the model's inputs, as JSON text; empty if there is none
 */
public record Latest(
        String run,
        String finished,
        Optional<Evaluation> evaluation,
        int modelVersion,
        String modelStage,
        String endpoint,
        List<GateResult> gates,
        double seconds,
        List<StepTiming> steps,
        Map<String, String> provenance,
        String exampleRow) {

    public long stepsRun() {
        return steps.stream().filter(step -> !step.reused()).count();
    }

    public long stepsReused() {
        return steps.size() - stepsRun();
    }
}
