package tatara.data.lineage;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Sends OpenLineage events to a server, in their order, on a thread of its own. It never blocks and never fails its caller: what does not
 * fit into its queue or is not taken by the server is dropped and counted. Thread-safe.
 */
public final class LineageSender implements AutoCloseable {
    private static final int WAITING = 10_000;
    private static final Duration TIMEOUT = Duration.ofSeconds(3);
    private static final Duration FAREWELL = Duration.ofSeconds(5);
    private static final String END = "";

    private final URI address;
    private final Optional<String> key;
    private final HttpClient client =
            HttpClient.newBuilder().connectTimeout(TIMEOUT).build();
    private final BlockingQueue<String> queue = new ArrayBlockingQueue<>(WAITING);
    private final AtomicInteger dropped = new AtomicInteger();
    private final AtomicInteger open = new AtomicInteger();
    private final Thread worker = new Thread(this::work, "tatara-lineage");

    /**
     * @param address where events are posted
     * @param key sent as a bearer token
     */
    public LineageSender(URI address, Optional<String> key) {
        this.address = address;
        this.key = key;
        worker.setDaemon(true);
        worker.start();
    }

    /**
     * A sender as the variables of OpenLineage's own clients say: {@code OPENLINEAGE_URL}, {@code OPENLINEAGE_ENDPOINT} (default
     * {@code api/v1/lineage}), {@code OPENLINEAGE_API_KEY}, {@code OPENLINEAGE_DISABLED}; empty without an address that can be used.
     *
     * @param environment a variable's value, null without one
     */
    public static Optional<LineageSender> of(UnaryOperator<@Nullable String> environment) {
        String url = Optional.ofNullable(environment.apply("OPENLINEAGE_URL")).orElse("");
        if (url.isBlank() || "true".equalsIgnoreCase(environment.apply("OPENLINEAGE_DISABLED"))) {
            return Optional.empty();
        }
        String endpoint =
                Optional.ofNullable(environment.apply("OPENLINEAGE_ENDPOINT")).orElse("api/v1/lineage");
        try {
            URI address = URI.create(url.strip().replaceFirst("/+$", "") + "/" + endpoint.replaceFirst("^/+", ""));
            boolean web = "http".equals(address.getScheme()) || "https".equals(address.getScheme());
            return web && address.getHost() != null
                    ? Optional.of(
                            new LineageSender(address, Optional.ofNullable(environment.apply("OPENLINEAGE_API_KEY"))))
                    : Optional.empty();
        } catch (IllegalArgumentException malformed) {
            return Optional.empty();
        }
    }

    /** Takes an event, or drops it if too many wait. */
    void send(String event) {
        open.incrementAndGet();
        if (!queue.offer(event)) {
            open.decrementAndGet();
            dropped.incrementAndGet();
        }
    }

    /** Events that did not arrive, so far; those that still wait when it is closed count as well. */
    public int dropped() {
        return dropped.get() + (worker.isAlive() ? 0 : open.get());
    }

    private void work() {
        try {
            for (String event = queue.take(); !event.equals(END); event = queue.take()) {
                boolean taken = post(event);
                open.decrementAndGet();
                if (!taken) {
                    dropped.incrementAndGet();
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private boolean post(String event) throws InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(address)
                .timeout(TIMEOUT)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(event));
        try {
            key.ifPresent(token -> request.header("Authorization", "Bearer " + token));
            int status = client.send(request.build(), HttpResponse.BodyHandlers.discarding())
                    .statusCode();
            return status >= 200 && status < 300;
        } catch (IOException | IllegalArgumentException e) {
            return false;
        }
    }

    /** Waits a few seconds at most for what is still on its way. */
    @Override
    public void close() {
        try {
            if (queue.offer(END, 1, TimeUnit.SECONDS)) {
                worker.join(FAREWELL.toMillis());
            }
            worker.interrupt();
            worker.join(TIMEOUT.toMillis());
        } catch (InterruptedException e) {
            worker.interrupt();
            Thread.currentThread().interrupt();
        }
    }
}
