package tatara.specialists.phase1.dataengineer;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import tatara.core.design.DataDesign.Contract;
import tatara.core.design.DataDesign.Role;
import tatara.core.design.DataDesign.Severity;
import tatara.core.design.DataDesign.Table;
import tatara.core.design.TableContract;
import tatara.core.design.TableContract.Kind;
import tatara.core.design.TableContract.Rule;
import tatara.core.evidence.ColumnLink;
import tatara.core.evidence.ColumnProfile;
import tatara.core.evidence.ColumnType;
import tatara.core.evidence.TableProfile;
import tatara.core.evidence.TableShape;
import tatara.core.evidence.TableShape.Relation;
import tatara.specialists.Figures;

/**
 * Infers the contract of a table from its profile and shape (D2). Every limit leaves room for rows of the same kind that were not seen: tolerances are
 * upper confidence bounds of the share of broken rows, ranges have margins, sets of values are closed only if hardly any value
 * was seen once. A contract that holds already is kept, and gains rules for columns that are new. Deterministic.
 */
final class ContractRules {
    private static final int NARROW = 200;
    private static final long LEAST_ROWS = 30;
    private static final double WELL_COVERED = 0.99;

    private final TableProfile profile;
    private final Optional<TableShape> shape;
    private final Table table;
    private final List<ColumnLink> links;

    ContractRules(TableProfile profile, Optional<TableShape> shape, Table table, List<ColumnLink> links) {
        this.profile = profile;
        this.shape = shape;
        this.table = table;
        this.links = links;
    }

    /** @param known the contract that holds already */
    TableContract contract(Optional<TableContract> known) {
        List<Rule> inferred = infer();
        if (known.isEmpty()) {
            return new TableContract(profile.name(), 1, distinct(inferred));
        }
        Set<String> covered = new HashSet<>();
        known.get().of(Kind.PRESENT).forEach(rule -> covered.addAll(rule.columns()));
        Set<String> added = new HashSet<>();
        profile.columns().stream()
                .map(ColumnProfile::name)
                .filter(name -> !covered.contains(name))
                .forEach(added::add);
        if (added.isEmpty()) {
            return known.get();
        }
        List<Rule> rules = new ArrayList<>(known.get().rules());
        inferred.stream()
                .map(rule -> rule.kind() == Kind.PRESENT ? only(rule, added) : rule)
                .filter(rule -> rule.columns().stream().anyMatch(added::contains) && !isWhole(rule))
                .forEach(rules::add);
        return new TableContract(profile.name(), known.get().version() + 1, distinct(rules));
    }

    private boolean isWhole(Rule rule) {
        return rule.kind() == Kind.UNIQUE
                && rule.columns().size() == profile.columns().size();
    }

    private static Rule only(Rule rule, Set<String> columns) {
        return new Rule(
                rule.id(),
                rule.kind(),
                rule.columns().stream().filter(columns::contains).toList(),
                rule.min(),
                rule.max(),
                rule.values(),
                rule.tolerance(),
                Severity.WARN,
                "new in this version");
    }

    /** Ids that occur twice get a number. */
    private static List<Rule> distinct(List<Rule> rules) {
        Map<String, Rule> distinct = new LinkedHashMap<>();
        for (Rule rule : rules) {
            String id = rule.id();
            for (int i = 2; distinct.containsKey(id); i++) {
                id = rule.id() + "-" + i;
            }
            distinct.put(
                    id,
                    new Rule(
                            id,
                            rule.kind(),
                            rule.columns(),
                            rule.min(),
                            rule.max(),
                            rule.values(),
                            rule.tolerance(),
                            rule.severity(),
                            rule.why()));
        }
        return List.copyOf(distinct.values());
    }

    private List<Rule> infer() {
        List<Rule> rules = new ArrayList<>();
        present(rules);
        if (profile.rows() < LEAST_ROWS) {
            return rules;
        }
        Set<String> keys = keys();
        for (Contract contract : table.columns()) {
            profile.find(contract.name())
                    .ifPresent(column -> rules.addAll(new ColumnRules(
                                    column,
                                    shape.flatMap(one -> one.find(column.name())),
                                    contract,
                                    keys.contains(column.name()))
                            .rules()));
        }
        unique(keys, rules);
        references(rules);
        if (profile.columns().size() <= NARROW) {
            shape.ifPresent(one -> relations(one, rules));
        }
        return rules;
    }

