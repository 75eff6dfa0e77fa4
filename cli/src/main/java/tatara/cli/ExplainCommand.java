package tatara.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Parameters;
import tatara.core.design.Decision;
import tatara.core.design.Evidence;
import tatara.core.design.Specialist;
import tatara.core.error.Fault;
import tatara.core.error.TataraException;
import tatara.core.json.Json;
import tatara.core.json.RecordCodec;
import tatara.core.spec.Reading;
import tatara.core.spec.Spec;
import tatara.pipeline.Catalogue;

/** {@code tatara explain}. */
@CommandLine.Command(name = "explain", description = "Why each decision was taken, with its evidence.")
final class ExplainCommand extends Command {
    @Parameters(index = "0", paramLabel = "NAME", description = "The pipeline.")
    String name = "";

    @Parameters(
            index = "1",
            arity = "0..1",
            paramLabel = "SPECIALIST",
            description = "One of the seven, such as data-scientist.")
    @Nullable
    String specialist;

    ExplainCommand(Terminal terminal) {
        super(terminal);
    }

    @Override
    int execute() {
        Catalogue catalogue = new Catalogue(workspace());
        Spec spec = catalogue.spec(name);
        List<Json> documents = new ArrayList<>();
        Optional<Specialist> only = Optional.ofNullable(specialist).map(ExplainCommand::find);
        if (only.isEmpty()) {
            readings(spec);
        }
        for (Specialist each : Specialist.values()) {
            if (only.isEmpty() || only.get() == each) {
                catalogue.decisions(name, each).ifPresent(decisions -> {
                    show(each, decisions);
                    documents.add(Json.object()
                            .with("specialist", each.key())
                            .with("phase", (long) each.phase())
                            .with("decisions", RecordCodec.write(decisions)));
                });
            }
        }
        if (only.isEmpty() && catalogue.lineage(name).isPresent()) {
            terminal.line("");
            terminal.line("where each column comes from and goes to: tatara data lineage " + name);
        }
        terminal.document(Json.object()
                .with("pipeline", name)
                .with("readings", RecordCodec.write(spec.readings()))
                .with("specialists", new Json.Arr(documents)));
        return 0;
    }

    private void readings(Spec spec) {
        terminal.line("the sentence: " + spec.sentence());
        for (Reading reading : spec.readings()) {
            terminal.line("  " + reading.part() + ": " + reading.value());
            reading.because().forEach(because -> terminal.line("      because " + because));
            reading.rejected().forEach(rejected -> terminal.line("      not " + rejected));
        }
    }

    private void show(Specialist who, List<Decision> decisions) {
        terminal.line("");
        terminal.line("phase " + who.phase() + ", " + who.key());
        for (Decision decision : decisions) {
            terminal.line("  " + decision.what());
            terminal.line("      why: " + decision.why());
            for (Evidence evidence : decision.evidence()) {
                terminal.line(
                        "      " + evidence.measure() + " = " + evidence.value() + "  (" + evidence.source() + ")");
            }
        }
    }

    private static Specialist find(String key) {
        List<String> keys = new ArrayList<>();
        for (Specialist each : Specialist.values()) {
            if (each.key().equals(key)) {
                return each;
            }
            keys.add(each.key());
        }
        throw new TataraException(
                CliErrorCode.WRONG_USAGE,
                Fault.of("unknown specialist: " + key).expecting("one of " + String.join(", ", keys)));
    }
}
