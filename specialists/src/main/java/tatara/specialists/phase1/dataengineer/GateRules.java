package tatara.specialists.phase1.dataengineer;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tatara.core.design.DataDesign.Contract;
import tatara.core.design.DataDesign.Gate;
import tatara.core.design.DataDesign.Role;
import tatara.core.design.DataDesign.Rule;
import tatara.core.design.DataDesign.Severity;
import tatara.core.design.DataDesign.Table;
import tatara.core.evidence.ColumnProfile;
import tatara.core.evidence.TableProfile;
import tatara.core.spec.Spec;
import tatara.core.spec.Task;
import tatara.specialists.Figures;

/** The quality gates of all tables, each with a limit and the reason for it. */
final class GateRules {
    /** Fewer rows than this give no hold-out and folds worth their name. */
    private static final int LEAST_ROWS = 20;

    private static final int LEAST_BINARY_CLASS_ROWS = 10;
    private static final int LEAST_CLASS_ROWS = 5;
    private static final int GOOD_CLASS_ROWS = 50;
    private static final int WATCHED_COLUMNS = 100;
    private static final double NOTABLE = 0.01;
    private static final double BROKEN = 0.2;

    private final Spec spec;
    private final List<Gate> gates = new ArrayList<>();

    GateRules(Spec spec) {
        this.spec = spec;
    }

    List<Gate> gates() {
        return List.copyOf(gates);
    }

    void main(TableProfile profile, Table table, boolean joined) {
        rows(profile);
        spec.target().flatMap(profile::find).ifPresent(target -> target(profile, target));
        if (spec.task() != Task.FORECAST) {
            add(
                    "data.min-features",
                    profile,
                    Optional.empty(),
                    Rule.MIN_FEATURES,
                    1,
                    Severity.BLOCK,
                    "a model needs at least one column to learn from");
        }
        key(profile, table, joined);
        readable(profile);
        missing(profile, table);
    }

    void linked(TableProfile profile) {
        add(
                "data.min-rows",
                profile,
                Optional.empty(),
                Rule.MIN_ROWS,
                1,
                Severity.WARN,
                "an empty linked table adds nothing");
        readable(profile);
    }

    private void rows(TableProfile profile) {
        add(
                "data.min-rows",
                profile,
                Optional.empty(),
                Rule.MIN_ROWS,
                LEAST_ROWS,
                Severity.BLOCK,
                "fewer rows than " + LEAST_ROWS + " leave no hold-out that says anything");
        if (spec.task() == Task.FORECAST
                && spec.horizon().isPresent()
                && spec.time().isPresent()) {
            int steps = 2 * spec.horizon().get() + 1;
            add(
                    "data.min-history",
                    profile,
                    spec.time(),
                    Rule.MIN_DISTINCT,
                    steps,
                    Severity.BLOCK,
                    "one horizon of " + spec.horizon().get()
                            + " steps is held out, and as many are needed to learn from");
        }
    }

    private void target(TableProfile profile, ColumnProfile target) {
        Optional<String> column = Optional.of(target.name());
        boolean labels = spec.task() == Task.ANOMALY;
        int distinct = spec.task() == Task.REGRESSION || spec.task() == Task.FORECAST ? 3 : 2;
        add(
                "data.target-distinct",
                profile,
                column,
                Rule.MIN_DISTINCT,
                distinct,
                labels ? Severity.WARN : Severity.BLOCK,
                "a target with fewer values holds nothing to learn");
        add(
                "data.target-missing",
                profile,
                column,
                Rule.MAX_MISSING_SHARE,
                0.5,
                labels ? Severity.WARN : Severity.BLOCK,
                "rows without a target are not learned from; if most lack it, the column is probably not the outcome");
        add(
                "data.target-missing-some",
                profile,
                column,
                Rule.MAX_MISSING_SHARE,
                above(target.missingShare(), profile.rows(), 0.05),
                Severity.WARN,
                "missing in " + Figures.percent(target.missingShare())
                        + " of the rows seen; more says that labels come late");
        add(
                "data.target-invalid",
                profile,
                column,
                Rule.MAX_INVALID_SHARE,
                0.05,
                labels ? Severity.WARN : Severity.BLOCK,
                "targets that cannot be read would bias the model");
        classRows(profile, column);
    }

