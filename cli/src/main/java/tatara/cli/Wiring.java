package tatara.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.stream.Collectors;
import tatara.core.error.Fault;
import tatara.core.error.TataraException;
import tatara.core.port.ChangeFeeds;
import tatara.core.port.Connector;
import tatara.core.port.ModelRegistry;
import tatara.core.port.Secrets;
import tatara.core.remote.Pauses;
import tatara.core.run.EventSink;
import tatara.core.run.Lineage;
import tatara.data.audit.Auditor;
import tatara.data.clean.Cleaning;
import tatara.data.files.FileVersions;
import tatara.data.lake.Lake;
import tatara.data.lineage.LineageSender;
import tatara.data.load.Intake;
import tatara.data.load.LoadReplay;
import tatara.data.load.Loading;
import tatara.data.profile.FileProfiler;
import tatara.data.retention.Forgetting;
import tatara.data.source.Sources;
import tatara.data.source.jdbc.JdbcConnector;
import tatara.data.source.remote.HttpConnector;
import tatara.data.source.remote.RemoteAccess;
import tatara.data.source.remote.RemoteCopies;
import tatara.data.source.remote.SecretReferences;
import tatara.pipeline.Catalogue;
import tatara.pipeline.Contracts;
import tatara.pipeline.Pipelines;
import tatara.pipeline.Predictions;
import tatara.pipeline.Serving;
import tatara.pipeline.execute.Lazy;
import tatara.pipeline.execute.RunSettings;
import tatara.pipeline.execute.Workspace;
import tatara.pipeline.outcome.Latest;
import tatara.registry.models.SqliteRegistry;
import tatara.web.pages.Home;
import tatara.web.pages.PipelineCard;
import tatara.web.report.Report;

/** The one place where everything is built. Parts that take time to start are made when they are first used. */
final class Wiring implements AutoCloseable {
    private static final Duration NETWORK_TIMEOUT = Duration.ofSeconds(30);

    private final Workspace workspace;
    private final Clock clock = Clock.systemUTC();
    private final Lazy<Lake> lake;
    private final Lazy<ModelRegistry> registry;
    private final IsolatedConnectors connectors;

    Wiring(Workspace workspace) {
        this.workspace = workspace;
        this.lake = new Lazy<>(() -> {
            RunSettings settings = RunSettings.ofThisProcess("", 0, false);
            Lake opened = Lake.open(workspace.home(), settings.engineMegabytes(), settings.threads());
            if (Forgetting.isPending(workspace.home())) {
                forgetting(opened).resume();
            }
            return opened;
        });
        this.connectors = new IsolatedConnectors(
                List.of(new HttpConnector(NETWORK_TIMEOUT, Pauses.sleeping()), new JdbcConnector()),
                Connectors.ofThisProcess(),
                Wiring::services);
        this.registry = new Lazy<>(() -> SqliteRegistry.open(workspace.database(), clock));
    }

    Pipelines pipelines(EventSink listener) {
        return new Pipelines(
                workspace,
                lake,
                remote(),
                registry,
                listener,
                outcome -> new Report().render(Reports.content(outcome)),
                () -> LineageSender.of(System::getenv),
                clock,
                System::nanoTime);
    }

    Workspace workspace() {
        return workspace;
    }

    /** The tables of the home; opened when first asked for. */
    Lazy<Lake> lake() {
        return lake;
    }

    /** Forgets people; what was interrupted is finished first. */
    Forgetting forgetting() {
        return forgetting(lake.get());
    }

    private Forgetting forgetting(Lake tables) {
        return new Forgetting(
                tables,
                clock,
                registered().stream()
                        .map(version -> version.bundle().toAbsolutePath().normalize())
                        .collect(Collectors.toSet()));
    }

    /** The file of a forgetting that a crash interrupted. */
    static Optional<Path> interrupted(Workspace workspace) {
        return Forgetting.isPending(workspace.home())
                ? Optional.of(workspace.home().resolve("forgetting"))
                : Optional.empty();
    }

    /** All versions of all models. */
    List<ModelRegistry.Version> registered() {
        return Files.exists(workspace.database())
                ? registry.get().models().stream()
                        .flatMap(model -> registry.get().versions(model).stream())
                        .toList()
                : List.of();
    }

    /** The models of the home; opened when first asked for. */
    Lazy<ModelRegistry> registry() {
        return registry;
    }

    /** Looks at files that are in no lake. */
    FileProfiler fileProfiler() {
        RunSettings settings = RunSettings.ofThisProcess("", 0, false);
        return new FileProfiler(workspace.cache(), settings.engineMegabytes(), settings.threads());
    }

