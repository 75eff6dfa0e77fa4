package tatara.cli;

import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tatara.core.error.Fault;
import tatara.core.error.TataraException;
import tatara.core.json.Json;
import tatara.pipeline.BatchJob;

/** {@code tatara predict}. */
@CommandLine.Command(name = "predict", description = "Batch scoring: CSV, Parquet or JSON lines in and out.")
final class PredictCommand extends Command {
    @Parameters(index = "0", paramLabel = "NAME", description = "The pipeline.")
    String name = "";

    @Option(
            names = "--input",
            paramLabel = "FILE",
            description = "Rows to score: a path or a URI. Forecasts may leave it out: the next steps.")
    @Nullable
    String input;

    @Option(
            names = "--output",
            paramLabel = "FILE",
            description = "Where predictions go (default: standard output, as CSV).")
    @Nullable
    Path output;

    @Option(
            names = "--version",
            paramLabel = "V",
            description = "A version of the model (default: the one in production).")
    int version;

    @Option(names = "--explain", description = "Adds each column's contribution.")
    boolean explain;

    PredictCommand(Terminal terminal) {
        super(terminal);
    }

    @Override
    int execute() throws Exception {
        if (version < 0) {
            throw new TataraException(
                    CliErrorCode.WRONG_USAGE,
                    Fault.of("--version " + version)
                            .expecting("1, 2, …")
                            .todo("See the versions: tatara show " + name));
        }
        if (json && output == null) {
            throw new TataraException(
                    CliErrorCode.WRONG_USAGE,
                    Fault.of("with --json there is no place for the predictions")
                            .expecting("--output FILE")
                            .todo("Add --output, or leave --json away"));
        }
        try (Wiring wiring = new Wiring(workspace())) {
            if (input != null && input.isBlank()) {
                throw new TataraException(
                        CliErrorCode.WRONG_USAGE,
                        Fault.of("--input is empty")
                                .expecting("a file or a URI")
                                .todo("Give the rows to score"));
            }
            BatchJob job =
                    new BatchJob(name, Optional.ofNullable(input), Optional.ofNullable(output), version, explain);
            BatchJob.Result result = wiring.predictions().run(job, terminal::line);
            terminal.document(Json.object()
                    .with("pipeline", name)
                    .with("version", Integer.toString(result.version()))
                    .with("rows", result.rows())
                    .with("output", output == null ? "" : output.toString())
                    .with("seconds", result.seconds()));
            if (output != null) {
                terminal.progress(result.rows() + " rows scored by version " + result.version() + " into " + output);
            }
        }
        return 0;
    }
}
