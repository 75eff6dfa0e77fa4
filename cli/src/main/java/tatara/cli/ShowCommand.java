package tatara.cli;

import java.util.Locale;
import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.Parameters;
import tatara.core.evidence.GateResult;
import tatara.core.run.StepTiming;
import tatara.core.spec.Reading;
import tatara.core.spec.Spec;
import tatara.pipeline.Catalogue;
import tatara.pipeline.outcome.Latest;

/** {@code tatara show}. */
@CommandLine.Command(name = "show", description = "One pipeline: what was asked, how good it is, where it stands.")
final class ShowCommand extends Command {
    @Parameters(index = "0", paramLabel = "NAME", description = "The pipeline.")
    String name = "";

    ShowCommand(Terminal terminal) {
        super(terminal);
    }

    @Override
    int execute() {
        Catalogue catalogue = new Catalogue(workspace());
        Spec spec = catalogue.spec(name);
        Optional<Latest> latest = catalogue.latest(name);
        terminal.document(latest.map(run -> Documents.run(spec, run, workspace().report(name)))
                .orElseGet(() -> Documents.card(spec, latest)));
        terminal.line(name + ": " + spec.sentence());
        for (Reading reading : spec.readings()) {
            terminal.line(String.format("  %-12s %s", reading.part(), reading.value()));
        }
        latest.ifPresent(this::show);
        terminal.line("files: " + workspace().pipeline(name));
        return 0;
    }

    private void show(Latest run) {
        run.evaluation().ifPresent(evaluation -> {
            terminal.line(String.format(
                    Locale.ROOT,
                    "  quality      %s %.4g (95 %% interval %.4g to %.4g, %,d rows), best baseline %.4g",
                    evaluation.metric().key(),
                    evaluation.value().value(),
                    evaluation.value().low(),
                    evaluation.value().high(),
                    evaluation.rows(),
                    evaluation.bestBaseline()));
            evaluation.candidates().stream()
                    .filter(candidate -> candidate.weight() > 0)
                    .forEach(candidate -> terminal.line(String.format(
                            Locale.ROOT,
                            "    %-24s %.5g  weight %.2f",
                            candidate.id(),
                            candidate.value(),
                            candidate.weight())));
        });
        if (run.modelVersion() > 0) {
            terminal.line("  model        version " + run.modelVersion() + " in " + run.modelStage());
        }
        terminal.line("  gates");
        for (GateResult gate : run.gates()) {
            terminal.line("    " + (gate.passed() ? "passed  " : "FAILED  ") + gate.id() + "  " + gate.message());
        }
        terminal.line("  steps of run " + run.run());
        for (StepTiming step : run.steps()) {
            terminal.line(String.format(
                    Locale.ROOT,
                    "    %d  %-40s %s",
                    step.phase(),
                    step.step(),
                    step.reused() ? "was there" : String.format(Locale.ROOT, "%.1f s", step.seconds())));
        }
    }
}
