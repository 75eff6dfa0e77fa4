package tatara.serve.rest;

import com.linecorp.armeria.common.logging.RequestLog;
import com.linecorp.armeria.server.ServiceRequestContext;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.stream.DoubleStream;
import tatara.serve.journal.FeedbackReceipt;
import tatara.serve.journal.PredictionLog;

/** What the server counts, in Prometheus' text format. Labels come from closed sets only: routes, known models, statuses. Thread-safe. */
final class Metrics implements AutoCloseable {
    private static final Duration[] BUCKETS = DoubleStream.of(
                    0.5, 1, 2.5, 5, 10, 25, 50, 100, 250, 500, 1_000, 2_500, 5_000, 10_000)
            .mapToObj(millis -> Duration.ofNanos((long) (millis * 1e6)))
            .toArray(Duration[]::new);

    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final JvmGcMetrics collections = new JvmGcMetrics();
    private final MultiGauge versions;
    private final ModelSource models;

    Metrics(ModelSource models, PredictionLog log) {
        this.models = models;
        new JvmMemoryMetrics().bindTo(registry);
        new JvmThreadMetrics().bindTo(registry);
        new ProcessorMetrics().bindTo(registry);
        new UptimeMetrics().bindTo(registry);
        collections.bindTo(registry);
        versions = MultiGauge.builder("tatara.model.info")
                .description("1 for the version of each model that is in production")
                .register(registry);
        FunctionCounter.builder("tatara.prediction.log.written", log, PredictionLog::written)
                .description("predictions logged")
                .register(registry);
        FunctionCounter.builder("tatara.prediction.log.dropped", log, PredictionLog::dropped)
                .description("predictions not logged, because too many were waiting or the disk refused")
                .register(registry);
    }

    void watch(Workers workers) {
        Gauge.builder("tatara.queue.requests", workers, Workers::waiting)
                .description("requests waiting for a scoring thread")
                .register(registry);
    }

    /** Counts a request when its response was sent. */
    void count(ServiceRequestContext ctx, RequestLog log) {
        String route = ctx.config().route().patternString();
        Tags tags = Tags.of(
                "route",
                route,
                "model",
                modelOf(ctx),
                "status",
                Integer.toString(log.responseStatus().code()));
        registry.counter("tatara.requests", tags).increment();
        Timer.builder("tatara.request")
                .description("time from the request's first byte to the response's last")
                .tag("route", route)
                .serviceLevelObjectives(BUCKETS)
                .register(registry)
                .record(log.totalDurationNanos(), TimeUnit.NANOSECONDS);
        if (log.responseStatus().code() >= 400) {
            registry.counter("tatara.errors", tags).increment();
        }
    }

    void predicted(LiveModel live, int rows) {
        registry.counter("tatara.predictions", "model", live.name(), "version", Integer.toString(live.version()))
                .increment(rows);
    }

    void feedback(String model, FeedbackReceipt receipt) {
        int all = receipt.stored() + receipt.changed() + receipt.unchanged();
        registry.counter("tatara.feedback", "model", model, "prediction", "unknown")
                .increment(receipt.unknown());
        registry.counter("tatara.feedback", "model", model, "prediction", "known")
                .increment(all - receipt.unknown());
    }

    String text() {
        versions.register(
                models.live().stream()
                        .map(live -> MultiGauge.Row.of(
                                Tags.of("model", live.name(), "version", Integer.toString(live.version())), 1))
                        .toList(),
                true);
        return registry.scrape();
    }

    @Override
    public void close() {
        collections.close();
        registry.close();
    }

    private String modelOf(ServiceRequestContext ctx) {
        String name = ctx.pathParam("name");
        return name != null && models.names().contains(name) ? name : "";
    }
}
