package tatara.cli;

import java.util.List;
import java.util.Optional;
import tatara.core.evidence.GateResult;
import tatara.core.json.Json;
import tatara.core.json.JsonText;
import tatara.pipeline.outcome.Latest;
import tatara.pipeline.outcome.RunOutcome;
import tatara.web.report.ReportContent;

/** From a run's outcome to what the report is made of. */
final class Reports {
    private Reports() {}

    static ReportContent content(RunOutcome outcome) {
        Latest latest = outcome.latest();
        List<GateResult> data = latest.gates().stream()
                .filter(gate -> gate.id().startsWith("data."))
                .toList();
        List<GateResult> model =
                latest.gates().stream().filter(gate -> !data.contains(gate)).toList();
        Optional<ReportContent.RegisteredModel> registered = latest.modelVersion() == 0
                ? Optional.empty()
                : Optional.of(new ReportContent.RegisteredModel(
                        outcome.spec().name(),
                        Integer.toString(latest.modelVersion()),
                        latest.modelStage(),
                        Optional.of(latest.endpoint()).filter(endpoint -> !endpoint.isEmpty())));
        return new ReportContent(
                outcome.spec(),
                outcome.evidence(),
                outcome.structures(),
                outcome.handoffs().stream()
                        .map(handoff -> new ReportContent.HandOff(
                                handoff.specialist(),
                                handoff.design(),
                                handoff.decisions(),
                                handoff.key(),
                                handoff.edited()))
                        .toList(),
                data,
                model,
                latest.evaluation(),
                registered,
                latest.steps().stream()
                        .map(step ->
                                new ReportContent.StepTime(step.phase(), step.title(), step.seconds(), step.reused()))
                        .toList(),
                latest.provenance(),
                example(latest),
                outcome.lineage());
    }

    private static Optional<ReportContent.Example> example(Latest latest) {
        if (latest.exampleRow().isEmpty() || !(JsonText.read("example", latest.exampleRow()) instanceof Json.Obj row)) {
            return Optional.empty();
        }
        return Optional.of(new ReportContent.Example(row, Optional.empty()));
    }
}