    /** Columns that alone tell rows apart and mean to: names and numbers of things, times, not measurements. */
    private Set<String> keys() {
        Set<String> keys = new HashSet<>(table.key().size() == 1 ? table.key() : List.of());
        keys.removeIf(column -> !profile.keys().contains(column));
        profile.keys().stream()
                .filter(column -> profile.find(column)
                        .filter(one -> one.type() == ColumnType.IDENTIFIER
                                || one.type() == ColumnType.INTEGER
                                || one.type() == ColumnType.TIME)
                        .isPresent())
                .forEach(keys::add);
        return keys;
    }

    private void present(List<Rule> rules) {
        List<String> needed = new ArrayList<>();
        List<String> kept = new ArrayList<>();
        for (Contract contract : table.columns()) {
            boolean used = contract.role() != Role.IGNORED && contract.role() != Role.LEAK;
            (used ? needed : kept).add(contract.name());
        }
        if (!needed.isEmpty()) {
            rules.add(rule("table.present", Kind.PRESENT, needed, 0, Severity.BLOCK, "features, target and keys"));
        }
        if (!kept.isEmpty()) {
            rules.add(rule("table.present-unused", Kind.PRESENT, kept, 0, Severity.WARN, "kept, but not learned from"));
        }
    }

    private static Rule rule(
            String id, Kind kind, List<String> columns, double tolerance, Severity severity, String why) {
        return new Rule(
                id,
                kind,
                List.copyOf(columns),
                Optional.empty(),
                Optional.empty(),
                List.of(),
                tolerance,
                severity,
                why);
    }

    private void unique(Set<String> keys, List<Rule> rules) {
        for (String column : profile.keys()) {
            if (keys.contains(column)) {
                boolean joined = links.stream()
                        .anyMatch(link -> link.toTable().equals(profile.name())
                                && link.toColumn().equals(column));
                rules.add(rule(
                        column + ".unique",
                        Kind.UNIQUE,
                        List.of(column),
                        0,
                        joined ? Severity.BLOCK : Severity.QUARANTINE,
                        "different in all " + profile.rows() + " rows"));
            }
        }
        if (keys.isEmpty() && profile.columns().size() > 1) {
            long alike = Math.min(profile.rows(), 2 * profile.duplicateRows());
            double tolerance = Bounds.share(alike, profile.rows());
            if (tolerance < 0.5) {
                rules.add(rule(
                        "table.unique",
                        Kind.UNIQUE,
                        profile.columns().stream().map(ColumnProfile::name).toList(),
                        tolerance,
                        Severity.WARN,
                        Figures.count(profile.duplicateRows(), "row", "rows") + " of " + profile.rows()
                                + " equal an earlier one"));
            }
        }
    }

    private void references(List<Rule> rules) {
        for (ColumnLink link : links) {
            if (link.table().equals(profile.name()) && link.coverage() >= WELL_COVERED) {
                long missed = Math.round((1 - link.coverage()) * profile.rows());
                rules.add(new Rule(
                        link.column() + ".reference",
                        Kind.REFERENCE,
                        List.of(link.column()),
                        Optional.empty(),
                        Optional.empty(),
                        List.of(link.toTable(), link.toColumn()),
                        Bounds.share(missed, profile.rows()),
                        Severity.QUARANTINE,
                        Figures.percent(link.coverage()) + " of the values are found there"));
            }
        }
    }

    private void relations(TableShape found, List<Rule> rules) {
        found.relations().stream()
                .sorted(Comparator.comparing(Relation::kind))
                .map(ContractRules::relation)
                .forEach(rules::add);
    }

    private static Rule relation(Relation relation) {
        double tolerance = Bounds.share(relation.broken(), relation.rows());
        List<String> columns = relation.columns();
        String last = columns.get(columns.size() - 1);
        String why = Figures.count(relation.broken(), "row", "rows") + " of " + relation.rows() + " broke it";
        return switch (relation.kind()) {
            case ORDER ->
                rule(columns.get(0) + "-" + last + ".order", Kind.ORDER, columns, tolerance, Severity.WARN, why);
            case SUM ->
                new Rule(
                        last + ".sum",
                        Kind.SUM,
                        columns,
                        Optional.empty(),
                        Optional.of(Bounds.decimal(Bounds.outward(relation.slack(), 2, java.math.RoundingMode.UP))),
                        List.of(),
                        tolerance,
                        Severity.WARN,
                        why);
            case DETERMINES ->
                rule(
                        columns.get(0) + "-" + last + ".determines",
                        Kind.DETERMINES,
                        columns,
                        tolerance,
                        Severity.WARN,
                        why);
            case KEY -> rule(String.join("-", columns) + ".unique", Kind.UNIQUE, columns, 0, Severity.QUARANTINE, why);
        };
    }
}
