package tatara.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tatara.core.design.DataDesign;
import tatara.core.json.Json;
import tatara.core.port.ModelRegistry;
import tatara.data.retention.Forgetting;
import tatara.data.retention.Receipts;
import tatara.pipeline.Catalogue;
import tatara.pipeline.execute.Workspace;

/** {@code tatara data forget}. */
@CommandLine.Command(
        name = "forget",
        description =
                "Removes a person from everything in the home, looks whether something is left, and signs a receipt.")
final class DataForgetCommand extends Command {
    @Parameters(index = "0", arity = "0..1", paramLabel = "PIPELINE", description = "Whose tables.")
    @Nullable
    String name;

    @Option(names = "--all", description = "All pipelines of the home.")
    boolean all;

    @Option(names = "--where", paramLabel = "COLUMN=VALUE", description = "Who; all conditions must hold.")
    Map<String, String> where = new LinkedHashMap<>();

    @Option(names = "--dry-run", description = "Only say what would be removed.")
    boolean dryRun;

    @Option(names = "--reason", paramLabel = "TEXT", description = "Why; stands in the receipt.")
    String reason = "";

    @Option(names = "--resume", description = "Finish what was interrupted.")
    boolean resume;

    @Option(names = "--verify", paramLabel = "RECEIPT", description = "Check a receipt's signature.")
    @Nullable
    Path receipt;

    DataForgetCommand(Terminal terminal) {
        super(terminal);
    }

    @Override
    int execute() {
        if (receipt != null) {
            Json.Obj document = new Receipts(workspace().home()).verify(receipt);
            terminal.line("the receipt is genuine");
            terminal.document(document);
            return 0;
        }
        if (!resume && (where.isEmpty() || (name == null) != all)) {
            throw NamedTables.wrongUsage("data forget", "PIPELINE or --all, and --where COLUMN=VALUE");
        }
        Optional<Path> interrupted = Wiring.interrupted(workspace());
        Workspace.Lock home = workspace().alone();
        try (home;
                Wiring wiring = new Wiring(workspace())) {
            Forgetting forgetting = wiring.forgetting();
            if (resume) {
                wiring.lake().get();
                terminal.line(interrupted.isPresent() ? "finished; see receipts/" : "nothing was interrupted");
                terminal.document(Json.object().with("finished", new Json.Bool(interrupted.isPresent())));
                return 0;
            }
            List<Workspace.Lock> locks = new ArrayList<>();
            try {
                workspace().names().forEach(pipeline -> locks.add(workspace().lock(pipeline)));
                say(forgetting.forget(request(wiring), dryRun));
            } finally {
                locks.forEach(Workspace.Lock::close);
            }
            return 0;
        }
    }

    private void say(Forgetting.Forgotten forgotten) {
        List<Json> tables = new ArrayList<>();
        for (Forgetting.Found found : forgotten.tables()) {
            String table = found.table().layer() + "/" + found.table().name();
            terminal.line(String.format(
                    Locale.ROOT,
                    "%s: %d rows %s, in %d versions",
                    table,
                    found.rows(),
                    dryRun ? "would go" : "gone",
                    found.versions()));
            tables.add(Json.object()
                    .with("table", table)
                    .with("rows", found.rows())
                    .with("versions", found.versions()));
        }
        forgotten
                .receipt()
                .ifPresent(file ->
                        terminal.line("nothing of the person was found in the home any more; receipt: " + file));
        terminal.document(Json.object()
                .with("dryRun", new Json.Bool(dryRun))
                .with("tables", new Json.Arr(tables))
                .with(
                        "receipt",
                        forgotten
                                .receipt()
                                .<Json>map(file -> Json.string(file.toString()))
                                .orElse(Json.NULL)));
    }

    private Forgetting.Request request(Wiring wiring) {
        Catalogue catalogue = new Catalogue(workspace());
        List<String> pipelines = name == null
                ? wiring.lake().get().tables().stream()
                        .map(table -> table.name().replaceFirst("\\..*", ""))
                        .distinct()
                        .toList()
                : List.of(name);
        List<List<String>> aliases = new ArrayList<>();
        List<String> sources = new ArrayList<>();
        for (String pipeline : pipelines) {
            catalogue.dataDesign(pipeline).ifPresent(design -> aliases.addAll(aliases(design)));
            if (catalogue.names().contains(pipeline)) {
                catalogue.spec(pipeline).data().forEach(source -> sources.add(source.location()));
            }
        }
        List<String> models = new ArrayList<>();
        for (ModelRegistry.Version version : wiring.registered()) {
            if (pipelines.contains(version.model())) {
                models.add(version.model() + " version " + version.version());
            }
        }
        return new Forgetting.Request(pipelines, aliases, where, reason, models, sources);
    }

    /** Columns that hold the same key, in lower case. */
    private static List<List<String>> aliases(DataDesign design) {
        List<List<String>> aliases = new ArrayList<>();
        design.links()
                .forEach(link -> aliases.add(List.of(
                        link.column().toLowerCase(Locale.ROOT), link.toColumn().toLowerCase(Locale.ROOT))));
        for (DataDesign.Table table : design.tables()) {
            if (table.key().size() == 1) {
                aliases.add(List.of(table.key().get(0).toLowerCase(Locale.ROOT)));
            }
        }
        return aliases;
    }
}
