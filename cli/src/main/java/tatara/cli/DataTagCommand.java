package tatara.cli;

import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tatara.core.evidence.TableRef;
import tatara.core.json.Json;
import tatara.data.lake.Lake;

/** {@code tatara data tag}. */
@CommandLine.Command(name = "tag", description = "Gives a version a name that stays, and keeps the version for ever.")
final class DataTagCommand extends VersionedCommand {
    @Parameters(index = "1", paramLabel = "TAG", description = "Letters, digits, . _ - /")
    String tag = "";

    @Option(names = "--version", paramLabel = "V", description = "A version, tag, branch or time (default: main).")
    String version = "main";

    @Option(names = "--delete", description = "Take the name away instead.")
    boolean delete;

    DataTagCommand(Terminal terminal) {
        super(terminal);
    }

    @Override
    void begin(Wiring wiring, Lake lake, NamedTables tables, List<TableRef> found) {
        if (!delete) {
            found.forEach(table -> tables.version(table, version));
        }
    }

    @Override
    Result on(Wiring wiring, Lake lake, NamedTables tables, TableRef table) {
        if (delete) {
            lake.history().untag(table.layer(), table.name(), tag);
            terminal.line(table.layer() + "/" + table.name() + ": the tag " + tag + " is gone");
            return Result.of(VersionDocuments.table(table).with("tag", tag).with("deleted", new Json.Bool(true)));
        }
        TableRef meant = tables.version(table, version);
        lake.history().tag(table.layer(), table.name(), tag, Long.toString(meant.snapshot()));
        terminal.line(table.layer() + "/" + table.name() + ": version " + meant.snapshot() + " is " + tag);
        return Result.of(VersionDocuments.table(meant).with("tag", tag));
    }
}
