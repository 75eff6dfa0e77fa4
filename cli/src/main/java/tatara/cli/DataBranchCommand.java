package tatara.cli;

import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tatara.core.evidence.TableRef;
import tatara.core.json.Json;
import tatara.data.lake.Lake;

/** {@code tatara data branch}. */
@CommandLine.Command(
        name = "branch",
        description = "Makes a branch of a table, whose changes nobody sees on main until they are merged.")
final class DataBranchCommand extends VersionedCommand {
    @Parameters(index = "1", paramLabel = "BRANCH", description = "Letters, digits, . _ - /")
    String branch = "";

    @Option(names = "--from", paramLabel = "V", description = "A version, tag, branch or time (default: main).")
    String from = "main";

    @Option(names = "--delete", description = "Drop the branch instead.")
    boolean delete;

    DataBranchCommand(Terminal terminal) {
        super(terminal);
    }

    @Override
    void begin(Wiring wiring, Lake lake, NamedTables tables, List<TableRef> found) {
        if (!delete) {
            found.forEach(table -> tables.version(table, from));
        }
    }

    @Override
    Result on(Wiring wiring, Lake lake, NamedTables tables, TableRef table) {
        if (delete) {
            lake.history().dropBranch(table.layer(), table.name(), branch);
            terminal.line(table.layer() + "/" + table.name() + ": the branch " + branch + " is gone");
            return Result.of(
                    VersionDocuments.table(table).with("branch", branch).with("deleted", new Json.Bool(true)));
        }
        TableRef start = tables.version(table, from);
        lake.history().branch(table.layer(), table.name(), branch, Long.toString(start.snapshot()));
        terminal.line(
                table.layer() + "/" + table.name() + ": branch " + branch + " starts at version " + start.snapshot());
        return Result.of(VersionDocuments.table(start).with("branch", branch));
    }
}
