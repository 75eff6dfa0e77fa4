package tatara.data.lineage;

import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import tatara.core.evidence.TableProfile;
import tatara.core.json.Json;
import tatara.core.json.JsonText;
import tatara.core.run.EventSink;
import tatara.core.run.Lineage;
import tatara.core.run.RunEvent;
import tatara.data.lake.StorageFailure;

/**
 * A run as OpenLineage events (specification 2-0-2), one JSON line each: START when a step begins, FAIL when it fails, COMPLETE with its
 * datasets when the lineage of the run is known, or without them if the run ends before that; and the same of the run itself, the parent of
 * all its steps. Run ids are made from the run's name, so the same run has the same ids. Thread-safe.
 */
public final class LineageEvents implements EventSink, AutoCloseable {
    private static final String NAMESPACE = "tatara";

    private final String run;
    private final Clock clock;
    private final Path home;
    private final BufferedWriter out;
    private final Optional<LineageSender> sender;
    private final List<Waiting> complete = new ArrayList<>();
    private final java.util.Set<String> started = new java.util.HashSet<>();
    private Optional<String> pipeline = Optional.empty();
    private Optional<String> failure = Optional.empty();
    private Optional<DatasetDocuments> datasets = Optional.empty();

    /** A step that ended well, and when. */
    private record Waiting(String step, String time) {}

    /**
     * @param home of the lake's tables; the file is {@code logs/openlineage/RUN.jsonl} below it
     * @param sender to a server as well
     * @throws IOException if the file can't be written
     */
    public LineageEvents(Path home, String run, Clock clock, Optional<LineageSender> sender) throws IOException {
        Path file = home.resolve("logs").resolve("openlineage").resolve(run + ".jsonl");
        Files.createDirectories(home.resolve("logs").resolve("openlineage"));
        this.out = Files.newBufferedWriter(
                file, StandardCharsets.UTF_8, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        this.home = home;
        this.run = run;
        this.clock = clock;
        this.sender = sender;
    }

    /** Tells whose run it is, before its first step. */
    public synchronized void begin(String name) {
        if (pipeline.isEmpty()) {
            pipeline = Optional.of(name);
            write(event("START", now(), Optional.empty(), Optional.empty()));
        }
    }

    /** Tells what the run's tables are and where their columns come from. */
    public synchronized void describe(Lineage lineage, List<TableProfile> profiles) {
        datasets = Optional.of(
                new DatasetDocuments(lineage, profiles, home.resolve("lake").toString(), NAMESPACE));
        flush();
    }

    @Override
    public synchronized void emit(RunEvent event) {
        if (event instanceof RunEvent.StepStarted begun) {
            start(begun.step());
        } else if (event instanceof RunEvent.StepFinished finished) {
            start(finished.step());
            complete.add(new Waiting(finished.step(), now()));
            datasets.ifPresent(known -> flush());
        } else if (event instanceof RunEvent.StepFailed failed) {
            start(failed.step());
            failure = Optional.of(failed.message());
            write(event("FAIL", now(), Optional.of(failed.step()), failure));
        }
    }

    /** Tells that the run ended without what was asked for. */
    public synchronized void fail(String message) {
        failure = Optional.of(message);
    }

    private void start(String step) {
        if (started.add(step)) {
            write(event("START", now(), Optional.of(step), Optional.empty()));
        }
    }

    private void flush() {
        for (Waiting waiting : complete) {
            Json.Obj event = event("COMPLETE", waiting.time(), Optional.of(waiting.step()), Optional.empty());
            write(datasets.map(known -> known.with(event, waiting.step())).orElse(event));
        }
        complete.clear();
    }

    private String now() {
        return clock.instant().toString();
    }

    private Json.Obj event(String type, String time, Optional<String> step, Optional<String> error) {
        String name = pipeline.orElse("unnamed");
        Json.Obj facets = Json.object()
                .with(
                        "processing_engine",
                        Facets.engine(Optional.ofNullable(
                                        LineageEvents.class.getPackage().getImplementationVersion())
                                .orElse("development")));
        if (step.isPresent()) {
            facets = facets.with("parent", Facets.parent(id(""), NAMESPACE, name));
        }
        if (error.isPresent()) {
            facets = facets.with("errorMessage", Facets.error(error.get()));
        }
        Json.Obj job = Json.object()
                .with("namespace", NAMESPACE)
                .with("name", step.map(each -> name + "." + each).orElse(name))
                .with("facets", Json.object().with("jobType", Facets.jobType(step.isPresent() ? "STEP" : "PIPELINE")));
        return Json.object()
                .with("eventTime", time)
                .with("producer", Facets.PRODUCER)
                .with("schemaURL", Facets.EVENT)
                .with("eventType", type)
                .with("run", Json.object().with("runId", id(step.orElse(""))).with("facets", facets))
                .with("job", job);
    }

    private String id(String step) {
        return UUID.nameUUIDFromBytes((home + "\n" + run + "\n" + step).getBytes(StandardCharsets.UTF_8))
                .toString();
    }

    private void write(Json.Obj event) {
        String line = JsonText.write(event);
        try {
            out.write(line);
            out.newLine();
            out.flush();
        } catch (IOException e) {
            throw StorageFailure.of(e, home);
        }
        sender.ifPresent(server -> server.send(line));
    }

    /** Events that a server did not take; 0 without one. */
    public int dropped() {
        return sender.map(LineageSender::dropped).orElse(0);
    }

    /** Ends the run: COMPLETE, or FAIL with the last message. */
    @Override
    public synchronized void close() throws IOException {
        try (BufferedWriter closing = out) {
            flush();
            if (pipeline.isPresent() || failure.isPresent()) {
                Json.Obj event = event(failure.isPresent() ? "FAIL" : "COMPLETE", now(), Optional.empty(), failure);
                write(datasets.map(known -> known.withRun(event)).orElse(event));
            }
            closing.flush();
        } finally {
            sender.ifPresent(LineageSender::close);
        }
    }
}
