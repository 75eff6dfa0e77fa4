package tatara.specialists.phase1.dataengineer;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tatara.core.design.DataDesign;
import tatara.core.design.DataDesign.Contract;
import tatara.core.design.DataDesign.Duplicates;
import tatara.core.design.DataDesign.Retention;
import tatara.core.design.DataDesign.Role;
import tatara.core.design.DataDesign.Table;
import tatara.core.design.Decision;
import tatara.core.design.Proposal;
import tatara.core.design.TableContract;
import tatara.core.evidence.ColumnLink;
import tatara.core.evidence.ColumnProfile;
import tatara.core.evidence.ColumnType;
import tatara.core.evidence.DataEvidence;
import tatara.core.evidence.Suspect;
import tatara.core.evidence.TableProfile;
import tatara.core.spec.Spec;
import tatara.core.spec.Task;

/**
 * The data engineer (D1–D9): decides from the profiles what each column is for, how rows are told apart and ordered, what
 * happens to duplicates, and which gates the data must pass. Deterministic, thread-safe.
 */
public final class DataEngineer {
    private static final double WELL_COVERED = 0.5;
    private static final int PROCESSED_DAYS = 90;
    private static final int PREDICTION_DAYS = 400;

    /** @throws IllegalArgumentException if the evidence has no profile of the Spec's table */
    public Proposal<DataDesign> design(Spec spec, DataEvidence evidence) {
        return design(spec, evidence, List.of());
    }

    /**
     * @param known contracts that hold already, which are kept
     * @throws IllegalArgumentException if the evidence has no profile of the Spec's table
     */
    public Proposal<DataDesign> design(Spec spec, DataEvidence evidence, List<TableContract> known) {
        List<ColumnLink> links = links(spec, evidence);
        List<Table> tables = new ArrayList<>();
        List<Decision> decisions = new ArrayList<>();
        GateRules gates = new GateRules(spec);
        TableProfile main = profile(evidence, spec.table());
        Table contract = table(Optional.of(spec), main, evidence, links);
        tables.add(contract);
        gates.main(
                main, contract, links.stream().anyMatch(link -> link.toTable().equals(main.name())));
        for (TableProfile profile : evidence.tables()) {
            if (!profile.name().equals(main.name())) {
                tables.add(table(Optional.empty(), profile, evidence, links));
                gates.linked(profile);
            }
        }
        new DataDecisions(spec, evidence, decisions).explain(main, contract, tables, links, gates.gates());
        List<TableContract> contracts = contracts(evidence, tables, links, known);
        decisions.add(DataDecisions.contracts(contracts, known));
        return new Proposal<>(
                new DataDesign(spec.table(), List.copyOf(tables), links, gates.gates(), retention(), contracts),
                decisions);
    }

    private static List<TableContract> contracts(
            DataEvidence evidence, List<Table> tables, List<ColumnLink> links, List<TableContract> known) {
        List<TableContract> contracts = new ArrayList<>();
        for (Table table : tables) {
            TableProfile profile = profile(evidence, table.name());
            contracts.add(new ContractRules(profile, evidence.shape(table.name()), table, links)
                    .contract(known.stream()
                            .filter(one -> one.table().equals(table.name()))
                            .findFirst()));
        }
        return List.copyOf(contracts);
    }

    private static TableProfile profile(DataEvidence evidence, String name) {
        return evidence.tables().stream()
                .filter(table -> table.name().equals(name))
                .findFirst()
                .orElseThrow(
                        () -> new IllegalArgumentException("table: " + name + " (expected: one that was profiled)"));
    }

    private static Table table(
            Optional<Spec> spec, TableProfile profile, DataEvidence evidence, List<ColumnLink> links) {
        Times times = Times.of(profile, spec.flatMap(Spec::time));
        Times known = spec.isPresent() ? new Times(spec.flatMap(Spec::time), times.arrival()) : times;
        List<Suspect> suspects = spec.isPresent() ? evidence.suspects() : List.of();
        List<Contract> contracts =
                new Roles(spec, profile, known, suspects, evidence.personal(profile.name())).contracts();
        return new Table(
                profile.name(),
                contracts,
                key(spec, profile, links),
                known.event(),
                known.arrival(),
                duplicates(profile, contracts));
    }

    /** The entity if it is unique, else what other tables refer to, else an id; steps of a forecast by series and time. */
    private static List<String> key(Optional<Spec> spec, TableProfile profile, List<ColumnLink> links) {
        if (spec.isPresent()
                && spec.get().task() == Task.FORECAST
                && spec.get().time().isPresent()) {
            List<String> key = new ArrayList<>();
            spec.get().entity().ifPresent(key::add);
            spec.get().time().ifPresent(key::add);
            return List.copyOf(key);
        }
        Optional<String> entity = spec.flatMap(Spec::entity).filter(profile.keys()::contains);
        Optional<String> referred = links.stream()
                .filter(link ->
                        link.toTable().equals(profile.name()) && profile.keys().contains(link.toColumn()))
                .map(ColumnLink::toColumn)
                .findFirst();
        Optional<String> id = profile.keys().stream()
                .filter(column ->
                        profile.find(column).filter(DataEngineer::namesRows).isPresent())
                .findFirst();
        return entity.or(() -> referred).or(() -> id).map(List::of).orElse(List.of());
    }

    private static boolean namesRows(ColumnProfile column) {
        return column.type() == ColumnType.IDENTIFIER || column.type() == ColumnType.INTEGER;
    }

    /**
     * Rows that carry an id or a time of the day are dropped when repeated: the same fact was recorded twice. Rows of plain
     * measurements are kept: two things may measure alike.
     */
    static Duplicates duplicates(TableProfile profile, List<Contract> contracts) {
        return identifying(profile, contracts).isPresent() ? Duplicates.DROP : Duplicates.KEEP;
    }

    /** The column that makes an equal row a repetition. */
    static Optional<String> identifying(TableProfile profile, List<Contract> contracts) {
        return contracts.stream()
                .filter(contract -> contract.role() != Role.TARGET)
                .map(Contract::name)
                .filter(name ->
                        profile.find(name).filter(DataEngineer::tellsRows).isPresent())
                .findFirst();
    }

    private static boolean tellsRows(ColumnProfile column) {
        boolean moment = column.type() == ColumnType.TIME
                && (column.times().filter(times -> !times.dateOnly()).isPresent() || column.distinctShare() > 0.9);
        boolean id = column.type() == ColumnType.IDENTIFIER && column.missingShare() < 0.01;
        return id || moment;
    }

    /** Links that join the main table to another one, in either direction, if most values are found. */
    private static List<ColumnLink> links(Spec spec, DataEvidence evidence) {
        return evidence.links().stream()
                .filter(link -> link.coverage() >= WELL_COVERED)
                .filter(link ->
                        link.toTable().equals(spec.table()) || link.table().equals(spec.table()))
                .filter(link -> !link.table().equals(link.toTable()))
                .toList();
    }

    private static List<Retention> retention() {
        return List.of(
                new Retention("raw", 0, "a model can be rebuilt and audited only from what it was made of"),
                new Retention("processed", PROCESSED_DAYS, "it can be made again from raw"),
                new Retention("features", PROCESSED_DAYS, "it can be made again from processed"),
                new Retention("predictions", PREDICTION_DAYS, "labels come later, and a year shows the seasons"));
    }
}
