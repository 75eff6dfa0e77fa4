package tatara.pipeline;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import tatara.core.design.DataDesign;
import tatara.core.design.Specialist;
import tatara.core.design.TableContract;
import tatara.core.error.Fault;
import tatara.core.error.TataraException;
import tatara.core.evidence.GateResult;
import tatara.core.spec.DataArgument;
import tatara.data.lake.Lake;
import tatara.data.schema.CellReading;
import tatara.data.schema.Validation;
import tatara.data.source.Ingested;
import tatara.data.source.Ingestion;
import tatara.data.source.SourceTable;
import tatara.data.source.Sources;
import tatara.pipeline.compose.ContractBook;
import tatara.pipeline.compose.ContractGates;
import tatara.pipeline.compose.HandoffFile;
import tatara.pipeline.execute.ExecuteErrorCode;
import tatara.pipeline.execute.Failures;
import tatara.pipeline.execute.JsonLog;
import tatara.pipeline.execute.Lazy;
import tatara.pipeline.execute.TextFile;
import tatara.pipeline.execute.Workspace;
import tatara.pipeline.outcome.ContractEntry;
import tatara.pipeline.outcome.QualityEntry;

/** The contracts of a pipeline for those who look at them, and files measured against them before they are loaded (D2, D8). */
public final class Contracts {
    private final Workspace workspace;
    private final Lazy<Lake> lake;
    private final Clock clock;

    public Contracts(Workspace workspace, Lazy<Lake> lake, Clock clock) {
        this.workspace = workspace;
        this.lake = lake;
        this.clock = clock;
    }

    /** All recorded entries, oldest first. */
    public List<ContractEntry> history(String pipeline) {
        new Catalogue(workspace).spec(pipeline);
        return new ContractBook(workspace, pipeline).history();
    }

    /** How each run's tables stood at their gates, oldest first. */
    public List<QualityEntry> quality(String pipeline) {
        new Catalogue(workspace).spec(pipeline);
        return new JsonLog<>(workspace.pipeline(pipeline).resolve("quality.jsonl"), QualityEntry.class).read();
    }

    /** The contracts as the hand-off has them, edits included. */
    public List<TableContract> contracts(String pipeline) {
        return design(pipeline).contracts();
    }

    /** The next run infers the table's contract anew. */
    public void forget(String pipeline, String table, String why) {
        contract(design(pipeline), table);
        workspace.locked(pipeline, () -> {
            new ContractBook(workspace, pipeline).forget(table, clock.instant().toString(), why);
            return table;
        });
    }

    private DataDesign design(String pipeline) {
        new Catalogue(workspace).spec(pipeline);
        Path file = workspace.handoffs(pipeline).resolve(Specialist.DATA_ENGINEER.fileName());
        if (!Files.exists(file)) {
            throw new TataraException(
                    ExecuteErrorCode.PIPELINE_NOT_FOUND,
                    Fault.of("the pipeline " + pipeline + " has no data design yet")
                            .at(file.toString())
                            .todo("Run it first: tatara run " + pipeline));
        }
        return (DataDesign) HandoffFile.read(Specialist.DATA_ENGINEER, file.toString(), TextFile.read(file))
                .design();
    }

    private static TableContract contract(DataDesign design, String table) {
        return design.contract(table)
                .orElseThrow(() -> new TataraException(
                        ExecuteErrorCode.PIPELINE_NOT_FOUND,
                        Fault.of("there is no contract for a table named: " + table)
                                .expecting("one of "
                                        + String.join(
                                                ", ",
                                                design.contracts().stream()
                                                        .map(TableContract::table)
                                                        .toList()))
                                .todo("Name one of them with --table")));
    }

    /**
     * What a file showed against the contract of a table.
     *
     * @param gates rules and comparisons that failed, and a count of the others
     * @param blocked whether a load would be stopped
     */
    public record Checked(
            String table,
            long rows,
            long unreadable,
            long setAside,
            ContractGates.Outcome outcome,
            List<GateResult> gates,
            boolean blocked) {}

    /**
     * Measures a file; nothing of it is kept.
     *
     * @param location path or URI
     * @param table whose contract; the main table's if empty
     */
    public Checked check(String pipeline, String location, Optional<String> table) {
        DataDesign design = design(pipeline);
        TableContract contract = contract(design, table.orElse(design.mainTable()));
        Path home = scratch();
        try (Lake own = Lake.open(home, 1_000, 2)) {
            SourceTable source = new Sources(workspace.cache())
                    .discover(List.of(new DataArgument(contract.table(), location)))
                    .get(0);
            Ingested ingested = new Ingestion(own, home.resolve("cache")).ingest(source, pipeline);
            ContractBook book = new ContractBook(workspace, pipeline);
            List<CellReading> readings = CellReading.of(design.table(contract.table()));
            ContractGates.Batch batch = new ContractGates.Batch(
                    contract,
                    new Validation.Subject(contract.table(), ingested.raw(), readings),
                    others(own, design, contract, pipeline),
                    Optional.of(source),
                    book.reference(contract.table()),
                    earlierRows(pipeline, contract.table()));
            ContractGates gates = new ContractGates(own);
            ContractGates.Outcome outcome = gates.check(batch);
            long aside = gates.rows(batch, outcome.aside()).cardinality();
            List<GateResult> results = new ArrayList<>(outcome.results());
            ContractGates.tooMany(
                            design, contract.table(), aside, ingested.raw().rows())
                    .ifPresent(results::add);
            boolean blocked = results.stream().anyMatch(gate -> gate.blocks() && !gate.passed());
            return new Checked(
                    contract.table(),
                    ingested.raw().rows(),
                    ingested.audit().quarantined(),
                    aside,
                    outcome,
                    results,
                    blocked);
        } finally {
            delete(home);
        }
    }

    /** Tables that references lead to, copied beside the file. */
    private List<Validation.Subject> others(Lake own, DataDesign design, TableContract contract, String pipeline) {
        List<Validation.Subject> others = new ArrayList<>();
        contract.of(TableContract.Kind.REFERENCE).stream()
                .filter(rule -> rule.values().size() == 2)
                .map(rule -> rule.values().get(0))
                .distinct()
                .filter(name -> !name.equals(contract.table()))
                .forEach(
                        name -> lake.get().current("raw", pipeline + "." + name).ifPresent(ref -> {
                            try (tatara.data.lake.Engine reader = own.importing(List.of(workspace.home()))) {
                                others.add(new Validation.Subject(
                                        name,
                                        own.replace(
                                                reader,
                                                "raw",
                                                pipeline + "." + name,
                                                "SELECT * FROM " + lake.get().from(ref),
                                                ""),
                                        CellReading.of(design.table(name))));
                            }
                        }));
        return others;
    }

    private List<Long> earlierRows(String pipeline, String table) {
        Map<String, Long> counts = new LinkedHashMap<>();
        quality(pipeline).stream()
                .filter(entry -> entry.table().equals(table) && !entry.blocked())
                .forEach(entry -> counts.put(entry.content(), entry.rows()));
        return counts.size() < 2 ? List.of() : List.copyOf(counts.values());
    }

    private Path scratch() {
        try {
            Files.createDirectories(workspace.cache());
            return Files.createTempDirectory(workspace.cache(), "check-");
        } catch (IOException e) {
            throw Failures.translate("making a temporary folder", e);
        }
    }

    private static void delete(Path home) {
        try (Stream<Path> files = Files.walk(home)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            throw Failures.translate("removing a temporary folder", e);
        }
    }
}
