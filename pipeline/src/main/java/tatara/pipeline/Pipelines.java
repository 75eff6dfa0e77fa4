package tatara.pipeline;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import tatara.core.error.Fault;
import tatara.core.error.TataraException;
import tatara.core.port.ModelRegistry;
import tatara.core.run.EventSink;
import tatara.core.run.RunEvent;
import tatara.core.spec.Request;
import tatara.core.spec.Spec;
import tatara.data.lake.Lake;
import tatara.data.lineage.LineageEvents;
import tatara.data.lineage.LineageSender;
import tatara.data.source.remote.RemoteAccess;
import tatara.pipeline.compose.PipelineRun;
import tatara.pipeline.compose.RequirementFile;
import tatara.pipeline.compose.RunContext;
import tatara.pipeline.execute.ArtifactStore;
import tatara.pipeline.execute.EventLog;
import tatara.pipeline.execute.ExecuteErrorCode;
import tatara.pipeline.execute.Execution;
import tatara.pipeline.execute.Failures;
import tatara.pipeline.execute.Lazy;
import tatara.pipeline.execute.Recorder;
import tatara.pipeline.execute.RunSettings;
import tatara.pipeline.execute.TextFile;
import tatara.pipeline.execute.Workspace;
import tatara.pipeline.outcome.Replayed;
import tatara.pipeline.outcome.RunOutcome;

/** Starts runs. The way of a run, phase by phase, is in {@link PipelineRun}. */
public final class Pipelines {
    private static final DateTimeFormatter RUN_ID =
            DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss-SSS", Locale.ROOT).withZone(ZoneOffset.UTC);

    private final Workspace workspace;
    private final Lazy<Lake> lake;
    private final RemoteAccess remote;
    private final Lazy<ModelRegistry> registry;
    private final EventSink listener;
    private final Function<RunOutcome, String> report;
    private final Supplier<Optional<LineageSender>> lineage;
    private final Clock clock;
    private final LongSupplier nanoTime;

    /**
     * @param remote reads data from outside this machine
     * @param listener hears every event, beside the log
     * @param report renders a run for people
     * @param lineage a server of OpenLineage that hears of runs, one sender for each
     * @param nanoTime monotonic clock
     */
    public Pipelines(
            Workspace workspace,
            Lazy<Lake> lake,
            RemoteAccess remote,
            Lazy<ModelRegistry> registry,
            EventSink listener,
            Function<RunOutcome, String> report,
            Supplier<Optional<LineageSender>> lineage,
            Clock clock,
            LongSupplier nanoTime) {
        this.workspace = workspace;
        this.lake = lake;
        this.remote = remote;
        this.registry = registry;
        this.listener = listener;
        this.report = report;
        this.lineage = lineage;
        this.clock = clock;
        this.nanoTime = nanoTime;
    }

    /** From a sentence and data. */
    public RunOutcome run(Request request, RunSettings settings) {
        return within(settings, run -> run.fromRequest(request));
    }

    /** An existing pipeline again, as its requirement says. */
    public RunOutcome rerun(String name, RunSettings settings) {
        Spec spec = new Catalogue(workspace).spec(name);
        return within(settings, run -> run.fromSpec(spec));
    }

    /** A requirement file of the user's own. */
    public RunOutcome runFile(Path file, RunSettings settings) {
        if (!Files.exists(file)) {
            throw new TataraException(
                    ExecuteErrorCode.PIPELINE_NOT_FOUND,
                    Fault.of("there is no such requirement file")
                            .at(file.toString())
                            .expecting("a requirement.yaml")
                            .todo("Check the path, or ask with a sentence: tatara run \"SENTENCE\" --data PATH"));
        }
        Spec spec = RequirementFile.read(file.toString(), TextFile.read(file));
        return within(settings, run -> run.fromSpec(spec));
    }

    /**
     * Tries the rows of a table again that were set aside: with corrected cells from the quarantine file, and the hand-off as it is now. Rows that
     * pass are in the processed table afterwards; models learn of them with the next run.
     */
    public Replayed replay(String name, String table, RunSettings settings) {
        Spec spec = new Catalogue(workspace).spec(name);
        return within(settings, run -> run.replay(spec, table));
    }

    private <T> T within(RunSettings settings, Function<PipelineRun, T> work) {
        workspace.create();
        String id = RUN_ID.format(clock.instant());
        ArtifactStore store = new ArtifactStore(workspace.artifacts());
        Recorder recorder = new Recorder();
        LineageEvents told = null;
        try (EventLog log = new EventLog(workspace.home().resolve("logs").resolve(id + ".jsonl"), clock, id);
                LineageEvents events = new LineageEvents(workspace.home(), id, clock, lineage.get())) {
            told = events;
            store.sweep();
            List<EventSink> sinks = List.of(log, recorder, events, listener);
            EventSink all = event -> sinks.forEach(sink -> sink.emit(event));
            try (Execution execution = new Execution(store, all, settings.threads(), nanoTime)) {
                RunContext context =
                        new RunContext(workspace, execution, lake, remote, registry, settings, events, clock, nanoTime);
                return work.apply(new PipelineRun(context, id, recorder, report, nanoTime));
            } catch (TataraException e) {
                events.fail(e.fault().toString());
                throw e;
            } catch (RuntimeException | OutOfMemoryError e) {
                events.fail(e.toString());
                throw e;
            }
        } catch (IOException e) {
            throw Failures.translate("the run", e);
        } finally {
            if (told != null && told.dropped() > 0) {
                listener.emit(new RunEvent.Note(
                        "lineage", told.dropped() + " lineage events did not reach the server at OPENLINEAGE_URL"));
            }
        }
    }
}
