package tatara.cli;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import picocli.CommandLine;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tatara.core.design.DataDesign;
import tatara.core.evidence.TableRef;
import tatara.core.json.Json;
import tatara.data.lake.Lake;
import tatara.data.version.Garbage;
import tatara.data.version.Holds;
import tatara.pipeline.Catalogue;
import tatara.pipeline.DataNeeds;

/** {@code tatara data retain}. */
@CommandLine.Command(
        name = "retain",
        description = "Drops versions older than the data engineer's hand-off lets each layer keep them.")
final class DataRetainCommand extends Command {
    @Parameters(index = "0", paramLabel = "PIPELINE", description = "Whose tables.")
    String name = "";

    @Option(names = "--dry-run", description = "Only say what would be deleted.")
    boolean dryRun;

    DataRetainCommand(Terminal terminal) {
        super(terminal);
    }

    @Override
    int execute() {
        Catalogue catalogue = new Catalogue(workspace());
        catalogue.spec(name);
        List<DataDesign.Retention> policies =
                catalogue.dataDesign(name).map(DataDesign::retention).orElse(List.of());
        try (Wiring wiring = new Wiring(workspace())) {
            Lake lake = wiring.lake().get();
            DataNeeds needs = new DataNeeds(workspace(), wiring.lake(), wiring.registry());
            Set<TableRef> needed = needs.results();
            needed.addAll(needs.models().keySet());
            Garbage garbage = new Garbage(lake, wiring.clock());
            List<Json> documents = new ArrayList<>();
            long bytes = 0;
            for (DataDesign.Retention policy : policies) {
                if (policy.days() > 0) {
                    List<TableRef> tables = lake.tables().stream()
                            .filter(table -> table.layer().equals(policy.layer())
                                    && table.name().startsWith(name + "."))
                            .toList();
                    for (Garbage.Swept swept : garbage.sweep(
                            tables, needed, Duration.ofDays(policy.days()), Holds.read(lake.home()), dryRun)) {
                        bytes += swept.bytes();
                        documents.add(say(swept, policy));
                    }
                }
            }
            terminal.line(VersionDocuments.bytes(bytes) + (dryRun ? " would be freed" : " freed"));
            terminal.document(Json.object()
                    .with("dryRun", new Json.Bool(dryRun))
                    .with("bytes", bytes)
                    .with("tables", new Json.Arr(documents)));
        }
        return 0;
    }

    private Json say(Garbage.Swept swept, DataDesign.Retention policy) {
        String table = swept.table().layer() + "/" + swept.table().name();
        terminal.line(String.format(
                Locale.ROOT,
                "%s (%d days): %d versions stay, %d go%s",
                table,
                policy.days(),
                swept.kept(),
                swept.dropped().size(),
                swept.hold().map(reason -> ", held: " + reason).orElse("")));
        return Json.object()
                .with("table", table)
                .with("days", (long) policy.days())
                .with("kept", (long) swept.kept())
                .with("dropped", (long) swept.dropped().size())
                .with("bytes", swept.bytes());
    }
}
