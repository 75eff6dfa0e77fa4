package tatara.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tatara.core.json.Json;
import tatara.core.json.RecordCodec;
import tatara.core.json.YamlText;
import tatara.data.lake.AtomicFile;
import tatara.data.version.Holds;

/** {@code tatara data hold}. */
@CommandLine.Command(name = "hold", description = "Legal holds: nothing of a held table may be forgotten or expire.")
final class DataHoldCommand extends Command {
    @Parameters(index = "0", paramLabel = "add|list|remove", description = "What to do.")
    String action = "";

    @Parameters(
            index = "1",
            arity = "0..1",
            paramLabel = "NAME",
            description = "PIPELINE, PIPELINE.TABLE or LAYER/PIPELINE.TABLE.")
    @Nullable
    String name;

    @Option(names = "--reason", paramLabel = "TEXT", description = "Why it is held.")
    String reason = "";

    @Option(names = "--until", paramLabel = "DATE", description = "First day on which it no longer holds.")
    @Nullable
    String until;

    DataHoldCommand(Terminal terminal) {
        super(terminal);
    }

    @Override
    int execute() throws IOException {
        Path home = workspace().home();
        List<Holds.Hold> holds = new ArrayList<>(Holds.read(home).holds());
        if (action.equals("add") && name != null && !reason.isBlank()) {
            holds.add(new Holds.Hold(name, reason, Optional.ofNullable(until).map(DataHoldCommand::day)));
            write(home, holds);
        } else if (action.equals("remove") && name != null) {
            holds.removeIf(hold -> hold.table().equals(name));
            write(home, holds);
        } else if (!action.equals("list")) {
            throw NamedTables.wrongUsage(
                    "hold " + action, "add NAME --reason TEXT [--until DATE], list, or remove NAME");
        }
        holds.forEach(hold -> terminal.line(hold.table() + ": " + hold.reason()
                + hold.until().map(day -> ", until " + day).orElse("")));
        terminal.document(Json.object()
                .with(
                        "holds",
                        new Json.Arr(holds.stream().map(RecordCodec::write).toList())));
        return 0;
    }

    private static String day(String text) {
        try {
            return LocalDate.parse(text).toString();
        } catch (DateTimeParseException e) {
            throw NamedTables.wrongUsage("--until " + text, "a date such as 2027-01-31");
        }
    }

    private static void write(Path home, List<Holds.Hold> holds) throws IOException {
        Path file = home.resolve("lake").resolve("holds.yaml");
        AtomicFile.write(file, YamlText.write(RecordCodec.write(new Holds(holds))));
    }
}
