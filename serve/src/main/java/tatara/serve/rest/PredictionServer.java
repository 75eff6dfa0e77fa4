package tatara.serve.rest;

import com.linecorp.armeria.common.SessionProtocol;
import com.linecorp.armeria.common.logging.RequestLogProperty;
import com.linecorp.armeria.common.util.Exceptions;
import com.linecorp.armeria.server.Server;
import com.linecorp.armeria.server.ServerBuilder;
import com.linecorp.armeria.server.encoding.EncodingService;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import tatara.core.error.Fault;
import tatara.core.error.TataraException;

/**
 * Answers predictions over HTTP/1.1 and HTTP/2 on one port (V1). Routes: {@code /predict/NAME}, {@code /v2/…}, {@code /invocations/NAME},
 * {@code /feedback/NAME}, {@code /health/…}, {@code /metrics}, {@code /docs}, and the pages handed in. Every error is
 * {@code {"error": "…"}} with its status. Reading and scoring happen on a few threads behind a bounded queue, never on the event
 * loop. Thread-safe.
 */
public final class PredictionServer implements AutoCloseable {
    private static final Duration QUIET = Duration.ofMillis(100);

    private final Server server;
    private final ServerSettings settings;
    private final PageRoutes pages;
    private final Workers workers;
    private final Metrics metrics;
    private final ServerParts parts;
    private final AtomicInteger active;

    private PredictionServer(
            Server server,
            ServerSettings settings,
            PageRoutes pages,
            Workers workers,
            Metrics metrics,
            ServerParts parts,
            AtomicInteger active) {
        this.server = server;
        this.settings = settings;
        this.pages = pages;
        this.workers = workers;
        this.metrics = metrics;
        this.parts = parts;
        this.active = active;
    }

    /**
     * Starts to listen; the server answers when this returns.
     *
     * @throws TataraException {@link RestErrorCode#ADDRESS_UNAVAILABLE} if the port is in use or the host is not this machine's,
     *     {@link RestErrorCode#TOKEN_REQUIRED} if others could reach it and there is no token
     */
    public static PredictionServer start(ServerSettings settings, ServerParts parts) {
        Door door = Door.of(settings);
        Metrics metrics = new Metrics(parts.models(), parts.predictions());
        Workers workers = new Workers(settings);
        metrics.watch(workers);
        PageRoutes pages = new PageRoutes(parts, metrics);
        Scoring scoring = new Scoring(settings.maxRows(), parts, metrics);
        ServerBuilder builder = listening(settings);
        Routes routes = new Routes();
        bind(routes, settings, parts, scoring, workers, metrics);
        pages.bind(routes, workers);
        routes.bind(builder, workers.plain((ctx, request) -> pages.page(ctx)));
        builder.decorator(EncodingService.newDecorator());
        builder.decorator(door);
        AtomicInteger active = new AtomicInteger();
        builder.decorator((next, ctx, request) -> {
            active.incrementAndGet();
            ctx.log().addListener((property, log) -> {
                if (property == RequestLogProperty.ALL_COMPLETE) {
                    active.decrementAndGet();
                    metrics.count(ctx, log);
                }
            });
            return next.serve(ctx, request);
        });
        Server server = builder.build();
        try {
            server.start().join();
        } catch (CompletionException e) {
            workers.close();
            metrics.close();
            throw unavailable(settings, Exceptions.peel(e));
        }
        return new PredictionServer(server, settings, pages, workers, metrics, parts, active);
    }

    /**
     * Finds out whether a server could start now, without starting it.
     *
     * @throws TataraException as {@link #start} does
     */
    public static void check(ServerSettings settings) {
        Door.of(settings);
        InetSocketAddress address = new InetSocketAddress(Door.address(settings.host()), settings.port());
        try (ServerSocket socket = new ServerSocket()) {
            socket.setReuseAddress(true);
            socket.bind(address);
        } catch (IOException e) {
            throw unavailable(settings, e);
        }
    }

    private static ServerBuilder listening(ServerSettings settings) {
        return Server.builder()
                .port(new InetSocketAddress(Door.address(settings.host()), settings.port()), SessionProtocol.HTTP)
                .maxRequestLength(settings.maxBodyBytes())
                .requestTimeoutMillis(settings.deadlineMillis())
                .gracefulShutdownTimeout(
                        QUIET, Duration.ofMillis(settings.deadlineMillis()).plusSeconds(1))
                .disableServerHeader()
                .errorHandler(new ErrorAnswers(settings));
    }

    private static void bind(
            Routes routes,
            ServerSettings settings,
            ServerParts parts,
            Scoring scoring,
            Workers workers,
            Metrics metrics) {
        ModelRoutes models = new ModelRoutes(parts.models());
        PredictRoute predict = new PredictRoute(settings, models, scoring);
        InvocationsRoute invocations = new InvocationsRoute(settings, models, scoring);
        for (String version : List.of("", "/versions/{version}")) {
            routes.post("/predict/{name}" + version, workers.json(predict))
                    .post("/invocations/{name}" + version, workers.json(invocations));
        }
        routes.post("/feedback/{name}", workers.json(new FeedbackRoute(settings, models, parts.feedback(), metrics)));
        new InferRoutes(settings, parts.models(), scoring).bind(routes, workers);
    }

    /** The port it listens on. */
    public int port() {
        return server.activeLocalPort();
    }

    /** Where it answers, such as {@code http://127.0.0.1:7070}; for a wildcard address the loopback one. */
    public URI uri() {
        InetAddress address = Door.address(settings.host());
        String shown = address.isAnyLocalAddress() ? "127.0.0.1" : settings.host();
        return URI.create("http://" + (shown.contains(":") ? "[" + shown + "]" : shown) + ":" + port());
    }

    /** Waits until the server is closed, by another thread. */
    public void await() {
        server.whenClosed().join();
    }

    /** Says that it is not ready, lets the requests that began end, and writes what is to be logged. */
    @Override
    public void close() {
        pages.drain();
        CompletableFuture<Void> stopped = server.stop();
        waitForRequests(stopped);
        workers.close();
        parts.predictions().close();
        parts.feedback().close();
        metrics.close();
    }

    /** Until the port is closed and every response was sent; the library's threads end by themselves, seconds later. */
    private void waitForRequests(CompletableFuture<Void> stopped) {
        long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(settings.deadlineMillis() + 2_000);
        while (!stopped.isDone()
                && System.nanoTime() < end
                && !(server.activePorts().isEmpty() && active.get() == 0)) {
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(10));
        }
    }

    private static TataraException unavailable(ServerSettings settings, Throwable cause) {
        String place = settings.host() + ":" + settings.port();
        String reason = String.valueOf(cause.getMessage());
        if (reason.contains("already in use")) {
            return new TataraException(
                    RestErrorCode.ADDRESS_UNAVAILABLE,
                    Fault.of("port " + settings.port() + " is in use by another process")
                            .at(place)
                            .todo("Stop that process (perhaps another `tatara serve`), or choose a port with --port; "
                                    + "--port 0 takes a free one"),
                    cause);
        }
        return new TataraException(
                RestErrorCode.ADDRESS_UNAVAILABLE,
                Fault.of("the server can't listen: " + reason)
                        .at(place)
                        .expecting("an address of this machine, and a port that this user may open")
                        .todo("Choose others with --host and --port"),
                cause);
    }
}
