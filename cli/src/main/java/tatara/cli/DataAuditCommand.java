package tatara.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Parameters;
import tatara.core.evidence.ColumnLink;
import tatara.core.evidence.PersonalData;
import tatara.core.json.Json;
import tatara.core.json.RecordCodec;
import tatara.core.spec.DataArgument;
import tatara.data.audit.TableAudit;
import tatara.data.lake.Lake;
import tatara.data.lake.StorageFailure;
import tatara.pipeline.Catalogue;
import tatara.pipeline.execute.RunSettings;
import tatara.pipeline.execute.Workspace;

/** {@code tatara data audit}. */
@CommandLine.Command(
        name = "audit",
        description =
                "What sources hold: size, keys, links, freshness, personal data, and how to connect and keep them up to date.")
final class DataAuditCommand extends Command {
    @Parameters(
            arity = "1..*",
            paramLabel = "LOCATION|NAME",
            description = "Paths or URIs, each may be NAME=LOCATION; or the name of a pipeline, for its data.")
    List<String> locations = new ArrayList<>();

    DataAuditCommand(Terminal terminal) {
        super(terminal);
    }

    @Override
    int execute() {
        Workspace workspace = workspace();
        Path scratch = scratch(workspace.cache());
        RunSettings settings = RunSettings.ofThisProcess("", 0, false);
        List<TableAudit> audits;
        try (Wiring wiring = new Wiring(workspace);
                Lake lake = Lake.open(scratch, settings.engineMegabytes(), settings.threads())) {
            audits = wiring.auditor(lake, new Progress(terminal, System::nanoTime, 0))
                    .audit(arguments(workspace), step -> terminal.status(step + " \u2026"));
        } finally {
            terminal.status("");
            remove(scratch);
        }
        audits.forEach(this::show);
        terminal.document(Json.object().with("tables", RecordCodec.write(audits)));
        return 0;
    }

    private List<DataArgument> arguments(Workspace workspace) {
        Catalogue catalogue = new Catalogue(workspace);
        List<DataArgument> arguments = new ArrayList<>();
        for (String location : locations) {
            boolean pipeline = catalogue.names().contains(location) && !Files.exists(Path.of(location));
            if (pipeline) {
                arguments.addAll(catalogue.spec(location).data());
            } else {
                arguments.add(RequestOptions.argument(location));
            }
        }
        return arguments;
    }

    private void show(TableAudit audit) {
        terminal.line(audit.name());
        fact("place", audit.place());
        fact("connect", audit.connect());
        fact(
                "holds",
                String.format(
                        Locale.ROOT,
                        "%,d rows, %,d columns, %,d bytes (%s)",
                        audit.rows(),
                        audit.columns(),
                        audit.bytes(),
                        audit.format()));
        fact("keys", audit.keys().isEmpty() ? "no set of columns tells all rows apart" : keys(audit));
        audit.declaredLinks().forEach(link -> fact("link", link + ", declared"));
        audit.links().forEach(link -> fact("link", link(link)));
        fact("freshness", freshness(audit.freshness()));
        audit.personal().forEach(found -> fact("personal", personal(found)));
        if (audit.personal().isEmpty()) {
            fact("personal", "no personal data found");
        }
        TableAudit.Suggestion suggestion = audit.ingestion();
        fact(
                "ingestion",
                words(suggestion.kind())
                        + suggestion.watermark().map(column -> " by " + column).orElse("") + ": " + suggestion.why());
        audit.notes().forEach(note -> fact("note", note));
        terminal.line("");
    }

    private void fact(String label, String text) {
        if (!text.isEmpty()) {
            terminal.line(String.format(Locale.ROOT, "  %-10s %s", label, text));
        }
    }

    private static String keys(TableAudit audit) {
        return audit.keys().stream()
                .map(key -> "(" + String.join(", ", key) + ")" + (key.equals(audit.declaredKey()) ? " declared" : ""))
                .collect(Collectors.joining("; "));
    }

    private static String link(ColumnLink link) {
        return String.format(
                Locale.ROOT,
                "%s -> %s (%s), by evidence: %.1f %% of its values are there",
                link.column(),
                link.toTable(),
                link.toColumn(),
                100 * link.coverage());
    }

    private static String freshness(TableAudit.Freshness freshness) {
        List<String> parts = new ArrayList<>();
        freshness
                .latestEvent()
                .ifPresent(time -> parts.add("latest " + freshness.eventColumn().orElse("time") + " " + time));
        freshness.modified().ifPresent(time -> parts.add("changed " + time));
        parts.add(freshness.rhythm());
        parts.removeIf(String::isEmpty);
        return parts.isEmpty() ? "nothing tells" : String.join("; ", parts);
    }

    private static String personal(PersonalData found) {
        String within = found.place() == PersonalData.Place.CELL ? "" : ", within texts";
        return String.format(
                Locale.ROOT,
                "%s: %s%s, %.0f %% sure (%s)",
                found.column(),
                words(found.kind()),
                within,
                100 * found.confidence(),
                found.why());
    }

    private static String words(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }

    private static Path scratch(Path cache) {
        try {
            Files.createDirectories(cache);
            return Files.createTempDirectory(cache, "audit-");
        } catch (IOException e) {
            throw StorageFailure.of(e, cache);
        }
    }

    private static void remove(Path scratch) {
        try (Stream<Path> inside = Files.walk(scratch)) {
            for (Path path : inside.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(path);
            }
        } catch (IOException e) {
            throw StorageFailure.of(e, scratch);
        }
    }
}
