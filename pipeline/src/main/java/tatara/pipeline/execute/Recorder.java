package tatara.pipeline.execute;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import tatara.core.run.EventSink;
import tatara.core.run.RunEvent;
import tatara.core.run.StepTiming;

/** Keeps what each step took. Thread-safe. */
public final class Recorder implements EventSink {
    private final List<StepTiming> steps = new ArrayList<>();
    private final Map<String, String> titles = new HashMap<>();

    @Override
    public synchronized void emit(RunEvent event) {
        if (event instanceof RunEvent.StepStarted started) {
            titles.put(started.step(), started.title());
        } else if (event instanceof RunEvent.StepFinished finished) {
            String title = titles.getOrDefault(finished.step(), finished.step());
            steps.add(new StepTiming(finished.step(), finished.phase(), title, finished.seconds(), finished.cached()));
        }
    }

    public synchronized List<StepTiming> steps() {
        return List.copyOf(steps);
    }
}
