package tatara.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tatara.core.error.Fault;
import tatara.core.error.TataraException;
import tatara.core.evidence.TableRef;
import tatara.core.frame.FrameSource;
import tatara.data.lake.Lake;
import tatara.data.quality.cells.CellErrors;
import tatara.data.quality.cells.ColumnErrors;
import tatara.data.quality.cells.Finding;
import tatara.data.quality.cells.Findings;
import tatara.data.quality.cells.LabelledRow;
import tatara.data.quality.cells.SuggestedRow;
import tatara.data.source.Sources;

/** {@code tatara data errors}. */
@CommandLine.Command(
        name = "errors",
        description = "Wrong cells of a table: found with no labels, better with a few labelled rows.")
final class DataErrorsCommand extends Command {
    private static final int SHOWN = 20;

    @Parameters(index = "0", paramLabel = "FILE|NAME", description = "A file, or a table of the lake (PIPELINE.TABLE).")
    String table = "";

    @Option(
            names = "--labels",
            paramLabel = "FILE",
            description = "Rows as they should be: their positions, then the table's columns; as --ask writes them.")
    @Nullable
    Path labels;

    @Option(
            names = "--ask",
            paramLabel = "N",
            description = "Writes the N rows that are most worth labelling, to be corrected and given as --labels.")
    int ask;

    @Option(
            names = "--out",
            paramLabel = "FILE",
            description = "Writes all suspected cells, or the rows asked for, as CSV.")
    @Nullable
    Path out;

    @Option(names = "--seed", paramLabel = "N", description = "Chooses the sample of a large table (default: 1).")
    long seed = 1;

    DataErrorsCommand(Terminal terminal) {
        super(terminal);
    }

    @Override
    int execute() throws Exception {
        if (ask < 0) {
            throw new TataraException(
                    CliErrorCode.WRONG_USAGE, Fault.of("--ask " + ask).expecting("1, 2, …"));
        }
        try (Wiring wiring = new Wiring(workspace())) {
            FrameSource source = source(wiring);
            Sources sources = new Sources(workspace().cache());
            List<LabelledRow> known = labels == null
                    ? List.of()
                    : LabelFile.read(sources.frames(labels.toString()), labels, source.schema());
            CellErrors errors = new CellErrors(CellErrors.Settings.of(seed));
            if (ask > 0) {
                suggest(source, errors.ask(source, known, ask));
            } else {
                find(source, errors, known);
            }
        }
        return 0;
    }

    private FrameSource source(Wiring wiring) {
        boolean named = !table.contains("/") && !Files.exists(Path.of(table));
        Optional<TableRef> stored = named ? stored(wiring) : Optional.empty();
        return stored.isPresent()
                ? wiring.lake().get().frames(stored.get())
                : new Sources(workspace().cache()).frames(table);
    }

    private Optional<TableRef> stored(Wiring wiring) {
        if (!Files.exists(workspace().home())) {
            return Optional.empty();
        }
        Lake lake = wiring.lake().get();
        return NamedTables.qualified(lake, "raw", table).flatMap(name -> lake.current("raw", name));
    }

    private void suggest(FrameSource source, List<SuggestedRow> rows) throws Exception {
        String text = LabelFile.text(source.schema(), rows);
        if (out != null) {
            Files.writeString(out, text);
            terminal.line("Correct the cells in " + out + ", then: tatara data errors " + table + " --labels " + out);
        } else {
            terminal.line(text.stripTrailing());
        }
        terminal.document(CellErrorDocuments.rows(source.schema(), rows));
    }

    private void find(FrameSource source, CellErrors errors, List<LabelledRow> known) throws Exception {
        Findings findings = errors.find(source, known);
        if (out != null) {
            Files.writeString(out, CellErrorDocuments.csv(findings.cells()));
        }
        terminal.document(CellErrorDocuments.findings(table, known.size(), findings));
        long suspected = findings.cells().size() + findings.unlisted();
        terminal.line(
                String.format(Locale.ROOT, "%,d cells of %,d rows are probably wrong", suspected, findings.rows()));
        for (ColumnErrors column : findings.columns()) {
            if (column.suspected() > 0) {
                terminal.line(String.format(
                        Locale.ROOT,
                        "  %-32s %,9d  %5.1f %%",
                        column.column(),
                        column.suspected(),
                        100 * column.share()));
            }
        }
        findings.cells().stream().limit(SHOWN).map(DataErrorsCommand::line).forEach(terminal::line);
        if (suspected > SHOWN) {
            terminal.line("… all of them: --out FILE or --json");
        }
    }

    private static String line(Finding finding) {
        String repair =
                finding.repair().map(right -> " → '" + right.value() + "'").orElse("");
        return String.format(
                Locale.ROOT,
                "row %d, %s: '%s'%s (%.0f %%): %s",
                finding.row(),
                finding.column(),
                finding.value(),
                repair,
                100 * finding.probability(),
                finding.why());
    }
}
