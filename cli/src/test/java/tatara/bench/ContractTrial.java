package tatara.bench;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import tatara.core.design.DataDesign;
import tatara.core.design.DataDesign.Severity;
import tatara.core.design.TableContract;
import tatara.core.evidence.ColumnLink;
import tatara.core.evidence.ColumnProfile;
import tatara.core.evidence.DataEvidence;
import tatara.core.evidence.SourceAudit;
import tatara.core.evidence.TableProfile;
import tatara.core.evidence.TableRef;
import tatara.core.evidence.TableShape;
import tatara.core.frame.Column;
import tatara.core.frame.Field;
import tatara.core.frame.Frame;
import tatara.core.frame.Kind;
import tatara.core.frame.Schema;
import tatara.core.frame.TextColumn;
import tatara.core.spec.Constraints;
import tatara.core.spec.Metric;
import tatara.core.spec.Spec;
import tatara.core.spec.Task;
import tatara.data.lake.Lake;
import tatara.data.profile.Profiler;
import tatara.data.schema.BatchChecks;
import tatara.data.schema.CellReading;
import tatara.data.schema.Shapes;
import tatara.data.schema.Validation;
import tatara.data.schema.Verdict;
import tatara.specialists.phase1.dataengineer.DataEngineer;
import tatara.testkit.fault.TextTable;

/** A contract inferred from two thirds of a table, and what it says of other rows. */
final class ContractTrial {
    private final Lake lake;
    private final String name;
    private final TableContract contract;
    private final List<CellReading> readings;
    private final TableShape shape;
    private final List<Validation.Subject> others;
    private final List<@Nullable String[]> held;
    private final TextTable whole;

    private ContractTrial(
            Lake lake,
            String name,
            TableContract contract,
            List<CellReading> readings,
            TableShape shape,
            List<Validation.Subject> others,
            List<@Nullable String[]> held,
            TextTable whole) {
        this.lake = lake;
        this.name = name;
        this.contract = contract;
        this.readings = readings;
        this.shape = shape;
        this.others = others;
        this.held = held;
        this.whole = whole;
    }

    /** What was found in rows: rules that failed, by severity, and comparisons that failed. */
    record Findings(List<String> stopped, List<String> warned, List<String> differing) {
        boolean any() {
            return !stopped.isEmpty() || !warned.isEmpty() || !differing.isEmpty();
        }
    }

    /**
     * @param parent a table that the first column refers to, and the column there
     */
    static ContractTrial of(Lake lake, String name, TextTable table, Optional<ColumnLink> parent, long seed) {
        List<@Nullable String[]> rows = new ArrayList<>(table.rows());
        Collections.shuffle(rows, new Random(seed));
        int part = rows.size() * 2 / 3;
        TableProfile profile = profile(lake, name, table.columns(), rows.subList(0, part));
        List<CellReading> readings = CellReading.of(profile);
        TableShape shape = new Shapes(lake).measure(name, profile.raw(), readings);
        List<ColumnLink> links = parent.map(List::of).orElse(List.of());
        List<TableProfile> profiles = new ArrayList<>(List.of(profile));
        List<Validation.Subject> others = new ArrayList<>();
        parent.ifPresent(link -> lake.current("raw", "bench." + link.toTable()).ifPresent(ref -> {
            TableProfile other = profiled(lake, link.toTable(), ref);
            profiles.add(other);
            others.add(new Validation.Subject(link.toTable(), ref, CellReading.of(other)));
        }));
        DataEvidence evidence = new DataEvidence(profiles, links, List.of(), List.of(), List.of(shape));
        DataDesign design = new DataEngineer().design(spec(name), evidence).design();
        TextTable typed = new TextTable(
                table.columns(),
                profile.columns().stream().map(ColumnProfile::type).toList(),
                table.rows());
        return new ContractTrial(
                lake,
                name,
                design.contract(name).orElseThrow(),
                readings,
                shape,
                others,
                rows.subList(part, rows.size()),
                typed);
    }

    TableContract contract() {
        return contract;
    }

    /** The rows that took no part in the inference. */
    TextTable held(int most) {
        return new TextTable(whole.columns(), whole.types(), held.subList(0, Math.min(most, held.size())));
    }

    Findings check(TextTable table, long usualRows) {
        TableRef ref = write(lake, name + ".trial", table.columns(), table.rows());
        List<String> stopped = new ArrayList<>();
        List<String> warned = new ArrayList<>();
        for (Verdict verdict :
                new Validation(lake).check(contract, new Validation.Subject(name, ref, readings), others)) {
            if (!verdict.passed()) {
                (verdict.rule().severity() == Severity.WARN ? warned : stopped)
                        .add(verdict.rule().id() + " (" + verdict.broken() + " of " + verdict.rows() + ")");
            }
        }
        List<String> differing = new BatchChecks(lake)
                .compare(shape, ref, readings, List.of(usualRows)).stream()
                        .filter(one -> !one.passed())
                        .map(one -> one.id() + " (" + one.message() + ", chance " + one.chance() + ")")
                        .toList();
        return new Findings(stopped, warned, differing);
    }

    int comparisons(TextTable table) {
        TableRef ref = write(lake, name + ".trial", table.columns(), table.rows());
        return new BatchChecks(lake)
                .compare(shape, ref, readings, List.of((long) table.rows().size()))
                .size();
    }

    static TableProfile profile(Lake lake, String name, List<String> columns, List<@Nullable String[]> rows) {
        return profiled(lake, name, write(lake, name, columns, rows));
    }

    private static TableProfile profiled(Lake lake, String name, TableRef ref) {
        return new Profiler(lake)
                .profile(name, ref, new SourceAudit(name, "csv", List.of(), Map.of(), ref.rows(), 0, "", List.of()));
    }

    private static TableRef write(Lake lake, String name, List<String> columns, List<@Nullable String[]> rows) {
        Schema schema = new Schema(
                columns.stream().map(column -> new Field(column, Kind.TEXT)).toList());
        return lake.replace("raw", "bench." + name, schema, sink -> {
            List<Column> cells = new ArrayList<>();
            for (int i = 0; i < columns.size(); i++) {
                int at = i;
                cells.add(TextColumn.of(rows.size(), row -> rows.get(row)[at]));
            }
            sink.accept(new Frame(schema, cells, rows.size()));
        });
    }

    private static Spec spec(String table) {
        return new Spec(
                "bench",
                "",
                List.of(),
                Task.ANOMALY,
                table,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Metric.ROC_AUC,
                Constraints.none(),
                60,
                1,
                Map.of(),
                List.of());
    }
}
