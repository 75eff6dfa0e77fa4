package tatara.cli;

import java.util.List;
import java.util.Locale;
import picocli.CommandLine;
import tatara.core.evidence.TableRef;
import tatara.data.lake.History;
import tatara.data.lake.Lake;

/** {@code tatara data compact}. */
@CommandLine.Command(name = "compact", description = "Writes tables of many small files anew into few of a good size.")
final class DataCompactCommand extends VersionedCommand {
    DataCompactCommand(Terminal terminal) {
        super(terminal);
    }

    @Override
    Result on(Wiring wiring, Lake lake, NamedTables tables, TableRef table) {
        History.Pruned before = lake.history().pruned(table, List.of());
        TableRef compacted = lake.history().compact(table.layer(), table.name());
        History.Pruned after = lake.history().pruned(compacted, List.of());
        terminal.line(String.format(
                Locale.ROOT,
                "%s/%s: %d files, %s; before %d files, %s",
                table.layer(),
                table.name(),
                after.files(),
                VersionDocuments.bytes(after.bytes()),
                before.files(),
                VersionDocuments.bytes(before.bytes())));
        return Result.of(VersionDocuments.table(compacted)
                .with("filesBefore", (long) before.files())
                .with("bytesBefore", before.bytes())
                .with("filesAfter", (long) after.files())
                .with("bytesAfter", after.bytes()));
    }
}
