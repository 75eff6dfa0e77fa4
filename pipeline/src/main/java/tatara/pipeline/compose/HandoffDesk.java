package tatara.pipeline.compose;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import tatara.core.design.Design;
import tatara.core.design.Proposal;
import tatara.core.design.Specialist;
import tatara.core.error.Problem;
import tatara.core.error.ProblemsException;
import tatara.core.evidence.DataEvidence;
import tatara.core.evidence.FeatureEvidence;
import tatara.core.json.Json;
import tatara.core.json.JsonText;
import tatara.core.json.RecordCodec;
import tatara.core.run.RunEvent;
import tatara.core.spec.Spec;
import tatara.pipeline.execute.AtomicFile;
import tatara.pipeline.execute.ContentKey;
import tatara.pipeline.execute.Execution;
import tatara.pipeline.execute.StepResult;
import tatara.pipeline.execute.StepSpec;
import tatara.pipeline.execute.TextFile;
import tatara.pipeline.execute.Workspace;
import tatara.pipeline.outcome.HandoffRecord;
import tatara.specialists.Consistency;

/**
 * Where specialists lay down their documents and people edit them. A document that was never touched is written anew when what it
 * was made from changes; one that a person edited stays as it is, and its design is what the run uses.
 */
final class HandoffDesk {
    private static final int REVISION = 1;

    private final Workspace workspace;
    private final String pipeline;
    private final Execution execution;
    private final List<HandoffRecord> records = new ArrayList<>();
    private final Map<Specialist, Handoff> documents = new EnumMap<>(Specialist.class);

    HandoffDesk(Workspace workspace, String pipeline, Execution execution) {
        this.workspace = workspace;
        this.pipeline = pipeline;
        this.execution = execution;
    }

    /** The hand-offs taken so far, in order. */
    List<HandoffRecord> records() {
        return List.copyOf(records);
    }

    /**
     * Refuses documents that contradict each other, the requirement or the data.
     *
     * @throws ProblemsException with every contradiction and its line
     */
    void check(Spec spec, Optional<DataEvidence> data, Optional<FeatureEvidence> features) {
        Map<Specialist, Design> designs = new EnumMap<>(Specialist.class);
        documents.forEach((specialist, handoff) ->
                designs.put(specialist, handoff.proposal().design()));
        List<Problem> problems = Consistency.check(spec, data, features, designs);
        List<Problem> placed = new ArrayList<>();
        documents.forEach((specialist, handoff) -> placed.addAll(handoff.withLines(problems.stream()
                .filter(problem -> problem.document().equals(specialist.fileName()))
                .toList())));
        if (!problems.isEmpty()) {
            throw new ProblemsException(placed.size() == problems.size() ? placed : problems);
        }
    }

    /**
     * The specialist's hand-off as it is to be used.
     *
     * @param reads names and content keys of what the specialist looks at
     * @param propose asks the specialist; not called if it was asked the same before
     */
    <D extends Design> Handed<D> handOff(
            Specialist specialist, Class<D> type, List<Read> reads, Supplier<Proposal<D>> propose) {
        StepResult step = execution.step(designStep(specialist, reads), scope -> {
            Proposal<D> proposal = propose.get();
            return Json.object()
                    .with("yaml", HandoffFile.write(specialist, reads, proposal))
                    .with("summary", proposal.decisions().size() + " decisions");
        });
        String proposed = step.document().find("yaml").orElse(Json.NULL) instanceof Json.Str text ? text.value() : "";
        Path file = workspace.handoffs(pipeline).resolve(specialist.fileName());
        String current = Files.exists(file) ? TextFile.read(file) : "";
        boolean edited = !current.isEmpty() && !current.equals(proposed) && !wasProposed(specialist, current);
        String used = edited ? current : proposed;
        if (!edited && !current.equals(proposed)) {
            remember(specialist, proposed);
            AtomicFile.write(file, proposed);
        }
        if (edited) {
            execution.events().emit(new RunEvent.Note(specialist.key(), "using your edit of " + specialist.fileName()));
        }
        Handoff handoff = HandoffFile.readHandoff(specialist, file.toString(), used);
        Proposal<?> proposal = handoff.proposal();
        D design = type.cast(proposal.design());
        documents.put(specialist, handoff);
        HandoffRecord record = new HandoffRecord(
                specialist, design, ContentKey.of(RecordCodec.write(design)), edited, proposal.decisions());
        records.add(record);
        return new Handed<>(design, record);
    }

    private static StepSpec designStep(Specialist specialist, List<Read> reads) {
        List<String> inputs = new ArrayList<>();
        for (Read read : reads) {
            inputs.add(read.name());
            inputs.add(read.hash());
        }
        String title = "design by the " + specialist.key().replace('-', ' ');
        return new StepSpec("design:" + specialist.key(), specialist.phase(), title, REVISION, inputs);
    }

    private boolean wasProposed(Specialist specialist, String text) {
        return proposals(specialist).contains(ContentKey.of(text));
    }

    /** Before the document itself is written: a kill between the two leaves a document that is known. */
    private void remember(Specialist specialist, String text) {
        Set<String> keys = new LinkedHashSet<>(proposals(specialist));
        if (keys.add(ContentKey.of(text))) {
            AtomicFile.write(state(specialist), JsonText.write(Json.strings(keys)));
        }
    }

    private Set<String> proposals(Specialist specialist) {
        Path file = state(specialist);
        Set<String> keys = new LinkedHashSet<>();
        if (Files.exists(file) && JsonText.read(file.toString(), TextFile.read(file)) instanceof Json.Arr array) {
            for (Json item : array.items()) {
                if (item instanceof Json.Str text) {
                    keys.add(text.value());
                }
            }
        }
        return keys;
    }

    private Path state(Specialist specialist) {
        return workspace.pipeline(pipeline).resolve(".state").resolve(specialist.key() + ".json");
    }
}
