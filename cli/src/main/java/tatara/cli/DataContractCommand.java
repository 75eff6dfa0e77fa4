package tatara.cli;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tatara.core.design.TableContract;
import tatara.core.json.Json;
import tatara.core.json.RecordCodec;
import tatara.data.export.ContractExport;
import tatara.data.export.ExportFormat;
import tatara.pipeline.Contracts;
import tatara.pipeline.compose.ContractGates;
import tatara.pipeline.outcome.ContractEntry;

/** {@code tatara data contract}. */
@CommandLine.Command(
        name = "contract",
        description = "The rules that rows of a pipeline's tables keep, and how they came about.")
final class DataContractCommand extends Command {
    @Parameters(index = "0", paramLabel = "NAME", description = "The pipeline.")
    String name = "";

    @Parameters(index = "1", arity = "0..1", paramLabel = "TABLE", description = "One table (default: all).")
    @Nullable
    String table;

    @Option(names = "--history", description = "Every version and every change of the columns, with when and why.")
    boolean history;

    @Option(names = "--forget", paramLabel = "WHY", description = "The next run infers TABLE's contract anew.")
    @Nullable
    String forget;

    @Option(
            names = "--export",
            paramLabel = "FORMAT",
            description =
                    "Writes TABLE's contract (default: the main table's) for another tool: ${COMPLETION-CANDIDATES}.",
            completionCandidates = ExportNames.class,
            converter = ExportNames.class)
    @Nullable
    ExportFormat export;

    @Option(
            names = "--to",
            paramLabel = "FILE",
            description =
                    "Where the export goes (default: standard output); a second file of the export goes beside it.")
    @Nullable
    Path to;

    DataContractCommand(Terminal terminal) {
        super(terminal);
    }

    @Override
    int execute() {
        try (Wiring wiring = new Wiring(workspace())) {
            Contracts contracts = wiring.contracts();
            if (forget != null) {
                if (table == null) {
                    throw new CommandLine.ParameterException(
                            new CommandLine(this),
                            "--forget needs a table: tatara data contract NAME TABLE --forget WHY");
                }
                contracts.forget(name, table, forget);
                terminal.document(Json.object().with("pipeline", name).with("forgotten", table));
                terminal.line("the next run infers the contract of " + table + " anew");
                return 0;
            }
            if (export != null) {
                export(contracts.export(name, Optional.ofNullable(table), export));
                return 0;
            }
            if (history) {
                show(contracts.history(name).stream()
                        .filter(entry -> table == null || entry.table().equals(table))
                        .toList());
            } else {
                List<TableContract> all = contracts.contracts(name).stream()
                        .filter(contract -> table == null || contract.table().equals(table))
                        .toList();
                terminal.document(Json.object().with("pipeline", name).with("contracts", RecordCodec.write(all)));
                all.forEach(this::show);
            }
        }
        return 0;
    }

    private void export(ContractExport exported) {
        Json.Obj document = Json.object().with("pipeline", name).with("format", ExportNames.name(exported.format()));
        if (to == null) {
            terminal.document(document.with("files", RecordCodec.write(exported.files()))
                    .with("unsaid", RecordCodec.write(exported.unsaid())));
            exported.files().get(0).text().lines().forEach(terminal::line);
            return;
        }
        List<Path> written = ExportNames.places(to, exported);
        for (int i = 0; i < written.size(); i++) {
            ExportNames.write(written.get(i), exported.files().get(i).text());
            terminal.line("wrote " + written.get(i));
        }
        terminal.document(document.with(
                        "written",
                        Json.strings(written.stream().map(Path::toString).toList()))
                .with("unsaid", RecordCodec.write(exported.unsaid())));
        exported.unsaid()
                .forEach(each ->
                        terminal.line("not said: " + each.rule() + (each.rule().isEmpty() ? "" : ": ") + each.why()));
    }

    private void show(TableContract contract) {
        terminal.line(contract.table() + ": version " + contract.version() + ", "
                + contract.rules().size() + " rules");
        for (TableContract.Rule rule : contract.rules()) {
            terminal.line(String.format(
                    Locale.ROOT,
                    "  %-10s %-40s %s  (up to %.2g %% of rows; %s)",
                    rule.severity().name().toLowerCase(Locale.ROOT),
                    rule.id(),
                    ContractGates.demand(rule),
                    100 * rule.tolerance(),
                    rule.why()));
        }
    }

    private void show(List<ContractEntry> entries) {
        terminal.document(Json.object().with("pipeline", name).with("history", RecordCodec.write(entries)));
        for (ContractEntry entry : entries) {
            terminal.line(entry.when() + "  " + entry.table() + " version "
                    + entry.contract().version() + "  " + entry.what() + ": " + entry.why()
                    + (entry.changes().isEmpty()
                            ? ""
                            : "; compatible: " + entry.compatibility().name().toLowerCase(Locale.ROOT)));
            entry.changes()
                    .forEach(change -> terminal.line("    "
                            + change.kind().name().toLowerCase(Locale.ROOT).replace('_', ' ') + " " + change.column()
                            + "  "
                            + change.detail()));
        }
    }
}
