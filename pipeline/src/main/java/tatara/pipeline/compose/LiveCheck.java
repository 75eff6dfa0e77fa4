package tatara.pipeline.compose;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import tatara.core.design.DeploymentDesign;
import tatara.core.evidence.GateResult;
import tatara.core.frame.Frame;
import tatara.core.json.JsonText;
import tatara.core.port.ModelRegistry;
import tatara.core.spec.Spec;
import tatara.model.bundle.ModelBundle;
import tatara.model.prediction.Predictions;
import tatara.serve.rest.BundleModel;
import tatara.serve.rest.PageSource;
import tatara.serve.rest.PredictionServer;
import tatara.serve.rest.RegistryModels;
import tatara.serve.rest.ServerParts;
import tatara.serve.rest.ServerSettings;
import tatara.serve.rollout.ParityGate;
import tatara.serve.rollout.ParityResult;

/** Starts the real server with a staged version and compares its answers with batch predictions. */
final class LiveCheck {
    private final RunContext run;
    private final Spec spec;
    private final DeploymentDesign deployment;
    private final Path journals;

    /** @param journals where the server's journals of this check go */
    LiveCheck(RunContext run, Spec spec, DeploymentDesign deployment, Path journals) {
        this.run = run;
        this.spec = spec;
        this.deployment = deployment;
        this.journals = journals;
    }

    /**
     * What came out.
     *
     * @param endpoint base URI under which the version is to be served
     * @param exampleRow one of the rows, as JSON text
     */
    record Proof(String endpoint, List<GateResult> gates, String exampleRow) {}

    Proof prove(ModelRegistry.Version version, Frame rows) {
        Predictions expected = ModelBundle.load(version.bundle()).predict(rows);
        ServerSettings settings = new ServerSettings(
                "127.0.0.1",
                0,
                deployment.maxBodyBytes(),
                deployment.maxBatchRows(),
                deployment.queueLimit(),
                Math.max(deployment.deadlineMillis(), 30_000),
                Optional.empty());
        RegistryModels.Settings kept = new RegistryModels.Settings(deployment.warmupRows(), deployment.keepVersions());
        try (RegistryModels models = RegistryModels.open(run.registry().get(), BundleModel::load, kept);
                PredictionServer server = PredictionServer.start(
                        settings, ServerParts.in(journals, models, PageSource.none(), run.clock()))) {
            ParityResult result = new ParityGate(server.uri(), Optional.empty(), deployment.parityTolerance())
                    .check(spec.name(), version.version(), rows, expected);
            String first = result.mismatches().isEmpty()
                    ? ""
                    : "; first: " + result.mismatches().get(0);
            GateResult gate = new GateResult(
                    "deploy.parity",
                    result.passed(),
                    result.maxDifference(),
                    deployment.parityTolerance(),
                    true,
                    String.format(
                            Locale.ROOT,
                            "%,d rows answered over HTTP, greatest difference from batch %.3g%s",
                            result.rows(),
                            result.maxDifference(),
                            first));
            String example = rows.rows() == 0 ? "" : JsonText.write(JsonRows.row(rows, 0));
            return new Proof(endpoint(), List.of(gate), example);
        }
    }

    /** The address that {@code serve} and {@code run} take unless told otherwise. */
    private String endpoint() {
        int port = run.settings().port() == 0 ? 7070 : run.settings().port();
        return "http://" + run.settings().host() + ":" + port;
    }
}
