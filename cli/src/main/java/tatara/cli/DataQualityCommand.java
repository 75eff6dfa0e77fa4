package tatara.cli;

import java.util.List;
import java.util.Locale;
import picocli.CommandLine;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tatara.core.json.Json;
import tatara.core.json.RecordCodec;
import tatara.pipeline.outcome.QualityEntry;

/** {@code tatara data quality}. */
@CommandLine.Command(name = "quality", description = "How the data of each run stood at its gates, over time.")
final class DataQualityCommand extends Command {
    @Parameters(index = "0", paramLabel = "NAME", description = "The pipeline.")
    String name = "";

    @Option(
            names = "--objective",
            paramLabel = "SHARE",
            description = "Share of rules that should be kept (default: 0.99).")
    double objective = 0.99;

    DataQualityCommand(Terminal terminal) {
        super(terminal);
    }

    @Override
    int execute() {
        try (Wiring wiring = new Wiring(workspace())) {
            List<QualityEntry> entries = wiring.contracts().quality(name);
            long met = entries.stream()
                    .filter(entry -> entry.passRate() >= objective && !entry.blocked())
                    .count();
            terminal.document(Json.object()
                    .with("pipeline", name)
                    .with("objective", objective)
                    .with("met", met)
                    .with("entries", RecordCodec.write(entries)));
            for (QualityEntry entry : entries) {
                terminal.line(String.format(
                        Locale.ROOT,
                        "%s  %-20s %,9d rows  rules kept %5.1f %%  problem rows %.3g %%  %s%s",
                        entry.when(),
                        entry.table(),
                        entry.rows(),
                        100 * entry.passRate(),
                        100 * entry.problemRate(),
                        entry.newest().isEmpty() ? "" : "newest " + entry.newest() + "  ",
                        entry.blocked() ? "STOPPED" : ""));
                entry.failed().forEach(id -> terminal.line("    failed " + id));
            }
            terminal.line(String.format(
                    Locale.ROOT,
                    "%d of %d met the objective of %.4g %% of rules kept",
                    met,
                    entries.size(),
                    100 * objective));
        }
        return 0;
    }
}
