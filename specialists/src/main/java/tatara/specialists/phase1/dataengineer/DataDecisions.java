package tatara.specialists.phase1.dataengineer;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tatara.core.design.DataDesign.Contract;
import tatara.core.design.DataDesign.Duplicates;
import tatara.core.design.DataDesign.Gate;
import tatara.core.design.DataDesign.Role;
import tatara.core.design.DataDesign.Severity;
import tatara.core.design.DataDesign.Table;
import tatara.core.design.Decision;
import tatara.core.design.Evidence;
import tatara.core.design.TableContract;
import tatara.core.evidence.ColumnLink;
import tatara.core.evidence.ColumnProfile;
import tatara.core.evidence.DataEvidence;
import tatara.core.evidence.PersonalData;
import tatara.core.evidence.Suspect;
import tatara.core.evidence.TableProfile;
import tatara.core.spec.Spec;
import tatara.specialists.Figures;

/** Puts the data engineer's decisions into words, with the measurements behind them. */
final class DataDecisions {
    private static final int SHOWN = 12;

    private final Spec spec;
    private final DataEvidence evidence;
    private final List<Decision> decisions;

    DataDecisions(Spec spec, DataEvidence evidence, List<Decision> decisions) {
        this.spec = spec;
        this.evidence = evidence;
        this.decisions = decisions;
    }

    void explain(TableProfile main, Table contract, List<Table> tables, List<ColumnLink> links, List<Gate> gates) {
        roles(main, contract);
        leaks(contract);
        personal(tables);
        ignored(main, contract);
        times(contract);
        for (Table table : tables) {
            evidence.tables().stream()
                    .filter(profile -> profile.name().equals(table.name()))
                    .forEach(profile -> duplicates(profile, table));
        }
        joins(links);
        gates(main, gates);
        decisions.add(new Decision(
                "Raw data is kept for ever, what can be made again for 90 days, predictions for 400 days",
                "a model can be rebuilt and audited only from what it was made of",
                List.of(Figures.evidence("bytes of the sources", bytes(), "source audit"))));
    }

    private double bytes() {
        return evidence.tables().stream()
                .flatMap(table -> table.source().files().stream())
                .mapToDouble(file -> file.bytes())
                .sum();
    }

    private void roles(TableProfile main, Table contract) {
        List<Contract> features = contract.withRole(Role.FEATURE);
        List<Evidence> counted = new ArrayList<>();
        counted.add(Figures.evidence("rows of " + Figures.name(main.name()), main.rows(), "profile"));
        counted.add(Figures.evidence(
                "columns of " + Figures.name(main.name()), main.columns().size(), "profile"));
        spec.target().flatMap(main::find).ifPresent(target -> {
            counted.add(Figures.evidence(
                    "distinct values of " + Figures.name(target.name()), target.distinct(), "profile"));
            counted.add(Figures.evidence(
                    "missing share of " + Figures.name(target.name()),
                    Figures.percent(target.missingShare()),
                    "profile"));
        });
        decisions.add(new Decision(
                Figures.count(features.size(), "column of ", "columns of ") + Figures.name(main.name())
                        + " may become features",
                "they are neither the target nor an id, hold more than one value, and no leak was measured",
                counted));
    }

    private void personal(List<Table> tables) {
        for (PersonalData found : evidence.personal()) {
            Optional<Contract> column = tables.stream()
                    .filter(table -> table.name().equals(found.table()))
                    .flatMap(table -> table.find(found.column()).stream())
                    .findFirst();
            boolean used =
                    column.filter(contract -> contract.role() == Role.FEATURE).isPresent();
            String done = !used
                    ? "it reaches no model"
                    : found.place() == PersonalData.Place.CELL
                            ? "it stays a feature: alone it leads to nobody; set its role to IGNORED if it must not be used"
                            : "it stays a feature: only some texts mention it; set the column's role to IGNORED if it must not"
                                    + " be used";
            decisions.add(new Decision(
                    Figures.name(found.column()) + " of " + Figures.name(found.table()) + " holds personal data ("
                            + Figures.words(found.kind()) + "); " + done,
                    found.why(),
                    List.of(Figures.evidence(
                            "confidence", Figures.percent(found.confidence()), "personal data of " + found.table()))));
        }
    }

    private void leaks(Table contract) {
        for (Suspect suspect : evidence.suspects()) {
            boolean leak = contract.find(suspect.column())
                    .filter(column -> column.role() == Role.LEAK)
                    .isPresent();
            if (leak) {
                decisions.add(new Decision(
                        Figures.name(suspect.column()) + " is left out as a leak",
                        suspect.why(),
                        List.of(measured(suspect))));
            } else if (!suspect.exclude()) {
                decisions.add(new Decision(
                        Figures.name(suspect.column()) + " is kept, but should be looked at",
                        suspect.why(),
                        List.of(measured(suspect))));
            }
        }
    }

