package tatara.cli;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
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
import tatara.core.run.Lineage;
import tatara.core.spec.Reading;
import tatara.core.spec.Spec;
import tatara.pipeline.Catalogue;

/** {@code tatara explain}. */
@CommandLine.Command(
        name = "explain",
        description = {
            "Why each decision was taken, with its evidence; where the features come from and what the columns lead to.",
            "With a THING: the way from it to the source columns and to the prediction."
        })
final class ExplainCommand extends Command {
    private static final int MOST = 40;

    @Parameters(index = "0", paramLabel = "NAME", description = "The pipeline.")
    String name = "";

    @Parameters(
            index = "1",
            arity = "0..1",
            paramLabel = "THING",
            description = "One of the seven, such as data-scientist; or a column, a feature, model or prediction.")
    @Nullable
    String thing;

    ExplainCommand(Terminal terminal) {
        super(terminal);
    }

    @Override
    int execute() {
        Catalogue catalogue = new Catalogue(workspace());
        Spec spec = catalogue.spec(name);
        List<Json> documents = new ArrayList<>();
        Optional<Lineage> lineage = catalogue.lineage(name);
        Optional<Specialist> only = Optional.ofNullable(thing).flatMap(ExplainCommand::find);
        if (thing != null && only.isEmpty()) {
            if (lineage.isEmpty()) {
                throw unknown(thing);
            }
            terminal.document(new LineageWalk(terminal, lineage.get()).document(thing, true, true));
            return 0;
        }
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
        Json ways = only.isEmpty() && lineage.isPresent()
                ? new LineageWalk(terminal, lineage.get()).overview(MOST)
                : Json.NULL;
        terminal.document(Json.object()
                .with("pipeline", name)
                .with("readings", RecordCodec.write(spec.readings()))
                .with("specialists", new Json.Arr(documents))
                .with("lineage", ways));
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

    private static Optional<Specialist> find(String key) {
        return Arrays.stream(Specialist.values())
                .filter(each -> each.key().equals(key))
                .findFirst();
    }

    private static TataraException unknown(String thing) {
        return new TataraException(
                CliErrorCode.WRONG_USAGE,
                Fault.of("unknown specialist: " + thing)
                        .expecting("one of "
                                + Arrays.stream(Specialist.values())
                                        .map(Specialist::key)
                                        .collect(Collectors.joining(", "))));
    }
}
