package tatara.pipeline.execute;

import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import tatara.core.json.Json;
import tatara.core.json.JsonText;
import tatara.core.json.RecordCodec;
import tatara.core.run.EventSink;
import tatara.core.run.RunEvent;

/** The log of a run: every event as one JSON line with time, level and run id. Thread-safe. */
public final class EventLog implements EventSink, AutoCloseable {
    private final BufferedWriter out;
    private final Clock clock;
    private final String run;

    public EventLog(Path file, Clock clock, String run) throws IOException {
        Files.createDirectories(file.getParent());
        this.out = Files.newBufferedWriter(file, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        this.clock = clock;
        this.run = run;
    }

    @Override
    public synchronized void emit(RunEvent event) {
        Json.Obj line = Json.object()
                .with("time", clock.instant().toString())
                .with("level", event instanceof RunEvent.StepFailed ? "error" : "info")
                .with("run", run);
        if (RecordCodec.write(event) instanceof Json.Obj members) {
            for (var member : members.members().entrySet()) {
                line = line.with(member.getKey(), member.getValue());
            }
        }
        try {
            out.write(JsonText.write(line));
            out.newLine();
            out.flush();
        } catch (IOException e) {
            throw Failures.translate("writing the run's log", e);
        }
    }

    @Override
    public synchronized void close() throws IOException {
        out.close();
    }
}
