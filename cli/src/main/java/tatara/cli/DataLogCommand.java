package tatara.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import picocli.CommandLine;
import picocli.CommandLine.Option;
import tatara.core.evidence.TableRef;
import tatara.core.json.Json;
import tatara.data.lake.Lake;
import tatara.data.lake.Version;
import tatara.pipeline.DataNeeds;

/** {@code tatara data log}. */
@CommandLine.Command(
        name = "log",
        description = "Versions of a table, newest first: when, how many rows, from where, and which models need them.")
final class DataLogCommand extends VersionedCommand {
    @Option(
            names = "--ref",
            paramLabel = "REF",
            description = "A branch, tag, version or time to start from (default: main).")
    String ref = "main";

    @Option(names = "--limit", paramLabel = "N", description = "Most versions to show (default: 50).")
    int limit = 50;

    private Map<TableRef, List<String>> models = Map.of();

    DataLogCommand(Terminal terminal) {
        super(terminal);
    }

    @Override
    void begin(Wiring wiring, Lake lake, NamedTables tables, List<TableRef> found) {
        models = new DataNeeds(workspace(), wiring.lake(), wiring.registry()).models();
    }

    @Override
    Result on(Wiring wiring, Lake lake, NamedTables tables, TableRef table) {
        List<Json> versions = new ArrayList<>();
        List<Version> log = lake.history().log(table.layer(), table.name(), ref);
        terminal.line(table.layer() + "/" + table.name());
        for (Version version : log.subList(0, Math.min(Math.max(0, limit), log.size()))) {
            TableRef key =
                    new TableRef(table.layer(), table.name(), version.table().snapshot(), 0);
            List<String> needed = models.getOrDefault(key, List.of());
            versions.add(VersionDocuments.version(version, needed));
            terminal.line(line(version, needed));
        }
        if (versions.size() < log.size()) {
            terminal.line("  … " + (log.size() - versions.size()) + " more; see --limit");
        }
        return Result.of(Json.object()
                .with("table", table.layer() + "/" + table.name())
                .with("versions", new Json.Arr(versions)));
    }

    private static String line(Version version, List<String> models) {
        StringBuilder line = new StringBuilder(String.format(
                Locale.ROOT,
                "  %-19d  %-19s  %-8s %,10d rows  +%,d -%,d  %s",
                version.table().snapshot(),
                version.at().toString().substring(0, 19).replace('T', ' '),
                version.operation(),
                version.table().rows(),
                version.rowsAdded(),
                version.rowsDeleted(),
                VersionDocuments.bytes(version.bytes())));
        if (!version.refs().isEmpty()) {
            line.append("  [").append(String.join(", ", version.refs())).append(']');
        }
        new TreeMap<>(version.properties())
                .forEach((name, value) ->
                        line.append("\n      ").append(name).append(": ").append(value));
        if (!models.isEmpty()) {
            line.append("\n      needed by: ").append(String.join(", ", models));
        }
        return line.toString();
    }
}
