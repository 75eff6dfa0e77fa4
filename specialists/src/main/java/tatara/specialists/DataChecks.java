package tatara.specialists;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import tatara.core.design.DataDesign;
import tatara.core.design.DataDesign.Contract;
import tatara.core.design.DataDesign.Gate;
import tatara.core.design.DataDesign.Role;
import tatara.core.design.DataDesign.Rule;
import tatara.core.design.DataDesign.Table;
import tatara.core.evidence.ColumnLink;
import tatara.core.evidence.ColumnProfile;
import tatara.core.evidence.ColumnType;
import tatara.core.evidence.DataEvidence;
import tatara.core.evidence.TableProfile;
import tatara.core.spec.Spec;

/** The data design against the requirement and the data. */
final class DataChecks {
    private static final Set<Rule> SHARES = Set.of(
            Rule.MAX_QUARANTINED_SHARE,
            Rule.MAX_MISSING_SHARE,
            Rule.MAX_INVALID_SHARE,
            Rule.MAX_DUPLICATE_SHARE,
            Rule.MAX_REPEATED_SHARE);
    private static final Set<Rule> OF_A_COLUMN =
            Set.of(Rule.MAX_MISSING_SHARE, Rule.MIN_CLASS_ROWS, Rule.MIN_DISTINCT, Rule.MAX_REPEATED_SHARE);
    private static final Set<String> LAYERS = Set.of("raw", "processed", "features", "predictions");

    private final Spec spec;
    private final Optional<DataEvidence> evidence;
    private final DataDesign design;
    private final Findings findings;

    DataChecks(Spec spec, Optional<DataEvidence> evidence, DataDesign design, Findings findings) {
        this.spec = spec;
        this.evidence = evidence;
        this.design = design;
        this.findings = findings;
    }

    static boolean hasMain(DataDesign design) {
        return design.tables().stream().anyMatch(table -> table.name().equals(design.mainTable()));
    }

    void check() {
        List<String> names = design.tables().stream().map(Table::name).toList();
        findings.unless(
                hasMain(design),
                "spec.mainTable",
                Findings.shown(design.mainTable()) + " is not among the tables (" + Findings.among(names) + ")");
        findings.unless(
                design.mainTable().equals(spec.table()),
                "spec.mainTable",
                "the requirement's table is " + Findings.shown(spec.table()));
        findings.distinct(names, "spec.tables", "name");
        for (int i = 0; i < design.tables().size(); i++) {
            table(design.tables().get(i), "spec.tables[" + i + "]");
        }
        for (int i = 0; i < design.links().size(); i++) {
            link(design.links().get(i), "spec.links[" + i + "]");
        }
        gates();
        retention();
    }

    private void table(Table table, String path) {
        boolean main = table.name().equals(design.mainTable());
        findings.distinct(table.columns().stream().map(Contract::name).toList(), path + ".columns", "name");
        source(table, path);
        for (int i = 0; i < table.columns().size(); i++) {
            contract(table.columns().get(i), main, path + ".columns[" + i + "]");
        }
        for (int i = 0; i < table.key().size(); i++) {
            column(table, table.key().get(i), path + ".key[" + i + "]");
        }
        table.eventTime().ifPresent(column -> column(table, column, path + ".eventTime"));
        table.arrivalTime().ifPresent(column -> column(table, column, path + ".arrivalTime"));
        if (main) {
            target(table, path);
        }
    }

    private void source(Table table, String path) {
        if (evidence.isEmpty()) {
            return;
        }
        Optional<TableProfile> profile = evidence.get().tables().stream()
                .filter(candidate -> candidate.name().equals(table.name()))
                .findFirst();
        if (profile.isEmpty()) {
            findings.add(path + ".name", "the data has no table " + Findings.shown(table.name()));
            return;
        }
        for (int i = 0; i < table.columns().size(); i++) {
            String name = table.columns().get(i).name();
            findings.unless(
                    profile.get().find(name).isPresent(),
                    path + ".columns[" + i + "].name",
                    "the data has no column " + Findings.shown(name));
        }
        for (ColumnProfile column : profile.get().columns()) {
            findings.unless(
                    table.find(column.name()).isPresent(),
                    path + ".columns",
                    "column " + Findings.shown(column.name())
                            + " of the data has no contract; to leave it out, give it the role" + " ignored");
        }
    }

