package tatara.cli;

import java.util.List;
import java.util.Locale;
import picocli.CommandLine;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tatara.core.evidence.TableRef;
import tatara.core.json.Json;
import tatara.core.json.RecordCodec;
import tatara.data.load.LoadReplay;
import tatara.data.load.LoadRequest;
import tatara.data.load.LoadResult;
import tatara.pipeline.execute.RunSettings;
import tatara.pipeline.outcome.Replayed;

/** {@code tatara data replay}. */
@CommandLine.Command(
        name = "replay",
        description = {
            "Tries rows again that were set aside, after cells in the quarantine file or rules were corrected.",
            "Of a table of 'data load': rows whose cells were corrected or whose time has come."
        })
final class DataReplayCommand extends Command {
    @Parameters(
            index = "0..1",
            arity = "1..2",
            paramLabel = "NAME",
            description = "PIPELINE TABLE, PIPELINE.TABLE, or a TABLE of data load.")
    List<String> names = List.of();

    @Option(names = "--late", description = "Takes rows of loads that came later than the lateness allows.")
    boolean late;

    DataReplayCommand(Terminal terminal) {
        super(terminal);
    }

    @Override
    int execute() {
        String whole = String.join(".", names);
        try (Wiring wiring = new Wiring(workspace())) {
            String table =
                    NamedTables.qualified(wiring.lake().get(), "raw", whole).orElse(whole);
            LoadReplay replay = wiring.replay();
            if (replay.has(table) || !whole.contains(".")) {
                loaded(replay.replay(LoadRequest.of(table), late), table);
                return 0;
            }
            int dot = whole.indexOf('.');
            piped(wiring, whole.substring(0, dot), whole.substring(dot + 1));
        }
        return 0;
    }

    private void loaded(LoadReplay.Outcome outcome, String table) {
        LoadResult result = outcome.result();
        long rows = result.table().map(TableRef::rows).orElse(0L);
        terminal.document(Json.object()
                .with("table", table)
                .with("before", outcome.before())
                .with("after", outcome.after())
                .with("inserted", result.inserted())
                .with("updated", result.updated())
                .with("deleted", result.deleted())
                .with("rows", rows)
                .with("setAside", result.setAside()));
        terminal.line(String.format(
                Locale.ROOT,
                "%s: %,d rows were set aside; %,d new, %,d changed, %,d deleted; %,d still are set aside. The table has %,d rows",
                table,
                outcome.before(),
                result.inserted(),
                result.updated(),
                result.deleted(),
                outcome.after(),
                rows));
        if (!result.setAside().isEmpty()) {
            terminal.line("  rows set aside, with reasons: " + result.setAside());
        }
    }

    private void piped(Wiring wiring, String pipeline, String table) {
        RunSettings settings = RunSettings.ofThisProcess("", 0, true);
        Progress progress = new Progress(terminal, System::nanoTime, 0);
        Replayed replayed = wiring.pipelines(progress).replay(pipeline, table, settings);
        terminal.document(RecordCodec.write(replayed));
        terminal.line(replayed.before() + " rows were set aside, " + replayed.corrected() + " of them corrected; "
                + replayed.after() + " still are. The table has " + replayed.rows()
                + " rows; models learn of them with: tatara run " + pipeline);
    }
}
