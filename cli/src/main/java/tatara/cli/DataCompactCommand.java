package tatara.cli;

import java.util.Locale;
import picocli.CommandLine;
import tatara.core.evidence.TableRef;
import tatara.core.json.RecordCodec;
import tatara.data.lake.Lake;
import tatara.data.layout.Rewriting;

/** {@code tatara data compact}. */
@CommandLine.Command(name = "compact", description = "Writes tables of many small files anew into few of a good size.")
final class DataCompactCommand extends VersionedCommand {
    DataCompactCommand(Terminal terminal) {
        super(terminal);
    }

    @Override
    Result on(Wiring wiring, Lake lake, NamedTables tables, TableRef table) {
        Rewriting.Rewritten done = new Rewriting(lake).compact(table);
        boolean same = done.version().snapshot() == table.snapshot();
        String name = table.layer() + "/" + table.name() + ": ";
        terminal.line(
                same
                        ? name + "nothing to gather, " + text(done.after())
                        : name + text(done.after()) + "; before " + text(done.before())
                                + "; the rows are the same, cell by cell");
        return Result.of(VersionDocuments.table(done.version())
                .with("before", RecordCodec.write(done.before()))
                .with("after", RecordCodec.write(done.after())));
    }

    private static String text(Rewriting.Stored stored) {
        return String.format(
                Locale.ROOT,
                "%d files, %s, all read in %.3f s",
                stored.files(),
                VersionDocuments.bytes(stored.bytes()),
                stored.scanSeconds());
    }
}
