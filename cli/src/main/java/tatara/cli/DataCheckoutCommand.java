package tatara.cli;

import java.nio.file.Path;
import java.util.Locale;
import picocli.CommandLine;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tatara.core.evidence.TableRef;
import tatara.core.json.Json;
import tatara.data.files.FileVersions;
import tatara.pipeline.Catalogue;

/** {@code tatara data checkout}. */
@CommandLine.Command(
        name = "checkout",
        description =
                "Writes the files of a version (see data add) into a folder; files that are the same already are left as they are.")
final class DataCheckoutCommand extends Command {
    @Parameters(
            index = "0",
            paramLabel = "NAME[@V]",
            description = "Name of the data, and a version, tag, branch or time (default: main).")
    String name = "";

    @Option(names = "--to", required = true, paramLabel = "DIR", description = "The folder.")
    Path folder = Path.of(".");

    @Option(names = "--force", description = "Replace files that have another content.")
    boolean force;

    DataCheckoutCommand(Terminal terminal) {
        super(terminal);
    }

    @Override
    int execute() {
        try (Wiring wiring = new Wiring(workspace())) {
            NamedTables tables = new NamedTables(wiring.lake().get(), new Catalogue(workspace()));
            NamedTables.Versioned asked = NamedTables.versioned(name);
            String table = asked.name().endsWith("." + FileVersions.TABLE)
                    ? asked.name()
                    : asked.name() + "." + FileVersions.TABLE;
            TableRef version = tables.version(tables.find(table, "raw").get(0), asked.version());
            FileVersions.Restored restored = wiring.fileVersions().restore(version, folder, force);
            terminal.line(String.format(
                    Locale.ROOT,
                    "%s: version %d, %,d files written, %,d were there%s",
                    folder,
                    version.snapshot(),
                    restored.written(),
                    restored.kept(),
                    restored.others() == 0
                            ? ""
                            : String.format(Locale.ROOT, "; %,d other files are left alone", restored.others())));
            terminal.document(VersionDocuments.table(version)
                    .with("folder", folder.toString())
                    .with("written", new Json.Num(restored.written()))
                    .with("kept", new Json.Num(restored.kept()))
                    .with("others", new Json.Num(restored.others())));
            return 0;
        }
    }
}