    private void contract(Contract contract, boolean main, String path) {
        boolean target = spec.target().equals(Optional.of(contract.name()));
        if (contract.role() == Role.TARGET && !(main && target)) {
            findings.add(
                    path + ".role",
                    "the requirement's target is "
                            + spec.target().map(Findings::shown).orElse("none") + " of "
                            + Findings.shown(spec.table()));
        }
        boolean ordered = contract.min().isEmpty()
                || contract.max().isEmpty()
                || contract.min().get() <= contract.max().get();
        findings.unless(ordered, path + ".min", "the least value is above the greatest");
    }

    private void target(Table table, String path) {
        if (spec.target().isEmpty()) {
            return;
        }
        String target = spec.target().get();
        for (int i = 0; i < table.columns().size(); i++) {
            Contract contract = table.columns().get(i);
            if (contract.name().equals(target)) {
                findings.unless(
                        contract.role() == Role.TARGET,
                        path + ".columns[" + i + "].role",
                        "the requirement asks to predict " + Findings.shown(target) + ": its role is target");
                return;
            }
        }
        findings.add(path + ".columns", "the requirement's target " + Findings.shown(target) + " has no contract");
    }

    private void column(Table table, String column, String path) {
        findings.unless(
                table.find(column).isPresent(),
                path,
                "table " + Findings.shown(table.name()) + " has no column " + Findings.shown(column));
    }

    private void link(ColumnLink link, String path) {
        end(link.table(), link.column(), path + ".table", path + ".column");
        end(link.toTable(), link.toColumn(), path + ".toTable", path + ".toColumn");
        findings.share(link.coverage(), path + ".coverage");
    }

    private void end(String table, String column, String tablePath, String columnPath) {
        Optional<Table> found = find(table);
        if (found.isEmpty()) {
            findings.add(tablePath, "there is no table " + Findings.shown(table));
        } else {
            column(found.get(), column, columnPath);
        }
    }

    private Optional<Table> find(String name) {
        return design.tables().stream()
                .filter(table -> table.name().equals(name))
                .findFirst();
    }

    private void gates() {
        findings.distinct(design.gates().stream().map(Gate::id).toList(), "spec.gates", "id");
        for (int i = 0; i < design.gates().size(); i++) {
            gate(design.gates().get(i), "spec.gates[" + i + "]");
        }
    }

    private void gate(Gate gate, String path) {
        Optional<Table> table = find(gate.table());
        if (table.isEmpty()) {
            findings.add(path + ".table", "there is no table " + Findings.shown(gate.table()));
        } else {
            gate.column().ifPresent(column -> column(table.get(), column, path + ".column"));
        }
        if (OF_A_COLUMN.contains(gate.rule())) {
            findings.unless(gate.column().isPresent(), path + ".column", "this rule is about a column: name it");
        }
        if (SHARES.contains(gate.rule())) {
            findings.share(gate.limit(), path + ".limit");
        } else {
            findings.atLeast(gate.limit(), 0, path + ".limit");
        }
    }

    private void retention() {
        for (int i = 0; i < design.retention().size(); i++) {
            DataDesign.Retention kept = design.retention().get(i);
            String path = "spec.retention[" + i + "]";
            findings.unless(
                    LAYERS.contains(kept.layer()),
                    path + ".layer",
                    "layer: " + Findings.shown(kept.layer())
                            + " (expected: one of raw, processed, features, predictions)");
            findings.atLeast(kept.days(), 0, path + ".days");
        }
    }

    static boolean isNumber(ColumnType type) {
        return type == ColumnType.NUMBER || type == ColumnType.INTEGER;
    }
}
