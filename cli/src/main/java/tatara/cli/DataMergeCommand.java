package tatara.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tatara.core.evidence.TableRef;
import tatara.core.json.Json;
import tatara.core.json.RecordCodec;
import tatara.data.lake.Lake;
import tatara.data.version.Merging;

/** {@code tatara data merge}. */
@CommandLine.Command(
        name = "merge",
        description =
                "Applies what a branch changed to another, cell by cell; conflicts are shown by key and nothing is written.")
final class DataMergeCommand extends VersionedCommand {
    private static final int REFUSED = 3;

    @Parameters(index = "1", paramLabel = "FROM", description = "The branch whose changes are taken.")
    String from = "";

    @Option(names = "--into", paramLabel = "BRANCH", description = "The branch that is changed (default: main).")
    String into = "main";

    @Option(names = "--key", paramLabel = "COL", split = ",", description = "Columns that tell rows apart.")
    List<String> key = new ArrayList<>();

    @Option(
            names = "--take",
            paramLabel = "ours|theirs",
            description = "Which side wins where both changed the same cell.")
    @Nullable
    String take;

    DataMergeCommand(Terminal terminal) {
        super(terminal);
    }

    @Override
    Result on(Wiring wiring, Lake lake, NamedTables tables, TableRef table) {
        Merging.Merged merged =
                new Merging(lake).merge(table.layer(), table.name(), from, into, tables.key(table, key), winner());
        boolean refused = merged.conflicts() > 0 && take == null;
        String place = table.layer() + "/" + table.name();
        if (refused) {
            terminal.line(String.format(
                    Locale.ROOT, "%s: %,d rows in conflict, nothing was written", place, merged.conflicts()));
            merged.examples().forEach(conflict -> terminal.line(line(conflict)));
            terminal.line("  decide with --take ours or --take theirs, or change one of the branches");
        } else {
            terminal.line(String.format(
                    Locale.ROOT,
                    "%s: %,d rows of %s taken into %s%s%s",
                    place,
                    merged.rows(),
                    from,
                    into,
                    merged.conflicts() > 0
                            ? String.format(Locale.ROOT, ", %,d conflicts decided for %s", merged.conflicts(), take)
                            : "",
                    merged.result().map(ref -> ", version " + ref.snapshot()).orElse("")));
        }
        return new Result(document(merged, refused), refused ? REFUSED : 0);
    }

    private Optional<Merging.Take> winner() {
        if (take == null) {
            return Optional.empty();
        }
        return switch (take) {
            case "ours" -> Optional.of(Merging.Take.OURS);
            case "theirs" -> Optional.of(Merging.Take.THEIRS);
            default -> throw NamedTables.wrongUsage("--take " + take, "ours or theirs");
        };
    }

    private Json.Obj document(Merging.Merged merged, boolean refused) {
        return VersionDocuments.table(merged.result().orElse(merged.ours()))
                .with("from", from)
                .with("into", into)
                .with("base", Long.toString(merged.base().snapshot()))
                .with("key", Json.strings(merged.key().columns()))
                .with("merged", new Json.Bool(!refused))
                .with("taken", merged.rows())
                .with("conflicts", merged.conflicts())
                .with("examples", RecordCodec.write(merged.examples()));
    }

    private static String line(Merging.Conflict conflict) {
        String key = conflict.key().stream()
                .map(cell -> cell.column() + "=" + cell.value().orElse("missing"))
                .collect(Collectors.joining(" "));
        String cells = conflict.cells().stream()
                .map(cell -> cell.column() + ": was " + cell.base().orElse("missing") + ", ours "
                        + cell.ours().orElse("missing") + ", theirs "
                        + cell.theirs().orElse("missing"))
                .collect(Collectors.joining("; "));
        return "    " + key + "  ours " + conflict.ours() + ", theirs " + conflict.theirs() + "  " + cells;
    }
}
