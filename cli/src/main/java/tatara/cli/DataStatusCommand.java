package tatara.cli;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tatara.data.files.FileChanges;

/** {@code tatara data status}. */
@CommandLine.Command(
        name = "status",
        description = "What is new, changed or gone in a folder since its newest version (see data add).")
final class DataStatusCommand extends Command {
    private static final int MOST_SHOWN = 20;

    @Parameters(index = "0", paramLabel = "PATH", description = "The folder, or file.")
    Path place = Path.of(".");

    @Option(names = "--name", paramLabel = "NAME", description = "Name of the data (default: that of the folder).")
    @Nullable
    String name;

    DataStatusCommand(Terminal terminal) {
        super(terminal);
    }

    @Override
    int execute() {
        String data = DataAddCommand.name(place, Optional.ofNullable(name));
        try (Wiring wiring = new Wiring(workspace())) {
            FileChanges changes = wiring.fileVersions().status(place, data);
            terminal.line(String.format(
                    Locale.ROOT,
                    "%s: %s, %,d files, %s (%,d files read)",
                    data,
                    changes.isNone() ? "as in the newest version" : "changed since the newest version",
                    changes.files(),
                    VersionDocuments.bytes(changes.bytes()),
                    changes.read()));
            show("+", changes.added());
            show("~", changes.changed());
            show("-", changes.removed());
            terminal.document(VersionDocuments.changes(changes));
            return 0;
        }
    }

    private void show(String sign, List<String> paths) {
        paths.stream().limit(MOST_SHOWN).forEach(path -> terminal.line("  " + sign + " " + path));
        if (paths.size() > MOST_SHOWN) {
            terminal.line("  " + sign + " … " + (paths.size() - MOST_SHOWN) + " more; --json has all");
        }
    }
}
