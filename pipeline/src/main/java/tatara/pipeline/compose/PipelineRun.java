package tatara.pipeline.compose;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.LongSupplier;
import tatara.core.evidence.GateResult;
import tatara.core.evidence.TableStructure;
import tatara.core.json.JsonText;
import tatara.core.json.RecordCodec;
import tatara.core.run.Lineage;
import tatara.core.spec.Request;
import tatara.core.spec.Spec;
import tatara.pipeline.compose.sentence.SentenceReader;
import tatara.pipeline.execute.AtomicFile;
import tatara.pipeline.execute.Recorder;
import tatara.pipeline.outcome.HandoffRecord;
import tatara.pipeline.outcome.Latest;
import tatara.pipeline.outcome.Replayed;
import tatara.pipeline.outcome.RunOutcome;

/** One run, from what was asked to what came of it: the four phases in their order. */
public final class PipelineRun {
    private final RunContext run;
    private final String id;
    private final Recorder recorder;
    private final Function<RunOutcome, String> report;
    private final LongSupplier nanoTime;
    private final long start;

    public PipelineRun(
            RunContext run, String id, Recorder recorder, Function<RunOutcome, String> report, LongSupplier nanoTime) {
        this.run = run;
        this.id = id;
        this.recorder = recorder;
        this.report = report;
        this.nanoTime = nanoTime;
        this.start = nanoTime.getAsLong();
    }

    /** Looks at the data, reads the sentence against it, and runs. */
    public RunOutcome fromRequest(Request request) {
        String name = Names.of(request, run.workspace());
        run.lineage().begin(name);
        return run.workspace().locked(name, () -> {
            DataPhase.Found found = new DataPhase(run, name).look(request.data());
            Spec read = new SentenceReader().read(request, found.profiles(), found.links());
            return phases(Names.rename(read, name), found);
        });
    }

    /** Runs as a requirement says. */
    public RunOutcome fromSpec(Spec spec) {
        run.lineage().begin(spec.name());
        return run.workspace()
                .locked(spec.name(), () -> phases(spec, new DataPhase(run, spec.name()).look(spec.data())));
    }

    /** Tries the rows of a table again that were set aside, with what people corrected. */
    public Replayed replay(Spec spec, String table) {
        run.lineage().begin(spec.name());
        return run.workspace().locked(spec.name(), () -> new Replay(run, spec).table(table));
    }

    private RunOutcome phases(Spec spec, DataPhase.Found found) {
        AtomicFile.write(run.workspace().requirement(spec.name()), RequirementFile.write(spec));
        HandoffDesk desk = new HandoffDesk(run.workspace(), spec.name(), run.execution());
        DesignedData data = new PhaseOne(run, desk, spec, found).execute();
        Optional<TrainedModel> trained = run.settings().designOnly()
                ? new PhaseTwo(run, desk, spec, data).designOnly()
                : Optional.of(new PhaseTwo(run, desk, spec, data).execute());
        Optional<DeployedModel> live = trained.filter(TrainedModel::passes)
                .map(model -> new PhaseThree(run, desk, spec, data, model).execute());
        live.ifPresent(model -> new PhaseFour(desk, spec, data, model).execute());
        List<TableStructure> structures = new DataPhase(run, spec.name()).structures(found, data.evidence());
        RunOutcome outcome = conclude(spec, data, structures, desk.records(), trained, live);
        trained.ifPresent(
                model -> PhaseOne.refuse(
                        model.gates(),
                        "the model does not pass its gates, so it is not registered",
                        "See " + outcome.report()
                                + "; more data, a longer --budget, or another goal or limit in handoffs/2-production-engineer.yaml may help"));
        return outcome;
    }

    private RunOutcome conclude(
            Spec spec,
            DesignedData data,
            List<TableStructure> structures,
            List<HandoffRecord> handoffs,
            Optional<TrainedModel> trained,
            Optional<DeployedModel> live) {
        List<GateResult> gates = new ArrayList<>(data.gates());
        trained.ifPresent(model -> gates.addAll(model.gates()));
        live.ifPresent(model -> gates.addAll(model.gates()));
        Map<String, String> provenance = new LinkedHashMap<>();
        data.evidence().tables().forEach(table -> table.source()
                .files()
                .forEach(file -> provenance.put("data " + file.place(), file.fingerprint())));
        handoffs.forEach(handoff -> provenance.put(handoff.specialist().fileName(), handoff.key()));
        trained.ifPresent(model -> provenance.put("bundle", model.bundleKey()));
        Latest latest = new Latest(
                id,
                run.clock().instant().toString(),
                trained.map(TrainedModel::evaluation),
                live.map(model -> model.version().version()).orElse(0),
                live.map(model -> model.version().stage()).orElse(""),
                live.map(DeployedModel::endpoint).orElse(""),
                gates,
                (nanoTime.getAsLong() - start) / 1e9,
                recorder.steps(),
                provenance,
                live.map(DeployedModel::exampleRow).orElse(""));
        Path page = run.workspace().report(spec.name());
        LineageRecord record = new LineageRecord(run, spec);
        Lineage lineage = record.draw(latest, data, trained, live);
        RunOutcome outcome =
                new RunOutcome(spec, data.evidence(), structures, handoffs, latest, Optional.of(lineage), page);
        AtomicFile.write(run.workspace().latest(spec.name()), JsonText.write(RecordCodec.write(latest)));
        AtomicFile.write(
                run.workspace().runs(spec.name()).resolve(id + ".json"), JsonText.write(RecordCodec.write(latest)));
        AtomicFile.write(page, report.apply(outcome));
        record.write(lineage, data);
        return outcome;
    }
}
