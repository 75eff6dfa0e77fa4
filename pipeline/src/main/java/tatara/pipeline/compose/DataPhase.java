package tatara.pipeline.compose;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import tatara.core.evidence.ColumnLink;
import tatara.core.evidence.DataEvidence;
import tatara.core.evidence.SourceAudit;
import tatara.core.evidence.SourceFile;
import tatara.core.evidence.TableProfile;
import tatara.core.evidence.TableRef;
import tatara.core.evidence.TableStructure;
import tatara.core.json.Json;
import tatara.core.json.RecordCodec;
import tatara.core.spec.DataArgument;
import tatara.data.profile.Links;
import tatara.data.profile.Profiler;
import tatara.data.profile.StructureProfiler;
import tatara.data.source.Corrections;
import tatara.data.source.Ingested;
import tatara.data.source.Ingestion;
import tatara.data.source.LakeSources;
import tatara.data.source.SourceTable;
import tatara.data.source.Sources;
import tatara.data.source.remote.RemoteCopies;
import tatara.pipeline.execute.ContentKey;
import tatara.pipeline.execute.StepResult;
import tatara.pipeline.execute.StepSpec;

/** From data arguments to profiles: ingestion and looking, before anything is known of the question. */
final class DataPhase {
    private static final int INGEST = 2;
    private static final int MEND = 1;
    private static final int PROFILE = 2;
    private static final int LINKS = 1;
    private static final int STRUCTURE = 1;

    private final RunContext run;
    private final String pipeline;

    DataPhase(RunContext run, String pipeline) {
        this.run = run;
        this.pipeline = pipeline;
    }

    /** What was found: a profile of each table, and how the tables hang together. */
    record Found(List<Profiled> tables, List<ColumnLink> links) {
        List<TableProfile> profiles() {
            return tables.stream().map(Profiled::profile).toList();
        }

        Profiled table(String name) {
            return tables.stream()
                    .filter(table -> table.profile().name().equals(name))
                    .findFirst()
                    .orElseThrow(() -> new IllegalArgumentException("table: " + name));
        }

        long bytes() {
            return tables.stream()
                    .flatMap(table -> table.profile().source().files().stream())
                    .mapToLong(SourceFile::bytes)
                    .sum();
        }
    }

    /** A table's profile, its source, the key of the content it was made from, and the key of the source's content. */
    record Profiled(TableProfile profile, SourceTable source, String rawKey, String ingestKey) {}

    Found look(List<DataArgument> arguments) {
        RemoteCopies copies = new RemoteCopies(
                run.workspace().cache(), run.remote(), run.execution().events(), run.nanoTime());
        List<DataArgument> places = arguments.stream()
                .filter(argument -> !LakeSources.isLake(argument.location()))
                .toList();
        List<SourceTable> sources = new Sources(run.workspace().cache(), copies).discover(places);
        List<LakeSources.Found> stored = places.size() == arguments.size()
                ? List.of()
                : new LakeSources(run.lake().get()).discover(arguments, sources);
        List<Callable<Profiled>> branches = new ArrayList<>();
        for (SourceTable source : sources) {
            branches.add(() -> profile(
                    source,
                    () -> new Ingestion(run.lake().get(), run.workspace().cache()).ingest(source, pipeline)));
        }
        for (LakeSources.Found found : stored) {
            branches.add(() ->
                    profile(found.table(), () -> new LakeSources(run.lake().get()).take(found, pipeline)));
        }
        List<Profiled> tables = run.execution().parallel(branches);
        return new Found(tables, links(tables));
    }

