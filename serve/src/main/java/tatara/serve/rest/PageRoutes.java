package tatara.serve.rest;

import com.linecorp.armeria.common.AggregatedHttpResponse;
import com.linecorp.armeria.common.HttpStatus;
import com.linecorp.armeria.common.MediaType;
import com.linecorp.armeria.server.ServerBuilder;
import com.linecorp.armeria.server.ServiceRequestContext;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import tatara.core.json.Json;

/** Probes, metrics, the API's description, and the pages that were handed in. */
final class PageRoutes {
    private final ServerParts parts;
    private final Metrics metrics;
    private volatile boolean draining;

    PageRoutes(ServerParts parts, Metrics metrics) {
        this.parts = parts;
        this.metrics = metrics;
    }

    void bind(ServerBuilder server, Workers workers) {
        server.route().get("/health/live").build((ctx, request) -> live().toHttpResponse());
        server.route().get("/v2/health/live").build((ctx, request) -> live().toHttpResponse());
        server.route().get("/health/ready").build((ctx, request) -> ready().toHttpResponse());
        server.route().get("/v2/health/ready").build((ctx, request) -> ready().toHttpResponse());
        server.route().get("/metrics").build(workers.plain((ctx, request) -> Answers.text(
                MediaType.parse("text/plain; version=0.0.4; charset=utf-8"), metrics.text())));
        server.route().get("/docs").build(workers.plain((ctx, request) -> Answers.page(Page.html(resource("docs.html")))));
        server.route().get("/docs/openapi.json").build(workers.plain(
                (ctx, request) -> Answers.text(MediaType.JSON_UTF_8, resource("openapi.json"))));
        server.route().get("glob:/**").build(workers.plain((ctx, request) -> page(ctx)));
    }

    /** From now on the server says that it is not ready. */
    void drain() {
        draining = true;
    }

    private static AggregatedHttpResponse live() {
        return Answers.ok(Json.object().with("live", new Json.Bool(true)));
    }

    private AggregatedHttpResponse ready() {
        boolean ready = !draining && parts.models().isReady();
        return Answers.json(
                ready ? HttpStatus.OK : HttpStatus.SERVICE_UNAVAILABLE,
                Json.object().with("ready", new Json.Bool(ready)).with("live", new Json.Bool(true)));
    }

    private AggregatedHttpResponse page(ServiceRequestContext ctx) {
        String path = ctx.decodedPath();
        return parts.pages()
                .find(path)
                .map(Answers::page)
                .orElseGet(() -> path.equals("/")
                        ? Answers.page(Page.html(resource("index.html")))
                        : Answers.error(HttpStatus.NOT_FOUND, "there is nothing at this path. /docs has the paths"));
    }

    private static String resource(String name) {
        try (InputStream bytes = Objects.requireNonNull(PageRoutes.class.getResourceAsStream(name), name)) {
            return new String(bytes.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
