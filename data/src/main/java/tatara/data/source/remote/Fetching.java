package tatara.data.source.remote;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.LongConsumer;
import tatara.core.error.CoreErrorCode;
import tatara.core.error.Fault;
import tatara.core.error.TataraException;
import tatara.core.port.Connector;
import tatara.core.port.RemoteObject;
import tatara.core.port.Secrets;
import tatara.core.remote.RemoteErrorCode;
import tatara.data.lake.StorageFailure;

/** Copies several objects at once; the first failure ends all of them. */
final class Fetching {
    private static final int AT_ONCE = 8;
    private static final int MOST_CHANGES = 3;

    private final Connector connector;
    private final Secrets secrets;
    private final Path root;
    private final CopyRecords records;
    private final LongConsumer progress;
    private final AtomicLong bytes = new AtomicLong();
    private final AtomicReference<TataraException> failure = new AtomicReference<>();

    /** @param progress hears the bytes of all objects that are there so far */
    Fetching(Connector connector, Secrets secrets, Path root, CopyRecords records, LongConsumer progress) {
        this.connector = connector;
        this.secrets = secrets;
        this.root = root;
        this.records = records;
        this.progress = progress;
    }

    /** @param objects by relative path */
    void fetch(Map<String, RemoteObject> objects) {
        ExecutorService workers =
                Executors.newFixedThreadPool(Math.max(1, Math.min(AT_ONCE, objects.size())), Fetching::worker);
        try {
            List<Future<?>> futures = new ArrayList<>();
            objects.forEach((path, object) -> futures.add(workers.submit(() -> fetch(path, object))));
            await(futures);
        } finally {
            end(workers);
        }
    }

    private void await(List<Future<?>> futures) {
        for (Future<?> future : futures) {
            try {
                future.get();
            } catch (ExecutionException e) {
                TataraException first = failure.get();
                if (first != null) {
                    throw first;
                }
                throw new IllegalStateException(e.getCause());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw stopped();
            }
        }
    }

    private static void end(ExecutorService workers) {
        workers.shutdownNow();
        try {
            workers.awaitTermination(10, TimeUnit.MINUTES);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void fetch(String path, RemoteObject object) {
        try {
            copy(path, object);
        } catch (TataraException e) {
            failure.compareAndSet(null, e);
            throw e;
        }
    }

    private void copy(String path, RemoteObject first) {
        Path target = root.resolve(path);
        RemoteObject object = first;
        for (int changes = 0; ; changes++) {
            try {
                Files.createDirectories(Objects.requireNonNull(target.getParent()));
                connector.fetch(object, target, secrets, new Counted());
                records.add(CopyRecords.Copy.of(object, path, Files.size(target)));
                return;
            } catch (IOException e) {
                throw StorageFailure.of(e, target);
            } catch (TataraException e) {
                if (e.code() != RemoteErrorCode.OBJECT_CHANGED || changes >= MOST_CHANGES) {
                    throw e;
                }
                object = now(object);
            }
        }
    }

    /** The object as it is now. */
    private RemoteObject now(RemoteObject before) {
        return connector.list(before.uri(), secrets).stream()
                .filter(object -> object.uri().equals(before.uri()))
                .findFirst()
                .orElseThrow(() -> new TataraException(
                        RemoteErrorCode.OBJECT_CHANGED,
                        Fault.of("the object was deleted while it was copied")
                                .at(before.uri())
                                .todo("Run again when nobody writes there")));
    }

    /** Adds an object's bytes to those of all, and ends the copy when another one failed. */
    private final class Counted implements LongConsumer {
        private long before;

        @Override
        public void accept(long there) {
            if (failure.get() != null) {
                throw stopped();
            }
            progress.accept(bytes.addAndGet(there - before));
            before = there;
        }
    }

    private TataraException stopped() {
        failure.compareAndSet(null, cancelled());
        return cancelled();
    }

    private static TataraException cancelled() {
        return new TataraException(CoreErrorCode.CANCELLED, Fault.of("the copying was cancelled"));
    }

    private static Thread worker(Runnable work) {
        Thread thread = new Thread(work, "tatara-copy");
        thread.setDaemon(true);
        return thread;
    }
}
