package tatara.pipeline.execute;

import java.nio.file.Path;
import tatara.core.run.EventSink;
import tatara.core.run.RunEvent;

/**
 * What a running step may use.
 *
 * @param step its name
 * @param directory an empty directory that becomes part of the result when the step ends well
 * @param events where progress goes
 */
public record StepScope(String step, Path directory, EventSink events) {
    public void progress(long done, long total, String unit) {
        events.emit(new RunEvent.Progress(step, done, total, unit));
    }

    public void note(String message) {
        events.emit(new RunEvent.Note(step, message));
    }
}
