package tatara.cli;

import java.nio.file.Path;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tatara.core.error.Fault;
import tatara.core.error.TataraException;
import tatara.core.evidence.GateResult;
import tatara.core.run.Evaluation;
import tatara.pipeline.Pipelines;
import tatara.pipeline.Serving;
import tatara.pipeline.execute.RunSettings;
import tatara.pipeline.outcome.Latest;
import tatara.pipeline.outcome.RunOutcome;

/** {@code tatara run}. */
@CommandLine.Command(
        name = "run",
        description = "Designs and runs everything: after it the model is registered, deployed and answering.",
        footer = {
            "",
            "Examples:",
            "  tatara run \"predict which customers will cancel\" --data customers.csv",
            "  tatara run \"forecast sales for the next 8 weeks\" --data sales.csv --budget 2m --exit",
            "  tatara run NAME          runs an existing pipeline again: only what changed"
        })
final class RunCommand extends Command {
    @Parameters(
            index = "0",
            arity = "0..1",
            paramLabel = "SENTENCE|NAME",
            description = "What to predict, or a pipeline's name.")
    @Nullable
    String sentence;

    @Mixin
    RequestOptions request = new RequestOptions();

    @Option(names = "--spec", paramLabel = "FILE", description = "A requirement.yaml instead of a sentence.")
    @Nullable
    Path spec;

    @Option(
            names = "--brain",
            paramLabel = "builtin",
            description = "Who designs (default: builtin, the deterministic experts).")
    String brain = "builtin";

    @Option(names = "--exit", description = "End when all is done instead of staying up as the server.")
    boolean exit;

    @Option(
            names = "--port",
            paramLabel = "PORT",
            converter = Ports.class,
            description = "Of the server (default: 7070).")
    int port = 7070;

    @Option(names = "--host", paramLabel = "ADDRESS", description = "Of the server (default: 127.0.0.1).")
    String host = "127.0.0.1";

    @Option(names = "--open", description = "Open the report in the browser.")
    boolean open;

    RunCommand(Terminal terminal) {
        super(terminal);
    }

    @Override
    int execute() throws Exception {
        if (!brain.equals("builtin")) {
            throw new TataraException(
                    CliErrorCode.WRONG_USAGE,
                    Fault.of("unknown brain: " + brain).expecting("builtin").todo("Leave --brain out"));
        }
        if (!exit) {
            Serving.check(host, port, ServeCommand.token());
        }
        RunSettings settings = RunSettings.ofThisProcess(host, exit ? 0 : port, false);
        try (Wiring wiring = new Wiring(workspace())) {
            double budget = request.data.isEmpty() ? 0 : request.budgetSeconds;
            Progress progress = new Progress(terminal, System::nanoTime, budget);
            RunOutcome outcome = start(wiring.pipelines(progress), settings);
            show(outcome);
            if (open) {
                Browser.open(outcome.report(), terminal);
            }
            if (!exit) {
                ServeCommand.serve(wiring, terminal, host, port, false);
            }
        }
        return 0;
    }

    private RunOutcome start(Pipelines pipelines, RunSettings settings) {
        if (spec != null) {
            return pipelines.runFile(spec, settings);
        }
        if (sentence == null || sentence.isBlank()) {
            throw new TataraException(
                    CliErrorCode.WRONG_USAGE,
                    Fault.of("there is neither a sentence nor a pipeline's name")
                            .expecting("tatara run \"SENTENCE\" --data PATH, or tatara run NAME")
                            .todo("See 'tatara run --help' for examples"));
        }
        if (request.data.isEmpty()) {
            if (!request.isSilent()) {
                throw new TataraException(
                        CliErrorCode.WRONG_USAGE,
                        Fault.of("options that change the question need the question: " + sentence.trim()
                                        + " is taken for a pipeline's name")
                                .expecting("a sentence with --data PATH, or tatara run NAME without such options")
                                .todo("Add --data; or edit requirement.yaml of the pipeline and run it again"));
            }
            return pipelines.rerun(sentence.trim(), settings);
        }
        return pipelines.run(request.request(sentence), settings);
    }

    private void show(RunOutcome outcome) {
        Latest latest = outcome.latest();
        terminal.document(Documents.run(outcome.spec(), latest, outcome.report()));
        latest.evaluation().ifPresent(evaluation -> terminal.line(summary(outcome, evaluation)));
    }

    private static String summary(RunOutcome outcome, Evaluation evaluation) {
        Latest latest = outcome.latest();
        String name = outcome.spec().name();
        StringBuilder text = new StringBuilder();
        text.append(String.format(
                Locale.ROOT,
                "%n%s: %s %.4g (95 %% interval %.4g to %.4g) on %,d rows that training never saw; best baseline %.4g%n",
                name,
                evaluation.metric().key(),
                evaluation.value().value(),
                evaluation.value().low(),
                evaluation.value().high(),
                evaluation.rows(),
                evaluation.bestBaseline()));
        text.append(String.format(
                Locale.ROOT, "model %s version %d is in %s%n", name, latest.modelVersion(), latest.modelStage()));
        long failed = latest.gates().stream().filter(gate -> !gate.passed()).count();
        text.append(String.format(
                Locale.ROOT, "gates: %d passed, %d failed%n", latest.gates().size() - failed, failed));
        for (GateResult gate : latest.gates()) {
            if (!gate.passed()) {
                text.append("  ")
                        .append(gate.id())
                        .append(": ")
                        .append(gate.message())
                        .append('\n');
            }
        }
        text.append("report: ").append(outcome.report()).append('\n');
        text.append(String.format(
                Locale.ROOT,
                "%d steps ran, %d were there already; %.1f s",
                latest.stepsRun(),
                latest.stepsReused(),
                latest.seconds()));
        return text.toString();
    }
}
