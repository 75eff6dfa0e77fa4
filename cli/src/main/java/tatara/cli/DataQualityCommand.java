package tatara.cli;

import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tatara.core.evidence.TableRef;
import tatara.core.json.Json;
import tatara.core.json.RecordCodec;
import tatara.data.lake.Lake;
import tatara.data.quality.history.BatchJudge;
import tatara.data.quality.history.BatchLog;
import tatara.data.quality.history.BatchRecord;
import tatara.pipeline.outcome.QualityEntry;

/** {@code tatara data quality}. */
@CommandLine.Command(name = "quality", description = "How the data of each run stood at its gates, over time.")
final class DataQualityCommand extends Command {
    private static final int LEARNING = BatchJudge.Settings.standard().learning();

    @Parameters(index = "0", paramLabel = "NAME", description = "The pipeline, or PIPELINE.TABLE.")
    String name = "";

    @Option(
            names = "--objective",
            paramLabel = "SHARE",
            description = "Share of rules that should be kept (default: 0.99).")
    double objective = 0.99;

    @Option(
            names = "--accept",
            paramLabel = "TABLE",
            description = "What was unusual in the table's newest batch is normal from now on.")
    @Nullable
    String accept;

    @Option(names = "--last", paramLabel = "N", description = "How many batches of each table are shown (default: 20).")
    int last = 20;

    DataQualityCommand(Terminal terminal) {
        super(terminal);
    }

    @Override
    int execute() {
        if (accept != null) {
            String table = accept.contains(".") ? accept : name + "." + accept;
            int accepted = new BatchLog(workspace().home(), table).accept();
            terminal.line(table + ": " + accepted + " unusual figures of the newest batch are normal from now on");
            terminal.document(Json.object().with("table", table).with("accepted", (long) accepted));
            return 0;
        }
        try (Wiring wiring = new Wiring(workspace())) {
            Lake lake = wiring.lake().get();
            List<String> tables = lake.tables().stream()
                    .filter(table -> table.layer().equals("raw")
                            && (table.name().equals(name) || table.name().startsWith(name + ".")))
                    .map(TableRef::name)
                    .toList();
            List<QualityEntry> entries = workspace().names().contains(name) || tables.isEmpty()
                    ? wiring.contracts().quality(name)
                    : List.of();
            long met = entries.stream()
                    .filter(entry -> entry.passRate() >= objective && !entry.blocked())
                    .count();
            terminal.document(Json.object()
                    .with("pipeline", name)
                    .with("objective", objective)
                    .with("met", met)
                    .with("entries", RecordCodec.write(entries))
                    .with("batches", batches(tables)));
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
            tables.forEach(this::show);
            if (!entries.isEmpty()) {
                terminal.line(String.format(
                        Locale.ROOT,
                        "%d of %d met the objective of %.4g %% of rules kept",
                        met,
                        entries.size(),
                        100 * objective));
            }
        }
        return 0;
    }

    private List<BatchRecord> newest(String table) {
        List<BatchRecord> all = new BatchLog(workspace().home(), table).read();
        return all.subList(Math.max(0, all.size() - last), all.size());
    }

    private Json batches(List<String> tables) {
        Json.Obj batches = Json.object();
        for (String table : tables) {
            batches = batches.with(table, RecordCodec.write(newest(table)));
        }
        return batches;
    }

    private void show(String table) {
        List<BatchRecord> batches = newest(table);
        if (batches.isEmpty()) {
            return;
        }
        terminal.line(table + ": the last " + batches.size() + " batches"
                + (batches.size() < LEARNING ? " (comparisons begin after " + LEARNING + ")" : ""));
        for (BatchRecord batch : batches) {
            terminal.line(String.format(
                    Locale.ROOT,
                    "  %s  %,9d rows%s",
                    batch.at(),
                    batch.rows(),
                    batch.anomalies().isEmpty()
                            ? ""
                            : "  unusual: " + batch.anomalies().size() + (batch.accepted() ? ", accepted" : "")));
            batch.anomalies().forEach(anomaly -> terminal.line("      " + anomaly.text()));
        }
    }
}
