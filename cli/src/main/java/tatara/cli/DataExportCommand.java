package tatara.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tatara.core.evidence.TableRef;
import tatara.core.json.Json;
import tatara.data.version.dvc.DvcExport;
import tatara.pipeline.Catalogue;

/** {@code tatara data export}. */
@CommandLine.Command(
        name = "export",
        description =
                "Writes versions of tables, or of files, for DVC 3: data, .dvc files, and content in DVC's cache. Git is not touched.")
final class DataExportCommand extends Command {
    @Parameters(
            index = "0",
            paramLabel = "NAME[@V]",
            description =
                    "PIPELINE (all its tables), PIPELINE.TABLE, or LAYER/PIPELINE.TABLE; a version, tag, branch or time.")
    String name = "";

    @Option(names = "--layer", paramLabel = "LAYER", description = "raw (default), processed, features, predictions.")
    String layer = "raw";

    @Option(
            names = "--dvc",
            required = true,
            paramLabel = "DIR",
            description = "The folder; becomes a DVC repository (without git) if it is in none.")
    Path folder = Path.of(".");

    @Option(names = "--format", paramLabel = "FORMAT", description = "parquet (default) or csv.")
    String format = "parquet";

    @Option(
            names = "--remote",
            paramLabel = "DIR",
            description = "A folder that also gets the content, as dvc push brings it there.")
    @Nullable
    Path remote;

    DataExportCommand(Terminal terminal) {
        super(terminal);
    }

    @Override
    int execute() {
        DvcExport.Destination destination =
                new DvcExport.Destination(folder, format(format), Optional.ofNullable(remote));
        try (Wiring wiring = new Wiring(workspace())) {
            NamedTables tables = new NamedTables(wiring.lake().get(), new Catalogue(workspace()));
            NamedTables.Versioned asked = NamedTables.versioned(name);
            List<TableRef> versions = tables.find(asked.name(), layer).stream()
                    .map(table -> tables.version(table, asked.version()))
                    .toList();
            DvcExport export = new DvcExport(wiring.lake().get(), wiring.fileVersions());
            List<Json> documents = new ArrayList<>();
            for (TableRef version : versions) {
                DvcExport.Exported exported = export.export(version, destination);
                terminal.line(String.format(
                        Locale.ROOT,
                        "%s/%s version %d: %s, %,d files, %s, md5 %s",
                        version.layer(),
                        version.name(),
                        version.snapshot(),
                        exported.pointer(),
                        exported.files(),
                        VersionDocuments.bytes(exported.bytes()),
                        exported.md5()));
                documents.add(VersionDocuments.table(version)
                        .with("data", exported.data().toString())
                        .with("pointer", exported.pointer().toString())
                        .with("md5", exported.md5())
                        .with("files", new Json.Num(exported.files()))
                        .with("bytes", new Json.Num(exported.bytes())));
            }
            terminal.document(Json.object().with("exported", new Json.Arr(documents)));
            return 0;
        }
    }

    private static DvcExport.Format format(String name) {
        return switch (name.toLowerCase(Locale.ROOT)) {
            case "parquet" -> DvcExport.Format.PARQUET;
            case "csv" -> DvcExport.Format.CSV;
            default -> throw NamedTables.wrongUsage("--format: " + name, "parquet or csv");
        };
    }
}