    private void classRows(TableProfile profile, Optional<String> column) {
        if (!spec.task().isClassification()) {
            return;
        }
        int least = spec.task() == Task.BINARY ? LEAST_BINARY_CLASS_ROWS : LEAST_CLASS_ROWS;
        add(
                "data.class-rows",
                profile,
                column,
                Rule.MIN_CLASS_ROWS,
                least,
                Severity.BLOCK,
                "the hold-out and each fold need rows of every class");
        add(
                "data.class-rows-good",
                profile,
                column,
                Rule.MIN_CLASS_ROWS,
                GOOD_CLASS_ROWS,
                Severity.WARN,
                "with fewer rows of a class the figures about it are loose");
    }

    private void key(TableProfile profile, Table table, boolean joined) {
        if (table.key().size() != 1) {
            return;
        }
        add(
                "data.key-repeated",
                profile,
                Optional.of(table.key().get(0)),
                Rule.MAX_REPEATED_SHARE,
                0,
                joined ? Severity.BLOCK : Severity.WARN,
                joined
                        ? "other tables are joined by it: a repeated key would join rows twice"
                        : "it was different in all " + profile.rows() + " rows");
    }

    private void readable(TableProfile profile) {
        add(
                "data.quarantined",
                profile,
                Optional.empty(),
                Rule.MAX_QUARANTINED_SHARE,
                BROKEN,
                Severity.BLOCK,
                "if a fifth of the rows cannot be read, the file is not what it was taken for");
        double seen = share(
                profile.source().quarantined(),
                profile.source().rows() + profile.source().quarantined());
        add(
                "data.quarantined-some",
                profile,
                Optional.empty(),
                Rule.MAX_QUARANTINED_SHARE,
                above(seen, profile.rows(), NOTABLE),
                Severity.WARN,
                Figures.count(profile.source().quarantined(), "row", "rows")
                        + " could not be read when this was designed");
        long cells = profile.columns().stream().mapToLong(ColumnProfile::rows).sum();
        long invalid =
                profile.columns().stream().mapToLong(ColumnProfile::invalid).sum();
        add(
                "data.invalid",
                profile,
                Optional.empty(),
                Rule.MAX_INVALID_SHARE,
                above(share(invalid, cells), cells, NOTABLE),
                Severity.WARN,
                Figures.count(invalid, "cell", "cells") + " did not fit the type of the column when this was designed");
        double duplicates = share(profile.duplicateRows(), profile.rows());
        add(
                "data.duplicates",
                profile,
                Optional.empty(),
                Rule.MAX_DUPLICATE_SHARE,
                above(duplicates, profile.rows(), NOTABLE),
                Severity.WARN,
                Figures.percent(duplicates)
                        + " of the rows repeat an earlier one; more says that a source was loaded twice");
    }

    private void missing(TableProfile profile, Table table) {
        List<Contract> features = table.withRole(Role.FEATURE);
        if (features.size() > WATCHED_COLUMNS) {
            return;
        }
        for (Contract feature : features) {
            double seen = profile.find(feature.name())
                    .map(ColumnProfile::missingShare)
                    .orElse(0.0);
            add(
                    "data.missing",
                    profile,
                    Optional.of(feature.name()),
                    Rule.MAX_MISSING_SHARE,
                    above(seen, profile.rows(), 0.02),
                    Severity.WARN,
                    "missing in " + Figures.percent(seen) + " of the rows seen");
        }
    }

    /** A limit that data of the same quality passes: what was seen, plus four standard errors, plus a margin. */
    private static double above(double seen, long rows, double margin) {
        double error = Math.sqrt(seen * (1 - seen) / Math.max(1, rows));
        return Math.min(1, Math.round((seen + 4 * error + margin) * 1e4) / 1e4);
    }

    private static double share(long part, long whole) {
        return whole == 0 ? 0 : (double) part / whole;
    }

    private void add(
            String id,
            TableProfile table,
            Optional<String> column,
            Rule rule,
            double limit,
            Severity severity,
            String why) {
        boolean main = table.name().equals(spec.table());
        String where = main ? "" : "." + table.name();
        String what = id.equals("data.missing") ? "." + column.orElse("") : "";
        gates.add(new Gate(id + where + what, table.name(), column, rule, limit, severity, why));
    }
}
