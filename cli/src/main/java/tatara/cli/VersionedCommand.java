package tatara.cli;

import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tatara.core.evidence.TableRef;
import tatara.core.json.Json;
import tatara.data.lake.Lake;
import tatara.pipeline.Catalogue;

/** What commands on versions of tables share: which tables, one document for each. */
abstract class VersionedCommand extends Command {
    @Parameters(
            index = "0",
            paramLabel = "NAME",
            description = "PIPELINE (all its tables), PIPELINE.TABLE, or LAYER/PIPELINE.TABLE.")
    String name = "";

    @Option(names = "--layer", paramLabel = "LAYER", description = "raw (default), processed, features, predictions.")
    String layer = "raw";

    VersionedCommand(Terminal terminal) {
        super(terminal);
    }

    @Override
    final int execute() {
        try (Wiring wiring = new Wiring(workspace())) {
            Lake lake = wiring.lake().get();
            NamedTables tables = new NamedTables(lake, new Catalogue(workspace()));
            List<TableRef> found = tables.find(name, layer);
            List<Json> documents = new ArrayList<>();
            int exit = 0;
            begin(wiring, lake, tables, found);
            for (TableRef table : found) {
                Result result = on(wiring, lake, tables, table);
                documents.add(result.document());
                exit = Math.max(exit, result.exit());
            }
            terminal.document(Json.object().with("tables", new Json.Arr(documents)));
            return exit;
        }
    }

    /** What a command says of one table. */
    record Result(Json.Obj document, int exit) {
        static Result of(Json.Obj document) {
            return new Result(document, 0);
        }
    }

    /** Checks what must hold for all tables before any is changed. */
    void begin(Wiring wiring, Lake lake, NamedTables tables, List<TableRef> found) {}

    abstract Result on(Wiring wiring, Lake lake, NamedTables tables, TableRef table);
}
