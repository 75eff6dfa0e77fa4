package tatara.pipeline;

import java.net.URI;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import tatara.core.port.ModelRegistry;
import tatara.pipeline.execute.Lazy;
import tatara.pipeline.execute.Workspace;
import tatara.serve.rest.BundleModel;
import tatara.serve.rest.Page;
import tatara.serve.rest.PredictionServer;
import tatara.serve.rest.RegistryModels;
import tatara.serve.rest.ServerParts;
import tatara.serve.rest.ServerSettings;

/** The running server of a home: predictions and pages for all its pipelines. */
public final class Serving implements AutoCloseable {
    private final RegistryModels models;
    private final PredictionServer server;
    private final Workspace.Lock use;

    private Serving(RegistryModels models, PredictionServer server, Workspace.Lock use) {
        this.models = models;
        this.server = server;
        this.use = use;
    }

    /**
     * Starts it; it answers when this returns.
     *
     * @param token what requests have to carry; needed on any but a loopback address
     * @param pages HTML by path
     */
    public static Serving start(
            Workspace workspace,
            Lazy<ModelRegistry> registry,
            String host,
            int port,
            Optional<String> token,
            Function<String, Optional<String>> pages,
            Clock clock) {
        ServerSettings settings = settings(host, port, token);
        RegistryModels models =
                RegistryModels.open(registry.get(), BundleModel::load, RegistryModels.Settings.standard());
        Workspace.Lock use = workspace.use();
        try {
            ServerParts parts = ServerParts.in(
                    workspace.home(), models, path -> pages.apply(path).map(Page::html), clock);
            return new Serving(models, PredictionServer.start(settings, parts), use);
        } catch (RuntimeException e) {
            use.close();
            models.close();
            throw e;
        }
    }

    /**
     * Finds out whether {@link #start} could listen there, before anything costly is done.
     *
     * @throws tatara.core.error.TataraException if the port is in use, the host is another machine's, or a token is missing
     */
    public static void check(String host, int port, Optional<String> token) {
        PredictionServer.check(settings(host, port, token));
    }

    private static ServerSettings settings(String host, int port, Optional<String> token) {
        ServerSettings local = ServerSettings.local(port);
        return new ServerSettings(
                host, port, local.maxBodyBytes(), local.maxRows(), local.queueLimit(), local.deadlineMillis(), token);
    }

    public URI uri() {
        return server.uri();
    }

    public List<String> names() {
        return models.names();
    }

    /** Waits until it is closed, by another thread. */
    public void await() {
        server.await();
    }

    @Override
    public void close() {
        server.close();
        models.close();
        use.close();
    }
}
