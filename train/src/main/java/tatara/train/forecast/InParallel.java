package tatara.train.forecast;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntConsumer;
import tatara.core.error.Fault;
import tatara.core.error.TataraException;

/** Runs independent pieces of work, numbered from 0, on a few threads. */
final class InParallel {
    private final int threads;

    InParallel(int threads) {
        this.threads = threads;
    }

    /** Returns when all are done; the first failure is thrown. */
    void each(int count, IntConsumer work) {
        AtomicInteger next = new AtomicInteger();
        Runnable worker = () -> {
            for (int i = next.getAndIncrement(); i < count; i = next.getAndIncrement()) {
                if (Thread.currentThread().isInterrupted()) {
                    throw cancelled();
                }
                work.accept(i);
            }
        };
        int workers = Math.min(threads, count);
        if (workers <= 1) {
            worker.run();
            return;
        }
        ExecutorService pool = Executors.newFixedThreadPool(workers);
        try {
            List<Future<?>> running = new ArrayList<>();
            for (int i = 0; i < workers; i++) {
                running.add(pool.submit(worker));
            }
            for (Future<?> one : running) {
                one.get();
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw cancelled();
        } catch (ExecutionException failed) {
            if (failed.getCause() instanceof RuntimeException cause) {
                throw cause;
            }
            throw new IllegalStateException("work failed", failed.getCause());
        } finally {
            pool.shutdownNow();
        }
    }

    private static TataraException cancelled() {
        return new TataraException(ForecastTrainingErrorCode.CANCELLED, Fault.of("Training was interrupted"));
    }
}
