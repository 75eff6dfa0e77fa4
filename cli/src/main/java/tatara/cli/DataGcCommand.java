package tatara.cli;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tatara.core.evidence.TableRef;
import tatara.core.json.Json;
import tatara.data.lake.Freed;
import tatara.data.lake.Lake;
import tatara.data.load.LoadFiles;
import tatara.data.version.Garbage;
import tatara.data.version.Holds;
import tatara.pipeline.Catalogue;
import tatara.pipeline.DataNeeds;

/** {@code tatara data gc}. */
@CommandLine.Command(
        name = "gc",
        description = {
            "Deletes versions that nothing needs: no branch, tag, merge, model, stored result or legal hold;",
            "with them the content of files and the states of loads that only they needed."
        })
final class DataGcCommand extends Command {
    @Parameters(
            index = "0",
            arity = "0..1",
            paramLabel = "NAME",
            description = "PIPELINE, PIPELINE.TABLE or LAYER/PIPELINE.TABLE (default: all tables).")
    @Nullable
    String name;

    @Option(names = "--keep-days", paramLabel = "N", description = "Versions younger than this stay (default: 30).")
    int keepDays = 30;

    @Option(names = "--dry-run", description = "Only say what would be deleted.")
    boolean dryRun;

    DataGcCommand(Terminal terminal) {
        super(terminal);
    }

    @Override
    int execute() {
        if (keepDays < 0) {
            throw NamedTables.wrongUsage("--keep-days " + keepDays, "0 or more");
        }
        try (Wiring wiring = new Wiring(workspace())) {
            Lake lake = wiring.lake().get();
            List<TableRef> tables = lake.tables();
            if (name != null) {
                NamedTables named = new NamedTables(lake, new Catalogue(workspace()));
                List<TableRef> found = new ArrayList<>();
                for (String layer :
                        tables.stream().map(TableRef::layer).distinct().toList()) {
                    String meant = name.contains("/") ? name : layer + "/" + name;
                    if (tables.stream().anyMatch(table -> isMeant(table, meant)) || name.contains("/")) {
                        named.find(meant, layer).stream()
                                .filter(table -> !found.contains(table))
                                .forEach(found::add);
                    }
                }
                tables = found.isEmpty() ? named.find(name, "raw") : found;
            }
            sweep(wiring, lake, tables);
        }
        return 0;
    }

    private static boolean isMeant(TableRef table, String meant) {
        String full = table.layer() + "/" + table.name();
        return full.equals(meant) || full.startsWith(meant + ".");
    }

    private void sweep(Wiring wiring, Lake lake, List<TableRef> tables) {
        DataNeeds needs = new DataNeeds(workspace(), wiring.lake(), wiring.registry());
        Set<TableRef> needed = needs.results();
        needed.addAll(needs.models().keySet());
        List<Garbage.Swept> swept = new Garbage(lake, wiring.clock())
                .sweep(tables, needed, Duration.ofDays(keepDays), Holds.read(lake.home()), dryRun);
        long bytes = 0;
        int versions = 0;
        List<Json> documents = new ArrayList<>();
        for (Garbage.Swept table : swept) {
            bytes += table.bytes();
            versions += table.dropped().size();
            terminal.line(line(table));
            documents.add(Json.object()
                    .with("table", table.table().layer() + "/" + table.table().name())
                    .with("kept", table.kept())
                    .with(
                            "dropped",
                            Json.strings(table.dropped().stream()
                                    .sorted()
                                    .map(String::valueOf)
                                    .toList()))
                    .with("bytes", table.bytes())
                    .with("hold", table.hold().<Json>map(Json::string).orElse(Json.NULL)));
        }
        Map<TableRef, Set<Long>> going = new HashMap<>();
        swept.forEach(table -> going.put(named(table.table()), table.dropped()));
        Predicate<TableRef> goes =
                version -> going.getOrDefault(named(version), Set.of()).contains(version.snapshot());
        Instant now = wiring.clock().instant();
        Freed loads = new LoadFiles(lake).sweep(tables, goes, now, dryRun);
        Freed contents = wiring.fileVersions().sweep(goes, now, dryRun);
        tell("states of loads", loads);
        tell("contents of files", contents);
        bytes += loads.bytes() + contents.bytes();
        terminal.line(String.format(
                Locale.ROOT,
                "%d versions %s, %s %s",
                versions,
                dryRun ? "would go" : "gone",
                VersionDocuments.bytes(bytes),
                dryRun ? "would be freed" : "freed"));
        terminal.document(Json.object()
                .with("dryRun", new Json.Bool(dryRun))
                .with("bytes", bytes)
                .with("loads", document(loads))
                .with("contents", document(contents))
                .with("tables", new Json.Arr(documents)));
    }

    private static TableRef named(TableRef version) {
        return new TableRef(version.layer(), version.name(), 0, 0);
    }

    private void tell(String what, Freed freed) {
        if (freed.files() > 0) {
            terminal.line(String.format(
                    Locale.ROOT,
                    "%s: %d %s, %s",
                    what,
                    freed.files(),
                    dryRun ? "would go" : "gone",
                    VersionDocuments.bytes(freed.bytes())));
        }
    }

    private static Json document(Freed freed) {
        return Json.object().with("files", freed.files()).with("bytes", freed.bytes());
    }

    private static String line(Garbage.Swept table) {
        String place = table.table().layer() + "/" + table.table().name();
        return table.hold()
                .map(reason -> place + ": held (" + reason + "), all " + table.kept() + " versions stay")
                .orElseGet(() -> String.format(
                        Locale.ROOT,
                        "%s: %d versions stay, %d go, %s",
                        place,
                        table.kept(),
                        table.dropped().size(),
                        VersionDocuments.bytes(table.bytes())));
    }
}
