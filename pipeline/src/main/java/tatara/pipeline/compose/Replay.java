package tatara.pipeline.compose;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tatara.core.error.Fault;
import tatara.core.error.TataraException;
import tatara.core.evidence.TableRef;
import tatara.core.spec.Spec;
import tatara.data.schema.RowTexts;
import tatara.data.source.Corrections;
import tatara.data.source.QuarantineFile;
import tatara.data.source.QuarantinedRow;
import tatara.pipeline.execute.ExecuteErrorCode;
import tatara.pipeline.outcome.Replayed;

/**
 * Tries rows again that were set aside (D8). Cells that were changed in the quarantine file become corrections of the source's content; then the data phase
 * runs, with the hand-off as it is now. A row keeps its position, so none is there twice.
 */
final class Replay {
    private final RunContext run;
    private final Spec spec;

    Replay(RunContext run, Spec spec) {
        this.run = run;
        this.spec = spec;
    }

    Replayed table(String table) {
        DataPhase phase = new DataPhase(run, spec.name());
        DataPhase.Found found = phase.look(spec.data());
        List<String> names =
                found.profiles().stream().map(profile -> profile.name()).toList();
        if (!names.contains(table)) {
            throw new TataraException(
                    ExecuteErrorCode.PIPELINE_NOT_FOUND,
                    Fault.of("there is no table named: " + table)
                            .expecting("one of " + String.join(", ", names))
                            .todo("Name one of them"));
        }
        QuarantineFile file = QuarantineFile.of(run.workspace().home(), spec.name(), table);
        List<QuarantinedRow> rows = new ArrayList<>();
        file.forEach(rows::add);
        List<Corrections.Correction> corrections = corrections(found.table(table), rows);
        if (!corrections.isEmpty()) {
            Corrections.of(run.workspace().home(), spec.name(), table).add(corrections);
            file.remove(row -> row.row() < 0 && !row.cells().isEmpty());
            found = phase.look(spec.data());
        }
        HandoffDesk desk = new HandoffDesk(run.workspace(), spec.name(), run.execution());
        Map<String, BitSet> aside = new PhaseOne(run, desk, spec, found).prepareOnly();
        long[] left = {0};
        file.forEach(row -> left[0]++);
        long processed = run.lake()
                .get()
                .current("processed", spec.name() + "." + table)
                .map(TableRef::rows)
                .orElse(found.table(table).profile().rows()
                        - aside.getOrDefault(table, new BitSet()).cardinality());
        return new Replayed(table, rows.size(), corrections.size(), left[0], processed);
    }

    /** Rows whose cells differ from the raw ones, and unreadable rows that were given cells, which get positions behind the last row. */
    private List<Corrections.Correction> corrections(DataPhase.Profiled source, List<QuarantinedRow> rows) {
        TableRef raw = source.profile().raw();
        BitSet wanted = new BitSet();
        rows.stream()
                .filter(row -> row.row() >= 0 && row.row() < raw.rows())
                .forEach(row -> wanted.set((int) row.row()));
        Map<Long, Map<String, String>> stored = new HashMap<>();
        new RowTexts(run.lake().get()).forEach(raw, wanted, stored::put);
        List<String> columns = run.lake().get().columns(raw);
        List<Corrections.Correction> corrections = new ArrayList<>();
        long next = raw.rows();
        for (QuarantinedRow row : rows) {
            Map<String, String> before = stored.getOrDefault(row.row(), Map.of());
            Map<String, String> changed = changed(row, before, columns);
            if (!changed.isEmpty()) {
                long position = row.row() >= 0 ? row.row() : next++;
                corrections.add(new Corrections.Correction(source.ingestKey(), position, changed));
            }
        }
        return corrections;
    }

    private static Map<String, String> changed(QuarantinedRow row, Map<String, String> before, List<String> columns) {
        Set<String> unknown = new HashSet<>(row.cells().keySet());
        columns.forEach(unknown::remove);
        if (!unknown.isEmpty()) {
            throw new TataraException(
                    ExecuteErrorCode.REPLAY_UNCLEAR,
                    Fault.of("a row in the quarantine has cells of columns that the table lacks: "
                                    + String.join(
                                            ", ", unknown.stream().sorted().toList()))
                            .at(row.row() >= 0 ? "row " + row.row() : row.file() + ":" + row.line())
                            .expecting("columns of the table: " + String.join(", ", columns))
                            .todo("Correct the names in the quarantine file"));
        }
        Map<String, String> changed = new LinkedHashMap<>();
        if (row.row() < 0) {
            changed.putAll(row.cells());
            return changed;
        }
        for (String column : columns) {
            String now = row.cells().getOrDefault(column, "");
            if (!now.equals(before.getOrDefault(column, ""))) {
                changed.put(column, now);
            }
        }
        return changed;
    }
}
