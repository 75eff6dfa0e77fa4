package tatara.cli;

import picocli.CommandLine;
import picocli.CommandLine.Parameters;
import tatara.core.json.RecordCodec;
import tatara.pipeline.execute.RunSettings;
import tatara.pipeline.outcome.Replayed;

/** {@code tatara data replay}. */
@CommandLine.Command(
        name = "replay",
        description =
                "Tries rows again that were set aside, after cells in the quarantine file or rules were corrected.")
final class DataReplayCommand extends Command {
    @Parameters(index = "0", paramLabel = "NAME", description = "The pipeline.")
    String name = "";

    @Parameters(index = "1", paramLabel = "TABLE", description = "The table.")
    String table = "";

    DataReplayCommand(Terminal terminal) {
        super(terminal);
    }

    @Override
    int execute() {
        RunSettings settings = RunSettings.ofThisProcess("", 0, true);
        try (Wiring wiring = new Wiring(workspace())) {
            Progress progress = new Progress(terminal, System::nanoTime, 0);
            Replayed replayed = wiring.pipelines(progress).replay(name, table, settings);
            terminal.document(RecordCodec.write(replayed));
            terminal.line(replayed.before() + " rows were set aside, " + replayed.corrected() + " of them corrected; "
                    + replayed.after() + " still are. The table has " + replayed.rows()
                    + " rows; models learn of them with: tatara run " + name);
        }
        return 0;
    }
}