    private Profiled profile(SourceTable source, Supplier<Ingested> ingestion) {
        StepResult ingested = run.execution()
                .step(ingestStep(source), stored -> isThere(stored.value(TableRef.class, "raw")), scope -> {
                    Ingested result = ingestion.get();
                    SourceAudit audit = result.audit();
                    return Json.object()
                            .with("raw", RecordCodec.write(result.raw()))
                            .with("audit", RecordCodec.write(audit))
                            .with("summary", Sentences.ingested(audit));
                });
        Mended mended = mended(source, ingested);
        StepSpec spec = StepSpec.of(1, "profile:" + source.name(), "profile " + source.name(), PROFILE, mended.key());
        StepResult profiled = run.execution()
                .step(spec, stored -> isThere(stored.value(TableProfile.class).raw()), scope -> {
                    TableProfile profile = new Profiler(run.lake().get())
                            .profile(source.name(), mended.raw(), ingested.value(SourceAudit.class, "audit"));
                    return Json.object()
                            .with("value", RecordCodec.write(profile))
                            .with("summary", Sentences.profiled(profile));
                });
        return new Profiled(profiled.value(TableProfile.class), source, mended.key(), ingested.key());
    }

    /** Raw rows with what people corrected, and the key of that content. */
    private record Mended(TableRef raw, String key) {}

    private Mended mended(SourceTable source, StepResult ingested) {
        TableRef raw = ingested.value(TableRef.class, "raw");
        List<Corrections.Correction> corrections =
                Corrections.of(run.workspace().home(), pipeline, source.name()).of(ingested.key());
        if (corrections.isEmpty()) {
            return new Mended(raw, ingested.key());
        }
        StepSpec step = StepSpec.of(
                1,
                "mend:" + source.name(),
                "lay corrections over " + source.name(),
                MEND,
                ingested.key(),
                ContentKey.of(RecordCodec.write(corrections)));
        StepResult result = run.execution()
                .step(step, stored -> isThere(stored.value(TableRef.class, "raw")), scope -> Json.object()
                        .with(
                                "raw",
                                RecordCodec.write(Corrections.lay(run.lake().get(), raw, corrections)))
                        .with("summary", corrections.size() + " rows"));
        return new Mended(result.value(TableRef.class, "raw"), result.key());
    }

    /** What columns have to do with each other, table by table in the order of the evidence. */
    List<TableStructure> structures(Found found, DataEvidence evidence) {
        List<TableStructure> structures = new ArrayList<>();
        for (TableProfile profile : evidence.tables()) {
            StepSpec spec = StepSpec.of(
                    1,
                    "structure:" + profile.name(),
                    "look deeper into " + profile.name(),
                    STRUCTURE,
                    found.table(profile.name()).rawKey());
            StepResult result = run.execution().step(spec, scope -> {
                TableStructure structure = new StructureProfiler(run.lake().get()).structure(profile);
                return Json.object()
                        .with("value", RecordCodec.write(structure))
                        .with("summary", Sentences.structure(structure));
            });
            structures.add(result.value(TableStructure.class));
        }
        return structures;
    }

    private boolean isThere(TableRef table) {
        return run.lake().get().holds(table);
    }

    private StepSpec ingestStep(SourceTable source) {
        List<String> inputs = new ArrayList<>();
        inputs.add(pipeline);
        inputs.add(source.format().label());
        inputs.add(ContentKey.of(RecordCodec.write(source.dialect())));
        source.files().forEach(file -> inputs.add(file.fingerprint()));
        return new StepSpec("ingest:" + source.name(), 1, "ingest " + source.name(), INGEST, inputs);
    }

    private List<ColumnLink> links(List<Profiled> tables) {
        if (tables.size() < 2) {
            return List.of();
        }
        List<String> inputs = tables.stream().map(Profiled::rawKey).toList();
        StepResult found = run.execution()
                .step(new StepSpec("links", 1, "find how tables hang together", LINKS, inputs), scope -> {
                    List<ColumnLink> links = new Links(run.lake().get())
                            .find(tables.stream().map(Profiled::profile).toList());
                    return Json.object()
                            .with("links", RecordCodec.write(links))
                            .with("summary", links.size() + " links");
                });
        return found.value(FoundLinks.class, "").links();
    }

    /** The stored form of links. */
    record FoundLinks(List<ColumnLink> links, String summary) {}
}
