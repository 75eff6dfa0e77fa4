package tatara.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import tatara.core.error.TataraException;
import tatara.core.port.ModelRegistry;
import tatara.core.run.EventSink;
import tatara.data.lake.Lake;
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
    private final Workspace workspace;
    private final Clock clock = Clock.systemUTC();
    private final Lazy<Lake> lake;
    private final Lazy<ModelRegistry> registry;

    Wiring(Workspace workspace) {
        this.workspace = workspace;
        this.lake = new Lazy<>(() -> {
            RunSettings settings = RunSettings.ofThisProcess("", 0, false);
            return Lake.open(workspace.home(), settings.engineMegabytes(), settings.threads());
        });
        this.registry = new Lazy<>(() -> SqliteRegistry.open(workspace.database(), clock));
    }

    Pipelines pipelines(EventSink listener) {
        return new Pipelines(
                workspace,
                lake,
                registry,
                listener,
                outcome -> new Report().render(Reports.content(outcome)),
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

    Clock clock() {
        return clock;
    }

    Contracts contracts() {
        return new Contracts(workspace, lake, clock);
    }

    Predictions predictions() {
        return new Predictions(workspace, registry, System::nanoTime);
    }

    Serving serve(String host, int port, Optional<String> token) {
        workspace.create();
        return Serving.start(workspace, registry, host, port, token, new Home(this::cards, this::report), clock);
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
        lake.close();
        registry.close();
    }
}
