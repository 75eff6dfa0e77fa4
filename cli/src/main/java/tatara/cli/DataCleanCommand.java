package tatara.cli;

import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tatara.core.error.Fault;
import tatara.core.error.TataraException;
import tatara.core.json.Json;
import tatara.core.json.RecordCodec;
import tatara.core.spec.DataArgument;
import tatara.data.clean.Cleaned;
import tatara.data.clean.CleanedColumn;
import tatara.data.clean.OddCell;
import tatara.data.source.SourceTable;
import tatara.data.source.Sources;

/** {@code tatara data clean}. */
@CommandLine.Command(
        name = "clean",
        description = "A file's table as values, as pipelines read it, and what was mended or left out, cell by cell.",
        footer = {
            "",
            "Examples:",
            "  tatara data clean messy.csv --to clean.csv",
            "  tatara data clean messy.csv --to clean.csv --cells mended.csv"
        })
final class DataCleanCommand extends Command {
    private static final int SHOWN = 20;
    private static final int LISTED = 10_000;

    @Parameters(index = "0", paramLabel = "FILE", description = "A file, or a folder with one table.")
    String source = "";

    @Option(names = "--to", paramLabel = "OUT.csv", description = "Write the values as CSV in UTF-8.")
    @Nullable
    Path to;

    @Option(names = "--cells", paramLabel = "FILE.csv", description = "Write every mended or left out cell, and why.")
    @Nullable
    Path cells;

    DataCleanCommand(Terminal terminal) {
        super(terminal);
    }

    @Override
    int execute() throws IOException {
        SourceTable table = table();
        List<OddCell> listed = new ArrayList<>();
        Cleaned cleaned;
        try (Wiring wiring = new Wiring(workspace());
                Writer values = writer(to);
                Writer odd = writer(cells)) {
            CleanedText text = new CleanedText(values, odd);
            cleaned = wiring.cleaning().clean(table, text::rows, cell -> {
                text.cell(cell);
                if (listed.size() < LISTED) {
                    listed.add(cell);
                }
            });
            text.header(cleaned.columns().stream().map(CleanedColumn::name).toList());
        }
        terminal.document(document(cleaned, listed));
        tell(cleaned, listed);
        return 0;
    }

    private SourceTable table() {
        List<SourceTable> tables = new Sources(workspace().cache()).discover(List.of(new DataArgument("", source)));
        if (tables.size() != 1) {
            throw new TataraException(
                    CliErrorCode.WRONG_USAGE,
                    Fault.of(tables.size() + " tables")
                            .at(source)
                            .expecting("one")
                            .todo("Give one file"));
        }
        return tables.get(0);
    }

    private static Writer writer(@Nullable Path file) throws IOException {
        return file == null ? Writer.nullWriter() : Files.newBufferedWriter(file, StandardCharsets.UTF_8);
    }

    private static long odd(Cleaned cleaned) {
        return cleaned.columns().stream()
                .mapToLong(column -> column.mended() + column.leftOut())
                .sum();
    }

    private static Json document(Cleaned cleaned, List<OddCell> listed) {
        return Json.object()
                .with("rows", cleaned.rows())
                .with("source", RecordCodec.write(cleaned.source()))
                .with("columns", RecordCodec.write(cleaned.columns()))
                .with("cells", RecordCodec.write(listed))
                .with("unlisted", odd(cleaned) - listed.size());
    }

    private void tell(Cleaned cleaned, List<OddCell> listed) {
        terminal.line(String.format(
                Locale.ROOT,
                "%,d rows, %d columns%s",
                cleaned.rows(),
                cleaned.columns().size(),
                to == null ? "" : " in " + to));
        cleaned.source().notes().forEach(terminal::line);
        for (CleanedColumn column : cleaned.columns()) {
            if (column.mended() + column.leftOut() > 0) {
                terminal.line(String.format(
                        Locale.ROOT,
                        "  %-24s %-10s %,7d mended %,7d left out",
                        column.name(),
                        column.type().name().toLowerCase(Locale.ROOT),
                        column.mended(),
                        column.leftOut()));
            }
        }
        listed.stream().limit(SHOWN).map(DataCleanCommand::line).forEach(terminal::line);
        if (odd(cleaned) > SHOWN) {
            terminal.line("… all of them: --cells FILE or --json");
        }
    }

    private static String line(OddCell cell) {
        String value = cell.value().isEmpty() ? "missing" : "'" + cell.value() + "'";
        return "row " + cell.row() + ", " + cell.column() + ": '" + cell.text() + "' → " + value + ": " + cell.why();
    }
}