    private static Evidence measured(Suspect suspect) {
        String with = suspect.columns().isEmpty() ? "" : " with " + Figures.names(suspect.columns());
        return Figures.evidence(
                suspect.measure() + " of " + Figures.name(suspect.column()) + with, suspect.value(), "leakage search");
    }

    private void ignored(TableProfile main, Table contract) {
        List<Contract> out = contract.columns().stream()
                .filter(column -> column.role() == Role.IGNORED || column.role() == Role.IDENTIFIER)
                .toList();
        if (out.isEmpty()) {
            return;
        }
        List<Evidence> counted = new ArrayList<>();
        for (Contract column : out.subList(0, Math.min(SHOWN, out.size()))) {
            ColumnProfile profile = main.find(column.name()).orElseThrow();
            counted.add(Figures.evidence(
                    Figures.name(column.name()),
                    profile.distinct() + " distinct, " + Figures.percent(profile.missingShare()) + " missing: "
                            + column.why(),
                    "profile"));
        }
        decisions.add(new Decision(
                "Left out: " + Figures.names(out.stream().map(Contract::name).toList()),
                "ids, constants, copies and almost empty columns say nothing of the next row",
                counted));
    }

    private void times(Table contract) {
        if (contract.eventTime().isEmpty()) {
            decisions.add(new Decision(
                    "Rows of " + Figures.name(contract.name()) + " are not ordered in time",
                    "no column says when a row's fact happened",
                    List.of()));
            return;
        }
        String arrival = contract.arrivalTime()
                .map(column -> ", known from " + Figures.name(column) + " on")
                .orElse(", taken as known at once, as no column says when it arrived");
        decisions.add(new Decision(
                "A row of " + Figures.name(contract.name()) + " is true at "
                        + Figures.name(contract.eventTime().orElseThrow()) + arrival,
                "joins may only use what was known at a row's time",
                List.of()));
    }

    private void duplicates(TableProfile profile, Table table) {
        double share = profile.rows() == 0 ? 0 : (double) profile.duplicateRows() / profile.rows();
        List<Evidence> counted = List.of(
                Figures.evidence(
                        "rows of " + Figures.name(profile.name()) + " equal to an earlier one",
                        profile.duplicateRows(),
                        "profile"),
                Figures.evidence("their share", Figures.percent(share), "profile"));
        if (table.duplicates() == Duplicates.DROP) {
            Optional<String> column = DataEngineer.identifying(profile, table.columns());
            decisions.add(new Decision(
                    "Equal rows of " + Figures.name(table.name()) + " are dropped",
                    column.map(name -> Figures.name(name)
                                    + " tells rows apart: an equal row is the same fact, recorded twice")
                            .orElse("an equal row is the same fact, recorded twice"),
                    counted));
            return;
        }
        String risk = profile.duplicateRows() > 0
                ? "; an equal row on both sides of the split makes the hold-out a little too kind"
                : "";
        decisions.add(new Decision(
                "Equal rows of " + Figures.name(table.name()) + " are kept",
                "no id and no time of the day tells rows apart: two different things may measure alike, and their number"
                        + " is how often it happens" + risk,
                counted));
    }

    private void joins(List<ColumnLink> links) {
        for (ColumnLink link : links) {
            decisions.add(new Decision(
                    Figures.name(link.table()) + " is joined by " + Figures.name(link.column()) + " to "
                            + Figures.name(link.toTable()) + "." + Figures.name(link.toColumn()),
                    "the values of one are found in the other",
                    List.of(Figures.evidence(
                            "share of values found", Figures.percent(link.coverage()), "link search"))));
        }
    }

    private void gates(TableProfile main, List<Gate> gates) {
        long blocking =
                gates.stream().filter(gate -> gate.severity() == Severity.BLOCK).count();
        decisions.add(new Decision(
                Figures.count(gates.size(), "gate checks", "gates check") + " every load, " + blocking
                        + " of them block",
                "limits are what this data showed plus four standard errors and a margin, so that data as good as this passes",
                List.of(
                        Figures.evidence(
                                "rows that could not be read", main.source().quarantined(), "source audit"),
                        Figures.evidence("rows of " + Figures.name(main.name()), main.rows(), "profile"))));
    }

    /** How the contracts came about. */
    static Decision contracts(List<TableContract> contracts, List<TableContract> known) {
        List<Evidence> counted = contracts.stream()
                .map(contract -> Figures.evidence(
                        "rules of " + Figures.name(contract.table()) + ", version " + contract.version(),
                        contract.rules().size(),
                        known.stream().anyMatch(one -> one.table().equals(contract.table()))
                                ? "recorded contract"
                                : "profile and shape"))
                .toList();
        return new Decision(
                "Rows keep a contract: what breaks it is set aside, warned of, or stops the run",
                "limits are upper confidence bounds of what was seen, so that rows of the same kind pass; an edit of a rule wins",
                counted);
    }
}
