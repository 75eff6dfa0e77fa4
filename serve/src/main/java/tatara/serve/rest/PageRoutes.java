package tatara.serve.rest;

import com.linecorp.armeria.common.AggregatedHttpResponse;
import com.linecorp.armeria.common.HttpStatus;
import com.linecorp.armeria.common.MediaType;
import com.linecorp.armeria.server.ServiceRequestContext;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import tatara.core.json.Json;

/** Probes, metrics, the API's description, and the pages that were handed in. */
final class PageRoutes {
    private static final MediaType METRICS = MediaType.parse("text/plain; version=0.0.4; charset=utf-8");

    private final ServerParts parts;
    private final Metrics metrics;
    private volatile boolean draining;

    PageRoutes(ServerParts parts, Metrics metrics) {
        this.parts = parts;
        this.metrics = metrics;
    }

    void bind(Routes routes, Workers workers) {
        for (String prefix : List.of("", "/v2")) {
            routes.get(prefix + "/health/live", (ctx, request) -> live().toHttpResponse());
            routes.get(prefix + "/health/ready", (ctx, request) -> ready().toHttpResponse());
        }
        routes.get("/metrics", workers.plain((ctx, request) -> Answers.text(METRICS, metrics.text())))
                .get("/docs", workers.plain((ctx, request) -> Answers.page(Page.html(resource("docs.html")))))
                .get(
                        "/docs/openapi.json",
                        workers.plain((ctx, request) -> Answers.text(MediaType.JSON_UTF_8, resource("openapi.json"))));
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

    /** Everything else: the pages that were handed in. */
    AggregatedHttpResponse page(ServiceRequestContext ctx) {
        String path = ctx.decodedPath();
        return parts.pages()
                .find(path)
                .map(Answers::page)
                .orElseGet(() -> path.equals("/")
                        ? Answers.page(Page.html(resource("index.html")))
                        : Answers.error(HttpStatus.NOT_FOUND, ErrorAnswers.NOTHING_HERE));
    }

    private static String resource(String name) {
        try (InputStream bytes = Objects.requireNonNull(PageRoutes.class.getResourceAsStream(name), name)) {
            return new String(bytes.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
