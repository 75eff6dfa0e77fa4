package tatara.data.files;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import tatara.core.error.CoreErrorCode;
import tatara.core.error.Fault;
import tatara.core.error.TataraException;

/** Does the same with many files on all processors. */
public final class FileWork {
    private FileWork() {}

    /** What is done with one of them. */
    @FunctionalInterface
    public interface Step<T, R> {
        /** @param digest this thread's own */
        R apply(T item, FileDigest digest) throws IOException;
    }

    /**
     * The results in the order of the items. After a failure nothing more is begun, and the failure of the first item that failed is thrown.
     *
     * @param algorithm of the digests, as {@link java.security.MessageDigest} names it
     */
    public static <T, R> List<R> each(List<T> items, String algorithm, Step<T, R> step) throws IOException {
        int threads = Math.max(1, Math.min(Runtime.getRuntime().availableProcessors(), items.size()));
        Map<Integer, R> results = new ConcurrentHashMap<>();
        AtomicInteger next = new AtomicInteger();
        ExecutorService workers = Executors.newFixedThreadPool(threads);
        try {
            Callable<Boolean> worker = () -> {
                FileDigest digest = new FileDigest(algorithm);
                for (int i = next.getAndIncrement(); i < items.size(); i = next.getAndIncrement()) {
                    try {
                        results.put(i, step.apply(items.get(i), digest));
                    } catch (IOException | RuntimeException e) {
                        next.set(items.size());
                        throw e;
                    }
                }
                return true;
            };
            for (Future<Boolean> future : workers.invokeAll(Collections.nCopies(threads, worker))) {
                future.get();
            }
            List<R> ordered = new ArrayList<>(items.size());
            for (int i = 0; i < items.size(); i++) {
                ordered.add(Objects.requireNonNull(results.get(i)));
            }
            return ordered;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new TataraException(CoreErrorCode.CANCELLED, Fault.of("cancelled: reading files"), e);
        } catch (ExecutionException e) {
            throw thrown(Objects.requireNonNull(e.getCause()));
        } finally {
            workers.shutdownNow();
        }
    }

    private static RuntimeException thrown(Throwable cause) throws IOException {
        if (cause instanceof IOException failure) {
            throw failure;
        }
        if (cause instanceof RuntimeException failure) {
            return failure;
        }
        throw (Error) cause;
    }
}
