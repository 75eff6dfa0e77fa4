package tatara.serve.rest;

import com.linecorp.armeria.common.AggregatedHttpRequest;
import com.linecorp.armeria.common.AggregatedHttpResponse;
import com.linecorp.armeria.common.HttpRequest;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.server.HttpService;
import com.linecorp.armeria.server.ServiceRequestContext;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import tatara.core.error.TataraException;

/**
 * The threads that answer: a few, behind a bounded queue and a budget of bytes. What does not fit is refused at once, so that the
 * server stays quick for the rest. A request whose deadline passed while it waited is not begun.
 */
final class Workers implements AutoCloseable {
    private final ThreadPoolExecutor pool;
    private final AtomicLong heldBytes = new AtomicLong();
    private final long maxHeldBytes;

    /** What a route does, on a worker's thread. */
    @FunctionalInterface
    interface Route {
        AggregatedHttpResponse answer(ServiceRequestContext ctx, AggregatedHttpRequest request);
    }

    Workers(ServerSettings settings) {
        int threads = Math.max(2, Runtime.getRuntime().availableProcessors());
        AtomicInteger number = new AtomicInteger();
        pool = new ThreadPoolExecutor(
                threads, threads, 0, TimeUnit.SECONDS, new ArrayBlockingQueue<>(settings.queueLimit()), work -> {
                    Thread thread = new Thread(work, "scoring-" + number.incrementAndGet());
                    thread.setDaemon(true);
                    return thread;
                });
        maxHeldBytes =
                Math.max(2 * settings.maxBodyBytes(), Runtime.getRuntime().maxMemory() / 8);
    }

    /** The route as a service that takes JSON. */
    HttpService json(Route route) {
        return (ctx, request) -> {
            RequestBody.checkType(request.headers());
            return serve(ctx, request, route);
        };
    }

    /** The route as a service that does not look at the body. */
    HttpService plain(Route route) {
        return (ctx, request) -> serve(ctx, request, route);
    }

    int waiting() {
        return pool.getQueue().size();
    }

    /** Lets the work that began end, for five seconds at most. */
    @Override
    public void close() {
        pool.shutdown();
        try {
            if (!pool.awaitTermination(5, TimeUnit.SECONDS)) {
                pool.shutdownNow();
            }
        } catch (InterruptedException e) {
            pool.shutdownNow();
            Thread.currentThread().interrupt();
        }
    }

    private HttpResponse serve(ServiceRequestContext ctx, HttpRequest request, Route route) {
        AtomicLong held = new AtomicLong();
        CompletableFuture<AggregatedHttpResponse> answer = request.peekData(data -> hold(held, data.length()))
                .aggregate()
                .thenCompose(whole -> submit(ctx, whole, route))
                .whenComplete((response, failure) -> heldBytes.addAndGet(-held.get()));
        return HttpResponse.of(answer.thenApply(AggregatedHttpResponse::toHttpResponse));
    }

    private void hold(AtomicLong held, int bytes) {
        held.addAndGet(bytes);
        if (heldBytes.addAndGet(bytes) > maxHeldBytes) {
            throw Refusals.overloaded("too many large requests at once");
        }
    }

    private CompletableFuture<AggregatedHttpResponse> submit(
            ServiceRequestContext ctx, AggregatedHttpRequest request, Route route) {
        try {
            return CompletableFuture.supplyAsync(
                    () -> {
                        if (ctx.isCancelled()) {
                            throw new CancellationException();
                        }
                        return route.answer(ctx, request);
                    },
                    pool);
        } catch (RejectedExecutionException e) {
            TataraException refusal = Refusals.overloaded("too many requests are waiting");
            refusal.addSuppressed(e);
            return CompletableFuture.failedFuture(refusal);
        }
    }
}