    /** Tables of files as values. */
    Cleaning cleaning() {
        RunSettings settings = RunSettings.ofThisProcess("", 0, false);
        return new Cleaning(workspace.cache(), settings.engineMegabytes(), settings.threads());
    }

    /** Versions of folders of any files. */
    FileVersions fileVersions() {
        return new FileVersions(lake.get(), workspace.cache());
    }

    Clock clock() {
        return clock;
    }

    Contracts contracts() {
        return new Contracts(workspace, lake, clock);
    }

    Predictions predictions() {
        return new Predictions(workspace, registry, remote(), System::nanoTime);
    }

    /**
     * @param scratch where the rows are brought for the look
     * @param events hears of what is copied
     */
    Auditor auditor(Lake scratch, EventSink events) {
        Path cache = workspace.cache();
        RemoteCopies copies = new RemoteCopies(cache, remote(), events, System::nanoTime);
        return new Auditor(scratch, cache, new Sources(cache, copies), remote().secrets());
    }

    /** Brings what is new at a place into a table. */
    Intake intake(EventSink listener) {
        Sources sources = new Sources(
                workspace.cache(), new RemoteCopies(workspace.cache(), remote(), listener, System::nanoTime));
        return new Intake(loading(), remote(), sources, workspace.cache(), listener);
    }

    /** Tries rows again that loads have set aside. */
    LoadReplay replay() {
        return new LoadReplay(loading());
    }

    private Loading loading() {
        return new Loading(lake.get(), workspace.cache(), clock);
    }

    /** How data outside of this machine is reached. */
    RemoteAccess remote() {
        boolean offline = "1".equals(System.getenv("TATARA_OFFLINE"));
        return new RemoteAccess(connectors, secrets(), offline);
    }

    /**
     * What follows changes at locations with this scheme.
     *
     * @throws TataraException {@code CONNECTOR_MISSING} if nothing does
     */
    ChangeFeeds changeFeeds(String location) {
        String scheme = location.replaceFirst(":.*", "").toLowerCase(Locale.ROOT);
        for (ClassLoader loader : Connectors.ofThisProcess().loaders(scheme)) {
            for (ChangeFeeds feeds : ServiceLoader.load(ChangeFeeds.class, loader)) {
                if (feeds.schemes().contains(scheme)) {
                    return feeds;
                }
            }
        }
        throw new TataraException(
                CliErrorCode.WRONG_USAGE,
                Fault.of("changes cannot be followed at " + scheme + "://…")
                        .expecting("postgresql://… or kafka://…")
                        .todo("Load it again and again instead: tatara data load"));
    }

    /** Resolves references to credentials with this process's environment. */
    Secrets secrets() {
        return SecretReferences.of(System::getenv);
    }

    private static List<Connector> services(ClassLoader loader) {
        List<Connector> found = new ArrayList<>();
        ServiceLoader.load(Connector.class, loader).forEach(found::add);
        return found;
    }

    Serving serve(String host, int port, Optional<String> token) {
        workspace.create();
        return Serving.start(
                workspace, registry, host, port, token, new Home(this::cards, this::report, this::lineage), clock);
    }

    private List<PipelineCard> cards() {
        Catalogue catalogue = new Catalogue(workspace);
        return catalogue.names().stream().map(name -> card(catalogue, name)).toList();
    }

    private static PipelineCard card(Catalogue catalogue, String name) {
        try {
            Optional<Latest> latest = catalogue.latest(name);
            Optional<Latest> registered = latest.filter(run -> run.modelVersion() > 0);
            return new PipelineCard(
                    name,
                    catalogue.spec(name).sentence(),
                    latest.flatMap(Latest::evaluation).map(evaluation -> evaluation.metric()),
                    latest.flatMap(Latest::evaluation).map(evaluation -> evaluation.value()),
                    registered.map(run -> Integer.toString(run.modelVersion())),
                    registered.map(Latest::modelStage));
        } catch (TataraException e) {
            return new PipelineCard(
                    name,
                    "cannot be read: " + e.fault().what(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty());
        }
    }

    private Optional<Lineage> lineage(String name) {
        try {
            return new Catalogue(workspace).lineage(name);
        } catch (TataraException e) {
            return Optional.empty();
        }
    }

    private Optional<String> report(String name) {
        Path file = workspace.report(name);
        try {
            return Files.exists(file) ? Optional.of(Files.readString(file)) : Optional.empty();
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    @Override
    public void close() {
        connectors.close();
        lake.close();
        registry.close();
    }
}
