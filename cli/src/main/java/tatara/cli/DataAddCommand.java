package tatara.cli;

import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tatara.core.json.Json;
import tatara.data.files.FileVersions;
import tatara.data.files.ObjectStore;

/** {@code tatara data add}. */
@CommandLine.Command(
        name = "add",
        description = {
            "Makes what a folder of any files holds (images, documents, ...) a version: paths and SHA-256 as the table NAME.files, the content"
                    + " once in the home.",
            "Files that were not changed since the last time are not read again."
        })
final class DataAddCommand extends Command {
    @Parameters(index = "0", paramLabel = "PATH", description = "A folder, or one file.")
    Path place = Path.of(".");

    @Option(names = "--name", paramLabel = "NAME", description = "Name of the data (default: that of the folder).")
    @Nullable
    String name;

    @Option(names = "--link", description = "Keep the content as hard links: no copy, but the files become read-only.")
    boolean link;

    @Option(names = "--no-store", description = "Keep only the hashes: versions can be compared, not brought back.")
    boolean hashOnly;

    DataAddCommand(Terminal terminal) {
        super(terminal);
    }

    @Override
    int execute() {
        if (link && hashOnly) {
            throw NamedTables.wrongUsage("--link and --no-store", "one of them");
        }
        String data = name(place, Optional.ofNullable(name));
        try (Wiring wiring = new Wiring(workspace())) {
            FileVersions.Added added = wiring.fileVersions()
                    .add(
                            place,
                            data,
                            hashOnly
                                    ? ObjectStore.Keeping.NONE
                                    : link ? ObjectStore.Keeping.LINK : ObjectStore.Keeping.COPY);
            terminal.line(String.format(
                    Locale.ROOT,
                    "%s/%s: %s, %,d files, %s (+%,d ~%,d -%,d; %,d files read)",
                    added.version().layer(),
                    added.version().name(),
                    added.made()
                            ? "version " + added.version().snapshot()
                            : "nothing changed since version " + added.version().snapshot(),
                    added.changes().files(),
                    VersionDocuments.bytes(added.changes().bytes()),
                    added.changes().added().size(),
                    added.changes().changed().size(),
                    added.changes().removed().size(),
                    added.changes().read()));
            terminal.document(VersionDocuments.table(added.version())
                    .with("made", new Json.Bool(added.made()))
                    .with("changes", VersionDocuments.changes(added.changes())));
            return 0;
        }
    }

    /** The name of the data in a place: the one given, or the place's own. */
    static String name(Path place, Optional<String> given) {
        String data = given.orElseGet(() ->
                String.valueOf(place.toAbsolutePath().normalize().getFileName()).replace('.', '_'));
        if (data.isBlank() || data.equals("null") || data.contains(".") || data.contains("/")) {
            throw NamedTables.wrongUsage(
                    "a name for the data: " + data, "a name without dots and slashes: --name NAME");
        }
        return data;
    }
}
