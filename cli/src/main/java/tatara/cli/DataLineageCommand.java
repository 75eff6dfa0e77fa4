package tatara.cli;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tatara.core.error.Fault;
import tatara.core.error.TataraException;
import tatara.core.evidence.TableRef;
import tatara.core.json.Json;
import tatara.core.json.RecordCodec;
import tatara.core.run.Lineage;
import tatara.data.lake.Lake;
import tatara.pipeline.Catalogue;

/** {@code tatara data lineage}. */
@CommandLine.Command(
        name = "lineage",
        description = "Where a column, a feature or the prediction comes from, and what would break without a column.")
final class DataLineageCommand extends Command {
    @Parameters(
            index = "0",
            paramLabel = "NAME",
            description = "PIPELINE, PIPELINE.TABLE, or a TABLE of data load or data follow.")
    String name = "";

    @Parameters(
            index = "1",
            arity = "0..1",
            paramLabel = "THING",
            description = "TABLE.COLUMN, a column, a table, a feature, model or prediction (default: prediction).")
    @Nullable
    String thing;

    @Option(names = "--up", description = "What it is made from.")
    boolean up;

    @Option(names = "--down", description = "What is made from it.")
    boolean down;

    DataLineageCommand(Terminal terminal) {
        super(terminal);
    }

    @Override
    int execute() {
        Catalogue catalogue = new Catalogue(workspace());
        int dot = name.indexOf('.');
        if (thing == null && dot > 0 && catalogue.names().contains(name.substring(0, dot))) {
            thing = name.substring(dot + 1);
            name = name.substring(0, dot);
        }
        if (!catalogue.names().contains(name)) {
            try (Wiring wiring = new Wiring(workspace())) {
                Lake lake = wiring.lake().get();
                Optional<TableRef> table =
                        NamedTables.qualified(lake, "raw", name).flatMap(full -> lake.current("raw", full));
                if (table.isPresent()) {
                    terminal.document(new TableOrigins(terminal, lake).show(table.get()));
                    return 0;
                }
            }
        }
        Lineage lineage = catalogue
                .lineage(name)
                .orElseThrow(() -> new TataraException(
                        CliErrorCode.WRONG_USAGE,
                        Fault.of("there is no lineage of " + name + " yet").todo("Run it: tatara run " + name)));
        Json.Obj document = new LineageWalk(terminal, lineage)
                .document(Optional.ofNullable(thing).orElse("prediction"), up, down);
        terminal.document(
                thing == null && terminal.isJson() ? document.with("lineage", RecordCodec.write(lineage)) : document);
        return 0;
    }
}
