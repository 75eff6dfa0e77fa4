package tatara.cli;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;
import tatara.pipeline.execute.RunSettings;
import tatara.pipeline.outcome.RunOutcome;

/** {@code tatara design}. */
@CommandLine.Command(name = "design", description = "The same as run up to the hand-offs; spends nothing on training.")
final class DesignCommand extends Command {
    @Parameters(index = "0", paramLabel = "SENTENCE", description = "What to predict.")
    @Nullable
    String sentence;

    @Mixin
    RequestOptions request = new RequestOptions();

    DesignCommand(Terminal terminal) {
        super(terminal);
    }

    @Override
    int execute() throws Exception {
        RunSettings settings = RunSettings.ofThisProcess("127.0.0.1", 0, true);
        try (Wiring wiring = new Wiring(workspace())) {
            Progress progress = new Progress(terminal, System::nanoTime, 0);
            RunOutcome outcome =
                    wiring.pipelines(progress).run(request.request(sentence == null ? "" : sentence), settings);
            terminal.document(Documents.run(outcome.spec(), outcome.latest(), outcome.report()));
            String name = outcome.spec().name();
            terminal.line(name + ": designed; hand-offs are in " + workspace().handoffs(name));
            terminal.line("edit them if you like, then: tatara run " + name);
        }
        return 0;
    }
}
