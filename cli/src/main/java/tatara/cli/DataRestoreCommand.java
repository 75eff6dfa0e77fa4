package tatara.cli;

import java.util.List;
import java.util.Locale;
import picocli.CommandLine;
import picocli.CommandLine.Parameters;
import tatara.core.evidence.TableRef;
import tatara.data.lake.Lake;

/** {@code tatara data restore}. */
@CommandLine.Command(
        name = "restore",
        description = "Makes an older version the newest again, byte for byte; what is there now stays as a version.")
final class DataRestoreCommand extends VersionedCommand {
    @Parameters(index = "1", paramLabel = "V", description = "A version, tag, branch or time.")
    String version = "";

    DataRestoreCommand(Terminal terminal) {
        super(terminal);
    }

    @Override
    void begin(Wiring wiring, Lake lake, NamedTables tables, List<TableRef> found) {
        found.forEach(table -> tables.version(table, version));
    }

    @Override
    Result on(Wiring wiring, Lake lake, NamedTables tables, TableRef table) {
        TableRef old = tables.version(table, version);
        TableRef restored = lake.history().restore(table.layer(), table.name(), Long.toString(old.snapshot()));
        terminal.line(String.format(
                Locale.ROOT,
                "%s/%s: version %d (%,d rows) is current again, as version %d",
                table.layer(),
                table.name(),
                old.snapshot(),
                old.rows(),
                restored.snapshot()));
        return Result.of(VersionDocuments.table(restored).with("restored", Long.toString(old.snapshot())));
    }
}
