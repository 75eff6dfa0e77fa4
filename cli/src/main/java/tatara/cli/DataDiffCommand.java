package tatara.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import picocli.CommandLine;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tatara.core.evidence.TableRef;
import tatara.data.lake.Lake;
import tatara.data.version.ColumnShift;
import tatara.data.version.Difference;
import tatara.data.version.Differences;
import tatara.data.version.RowKey;

/** {@code tatara data diff}. */
@CommandLine.Command(
        name = "diff",
        description = "In what two versions differ: columns, rows by key with old and new cells, distributions.")
final class DataDiffCommand extends VersionedCommand {
    @Parameters(index = "1", paramLabel = "A", description = "Older: a version, tag, branch or time.")
    String older = "";

    @Parameters(index = "2", paramLabel = "B", description = "Newer (default: main).", arity = "0..1")
    String newer = "main";

    @Option(
            names = "--key",
            paramLabel = "COL",
            split = ",",
            description =
                    "Columns that tell rows apart (default: the data design's key, else one that is found, else whole rows).")
    List<String> key = new ArrayList<>();

    @Option(names = "--whole-rows", description = "Compare whole rows, whatever the key.")
    boolean wholeRows;

    @Option(names = "--rows", paramLabel = "N", description = "Most rows to show (default: 20).")
    int rows = 20;

    @Option(names = "--no-statistics", description = "Leave the distributions out.")
    boolean withoutStatistics;

    DataDiffCommand(Terminal terminal) {
        super(terminal);
    }

    @Override
    Result on(Wiring wiring, Lake lake, NamedTables tables, TableRef table) {
        TableRef before = tables.version(table, older);
        TableRef after = tables.version(table, newer);
        Optional<RowKey> known = wholeRows ? Optional.of(RowKey.none()) : tables.key(table, key);
        RowKey used = known.or(() -> RowKey.find(lake, before, after)).orElseGet(RowKey::none);
        Difference difference =
                new Differences(lake).between(before, after, used, Math.max(0, rows), !withoutStatistics);
        show(difference);
        return Result.of(VersionDocuments.difference(difference));
    }

    private void show(Difference difference) {
        TableRef after = difference.after();
        terminal.line(String.format(
                Locale.ROOT,
                "%s/%s  %d (%,d rows) to %d (%,d rows)",
                after.layer(),
                after.name(),
                difference.before().snapshot(),
                difference.before().rows(),
                after.snapshot(),
                after.rows()));
        difference
                .columns()
                .forEach(column -> terminal.line(
                        "  column " + column.column() + ": " + column.before().orElse("not there") + " to "
                                + column.after().orElse("gone")));
        Difference.RowChanges changes = difference.rows();
        terminal.line(String.format(
                Locale.ROOT,
                "  rows by %s: %,d added, %,d removed, %,d changed",
                how(changes),
                changes.added(),
                changes.removed(),
                changes.changed()));
        if (!changes.cells().isEmpty()) {
            terminal.line("  changed cells: "
                    + changes.cells().stream()
                            .map(cell -> String.format(Locale.ROOT, "%s %,d", cell.column(), cell.rows()))
                            .collect(Collectors.joining(", ")));
        }
        changes.examples().forEach(row -> terminal.line(line(row)));
        difference.shifts().stream()
                .filter(shift -> shift.adjusted() < 0.01)
                .forEach(shift -> terminal.line(line(shift)));
        if (!difference.shifts().isEmpty()
                && difference.shifts().stream().noneMatch(shift -> shift.adjusted() < 0.01)) {
            terminal.line("  no column's distribution differs by more than chance");
        }
    }

    private static String how(Difference.RowChanges changes) {
        String columns = String.join(", ", changes.key());
        return switch (changes.origin()) {
            case GIVEN -> columns;
            case DESIGN -> columns + " (key of the data design)";
            case FOUND -> columns + " (found: it differs in all rows)";
            case WHOLE_ROWS -> "whole content";
        };
    }

    private static String line(Difference.RowChange row) {
        String key = row.key().stream()
                .map(cell -> cell.column() + "=" + cell.value().orElse("missing"))
                .collect(Collectors.joining(" "));
        String cells = row.cells().stream()
                .map(cell -> cell.column() + "="
                        + switch (row.kind()) {
                            case ADDED -> shown(cell.after());
                            case REMOVED -> shown(cell.before());
                            case CHANGED -> shown(cell.before()) + " → " + shown(cell.after());
                        })
                .collect(Collectors.joining(" "));
        String sign =
                switch (row.kind()) {
                    case ADDED -> "+";
                    case REMOVED -> "-";
                    case CHANGED -> "~";
                };
        return "    " + sign + (row.times() > 1 ? " " + row.times() + " times " : " ") + key
                + (key.isEmpty() ? "" : "  ") + cells;
    }

    private static String shown(Optional<String> value) {
        return value.map(text -> text.length() > 60 ? text.substring(0, 59) + "…" : text)
                .map(text -> text.replaceAll("\\s+", " "))
                .orElse("missing");
    }

    private static String line(ColumnShift shift) {
        return String.format(
                        Locale.ROOT,
                        "  distribution of %s: PSI %.3f, p %.2g, missing %.2f %% to %.2f %%",
                        shift.column(),
                        shift.psi(),
                        shift.adjusted(),
                        shift.before().missing() * 100,
                        shift.after().missing() * 100)
                + shift.before()
                        .numbers()
                        .flatMap(old -> shift.after()
                                .numbers()
                                .map(fresh ->
                                        String.format(Locale.ROOT, ", mean %.6g to %.6g", old.mean(), fresh.mean())))
                        .orElse(String.format(
                                Locale.ROOT,
                                ", distinct about %,d to %,d",
                                shift.before().distinct(),
                                shift.after().distinct()));
    }
}
