package tatara.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tatara.core.evidence.GateResult;
import tatara.core.json.Json;
import tatara.core.json.RecordCodec;
import tatara.data.schema.Verdict;
import tatara.pipeline.Contracts;

/** {@code tatara data check}: exit code 3 if a load of the file would be stopped. */
@CommandLine.Command(name = "check", description = "Measures a file against a table's contract, before it is loaded.")
final class DataCheckCommand extends Command {
    @Parameters(index = "0", paramLabel = "NAME", description = "The pipeline.")
    String name = "";

    @Option(names = "--data", required = true, paramLabel = "PATH", description = "The file or folder.")
    String data = "";

    @Option(names = "--table", paramLabel = "T", description = "Whose contract (default: the main table's).")
    @Nullable
    String table;

    DataCheckCommand(Terminal terminal) {
        super(terminal);
    }

    @Override
    int execute() {
        try (Wiring wiring = new Wiring(workspace())) {
            Contracts.Checked checked = wiring.contracts().check(name, data, Optional.ofNullable(table));
            terminal.document(document(checked));
            for (GateResult gate : checked.gates()) {
                String sign = gate.passed() ? "kept    " : gate.blocks() ? "BLOCKS  " : "failed  ";
                terminal.line(sign + gate.id() + "  " + gate.message());
            }
            terminal.line(checked.rows() + " rows, " + checked.unreadable() + " unreadable, " + checked.setAside()
                    + " would be set aside; "
                    + (checked.blocked() ? "the load would be stopped" : "the rest would go on"));
            return checked.blocked() ? 3 : 0;
        }
    }

    private Json document(Contracts.Checked checked) {
        List<Json> verdicts = new ArrayList<>();
        for (Verdict verdict : checked.outcome().verdicts()) {
            verdicts.add(Json.object()
                    .with("rule", verdict.rule().id())
                    .with("severity", verdict.rule().severity().name().toLowerCase(java.util.Locale.ROOT))
                    .with("passed", new Json.Bool(verdict.passed()))
                    .with("broken", verdict.broken())
                    .with("share", verdict.share())
                    .with("tolerance", verdict.rule().tolerance())
                    .with("problem", verdict.problem())
                    .with("examples", RecordCodec.write(verdict.examples())));
        }
        return Json.object()
                .with("pipeline", name)
                .with("table", checked.table())
                .with("rows", checked.rows())
                .with("unreadable", checked.unreadable())
                .with("setAside", checked.setAside())
                .with("blocked", new Json.Bool(checked.blocked()))
                .with("verdicts", new Json.Arr(verdicts))
                .with("comparisons", RecordCodec.write(checked.outcome().comparisons()))
                .with("gates", RecordCodec.write(checked.gates()));
    }
}
