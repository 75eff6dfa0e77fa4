package tatara.pipeline.execute;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import tatara.core.error.TataraException;
import tatara.core.json.Json;
import tatara.core.run.EventSink;
import tatara.core.run.RunEvent;

/**
 * Runs steps: a step whose result is in the store is not run again. Results are journalled on disk before anything depends on
 * them, so a killed run goes on where it was. Thread-safe.
 */
public final class Execution implements AutoCloseable {
    private final ArtifactStore store;
    private final EventSink events;
    private final LongSupplier nanoTime;
    private final ExecutorService workers;

    /**
     * @param threads independent branches at once, at least 1
     * @param nanoTime monotonic clock
     */
    public Execution(ArtifactStore store, EventSink events, int threads, LongSupplier nanoTime) {
        this.store = store;
        this.events = events;
        this.nanoTime = nanoTime;
        this.workers = Executors.newFixedThreadPool(threads, Execution::worker);
    }

    public EventSink events() {
        return events;
    }

    /** The step's stored result, or what its body gives now. */
    public StepResult step(StepSpec spec, StepBody body) {
        return step(spec, stored -> true, body);
    }

    /**
     * The step's stored result, or what its body gives now.
     *
     * @param holds whether what a stored result points to, outside of the store, is still there; else the step runs again
     */
    public StepResult step(StepSpec spec, Predicate<StepResult> holds, StepBody body) {
        String key = spec.key();
        long start = nanoTime.getAsLong();
        try {
            Optional<StepResult> stored = store.find(key);
            if (stored.isPresent() && !holds.test(stored.get())) {
                store.discard(key);
                stored = Optional.empty();
            }
            if (stored.isPresent()) {
                events.emit(new RunEvent.StepFinished(
                        spec.name(), spec.phase(), 0, true, summary(stored.get().document())));
                return stored.get();
            }
            events.emit(new RunEvent.StepStarted(spec.name(), spec.phase(), spec.title()));
            StepResult result = run(spec, key, body);
            double seconds = (nanoTime.getAsLong() - start) / 1e9;
            events.emit(
                    new RunEvent.StepFinished(spec.name(), spec.phase(), seconds, false, summary(result.document())));
            return result;
        } catch (Exception | OutOfMemoryError e) {
            TataraException failure = Failures.translate(spec.title(), e);
            events.emit(new RunEvent.StepFailed(
                    spec.name(), spec.phase(), failure.fault().toString()));
            throw failure;
        }
    }

    /** Whether the result of a step is in the store. */
    public boolean has(StepSpec spec) {
        try {
            return store.find(spec.key()).isPresent();
        } catch (IOException e) {
            throw Failures.translate(spec.title(), e);
        }
    }

    /** Runs independent branches side by side and gives their results in order; the first failure is thrown when all ended. */
    public <T> List<T> parallel(List<Callable<T>> branches) {
        List<Future<T>> futures = new ArrayList<>();
        for (Callable<T> branch : branches) {
            futures.add(workers.submit(branch));
        }
        List<T> results = new ArrayList<>();
        TataraException failure = null;
        for (Future<T> future : futures) {
            try {
                results.add(future.get());
            } catch (ExecutionException e) {
                failure = failure != null ? failure : Failures.translate("a step", e.getCause());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                workers.shutdownNow();
                throw Failures.translate("the run", e);
            }
        }
        if (failure != null) {
            throw failure;
        }
        return results;
    }

    @Override
    public void close() {
        workers.shutdownNow();
    }

    private StepResult run(StepSpec spec, String key, StepBody body) throws Exception {
        Path partial = store.begin();
        boolean done = false;
        try {
            Json value = body.run(new StepScope(spec.name(), partial, events));
            Json.Obj document =
                    value instanceof Json.Obj object ? object : Json.object().with("value", value);
            StepResult result = store.commit(key, partial, document);
            done = true;
            return result;
        } finally {
            if (!done) {
                ArtifactStore.delete(partial);
            }
        }
    }

    private static String summary(Json.Obj document) {
        return document.find("summary").orElse(Json.NULL) instanceof Json.Str text ? text.value() : "";
    }

    private static Thread worker(Runnable work) {
        Thread thread = new Thread(work, "tatara-step");
        thread.setDaemon(true);
        return thread;
    }
}
