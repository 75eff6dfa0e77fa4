package tatara.pipeline.compose;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tatara.core.design.TableContract;
import tatara.core.evidence.TableShape;
import tatara.core.json.JsonText;
import tatara.core.json.RecordCodec;
import tatara.data.lake.SafeName;
import tatara.data.schema.CellReading;
import tatara.data.schema.SchemaChange;
import tatara.data.schema.SchemaEvolution;
import tatara.pipeline.execute.AtomicFile;
import tatara.pipeline.execute.JsonLog;
import tatara.pipeline.execute.TextFile;
import tatara.pipeline.execute.Workspace;
import tatara.pipeline.outcome.ContractEntry;

/**
 * The recorded contracts of a pipeline (D2): {@code contracts.jsonl}, append only, and beside it the shape of the rows that each contract was inferred
 * from, which later batches are compared with.
 */
public final class ContractBook {
    private final Path directory;
    private final JsonLog<ContractEntry> log;

    public ContractBook(Workspace workspace, String pipeline) {
        this.directory = workspace.pipeline(pipeline);
        this.log = new JsonLog<>(directory.resolve("contracts.jsonl"), ContractEntry.class);
    }

    /** All entries, oldest first. */
    public List<ContractEntry> history() {
        return log.read();
    }

    /** The entry that holds for each table. */
    public Map<String, ContractEntry> standing() {
        Map<String, ContractEntry> standing = new LinkedHashMap<>();
        for (ContractEntry entry : history()) {
            if (entry.what().equals("forgotten")) {
                standing.remove(entry.table());
            } else if (!entry.what().equals("refused")) {
                standing.put(entry.table(), entry);
            }
        }
        return standing;
    }

    /** The shape of the rows that a table's contract was inferred from. */
    public Optional<TableShape> reference(String table) {
        Path file = shape(table);
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        String name = file.toString();
        return Optional.of(RecordCodec.read(TableShape.class, name, JsonText.read(name, TextFile.read(file))));
    }

    private Path shape(String table) {
        return directory.resolve("contracts").resolve(SafeName.of(table) + ".shape.json");
    }

    /** The contract of a table no longer holds: the next run infers it anew. */
    public void forget(String table, String when, String why) {
        ContractEntry standing = standing().get(table);
        if (standing != null) {
            log.append(new ContractEntry(
                    when,
                    table,
                    "forgotten",
                    why,
                    SchemaChange.Compatibility.FULL,
                    List.of(),
                    "",
                    standing.contract(),
                    standing.columns()));
        }
    }

    /**
     * What a run found about one table.
     *
     * @param contract as the run's design has it
     * @param columns how the run reads cells
     * @param found columns as the source has them now
     * @param made key of the evidence
     * @param edited whether a person edited the design
     * @param refused whether the run was stopped by the data
     */
    record Finding(
            TableContract contract,
            List<CellReading> columns,
            List<CellReading> found,
            TableShape shape,
            String made,
            boolean edited,
            boolean refused) {}

    /** Appends what is new about a table, if anything is. */
    void record(String when, Finding finding) {
        String table = finding.contract().table();
        Optional<ContractEntry> before = Optional.ofNullable(standing().get(table));
        if (before.isEmpty()) {
            if (!finding.refused()) {
                AtomicFile.write(shape(table), JsonText.write(RecordCodec.write(finding.shape())));
                int version = lastVersion(table) + 1;
                log.append(entry(
                        when,
                        finding.edited() ? "edited" : "inferred",
                        finding.edited()
                                ? "edited in the hand-off"
                                : "from " + finding.shape().rows() + " rows",
                        List.of(),
                        finding.edited() ? "" : finding.made(),
                        finding.contract().withVersion(version),
                        finding.columns()));
            }
            return;
        }
        List<SchemaChange> changes =
                SchemaEvolution.compare(before.get().columns(), reference(table), finding.found(), finding.shape());
        boolean same = finding.contract().rules().equals(before.get().contract().rules())
                && finding.columns().equals(before.get().columns());
        if (same && changes.isEmpty()) {
            return;
        }
        boolean kept = finding.refused() || same;
        TableContract contract = kept
                ? before.get().contract()
                : finding.contract().withVersion(before.get().contract().version() + 1);
        List<CellReading> columns = kept ? before.get().columns() : finding.columns();
        String what = finding.refused() ? "refused" : finding.edited() ? "edited" : "evolved";
        String why = finding.refused()
                ? "the data did not pass its gates"
                : finding.edited() ? "edited in the hand-off" : "the columns changed";
        ContractEntry entry =
                entry(when, what, why, changes, kept ? before.get().made() : "", contract, columns);
        if (!repeats(entry)) {
            log.append(entry);
        }
    }

    private int lastVersion(String table) {
        return history().stream()
                .filter(entry -> entry.table().equals(table))
                .mapToInt(entry -> entry.contract().version())
                .max()
                .orElse(0);
    }

    private boolean repeats(ContractEntry entry) {
        List<ContractEntry> own = new ArrayList<>(history());
        own.removeIf(one -> !one.table().equals(entry.table()));
        if (own.isEmpty()) {
            return false;
        }
        ContractEntry last = own.get(own.size() - 1);
        return last.what().equals(entry.what())
                && last.changes().equals(entry.changes())
                && last.contract().rules().equals(entry.contract().rules());
    }

    private static ContractEntry entry(
            String when,
            String what,
            String why,
            List<SchemaChange> changes,
            String made,
            TableContract contract,
            List<CellReading> columns) {
        return new ContractEntry(
                when,
                contract.table(),
                what,
                why,
                SchemaEvolution.compatibility(changes),
                changes,
                made,
                contract,
                columns);
    }
}
