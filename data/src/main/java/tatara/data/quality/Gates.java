package tatara.data.quality;

import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import tatara.core.design.DataDesign;
import tatara.core.design.DataDesign.Gate;
import tatara.core.design.DataDesign.Role;
import tatara.core.design.DataDesign.Rule;
import tatara.core.design.DataDesign.Severity;
import tatara.core.evidence.ColumnLink;
import tatara.core.evidence.ColumnProfile;
import tatara.core.evidence.GateResult;
import tatara.core.evidence.TableProfile;
import tatara.core.evidence.ValueCount;
import tatara.core.spec.Spec;
import tatara.data.lake.Lake;
import tatara.data.profile.ColumnCounts;

/**
 * Measures the gates of a design (D8): shares and counts from the profiles, and from the rows where a profile does not hold the
 * number. A gate on a table or column that is not there fails. Thread-safe.
 */
public final class Gates {
    private static final long EXACT_ROWS = 100_000;

    private final ColumnCounts counts;

    public Gates(Lake lake) {
        this.counts = new ColumnCounts(lake);
    }

    /**
     * Results in the order of the design's gates, one for each.
     *
     * @param tables profiles of the raw tables
     */
    public List<GateResult> evaluate(DataDesign design, List<TableProfile> tables, Spec spec) {
        return design.gates().stream()
                .map(gate -> evaluate(gate, design, tables, spec))
                .toList();
    }

    private GateResult evaluate(Gate gate, DataDesign design, List<TableProfile> tables, Spec spec) {
        Optional<TableProfile> table = tables.stream()
                .filter(profile -> profile.name().equals(gate.table()))
                .findFirst();
        if (table.isEmpty()) {
            return absent(gate, "table " + gate.table());
        }
        Optional<String> name =
                gate.rule() == Rule.MIN_CLASS_ROWS && gate.column().isEmpty() ? spec.target() : gate.column();
        Optional<ColumnProfile> column = name.flatMap(table.get()::find);
        boolean ofColumn = name.isPresent() && gate.rule() != Rule.MIN_FEATURES;
        boolean needed = gate.rule() == Rule.MIN_CLASS_ROWS
                || gate.rule() == Rule.MIN_DISTINCT
                || gate.rule() == Rule.MAX_REPEATED_SHARE;
        if (column.isEmpty() && (ofColumn || needed)) {
            return absent(gate, "column " + name.orElse("") + " of table " + gate.table());
        }
        double value = column.map(profile -> ofColumn(gate.rule(), table.get(), profile, design))
                .orElseGet(() -> ofTable(gate.rule(), table.get(), design));
        boolean passed = isMinimum(gate.rule()) ? value >= gate.limit() : value <= gate.limit();
        return new GateResult(gate.id(), passed, value, gate.limit(), blocks(gate), message(gate, name, value, passed));
    }

    private static GateResult absent(Gate gate, String what) {
        double worst = isMinimum(gate.rule()) ? 0 : 1;
        return new GateResult(
                gate.id(),
                false,
                worst,
                gate.limit(),
                blocks(gate),
                what + " is not in the data, so " + gate.id()
                        + " cannot be measured. Give the data, or delete the gate");
    }

    private static boolean blocks(Gate gate) {
        return gate.severity() == Severity.BLOCK;
    }

    private static boolean isMinimum(Rule rule) {
        return switch (rule) {
            case MIN_ROWS, MIN_CLASS_ROWS, MIN_DISTINCT, MIN_FEATURES -> true;
            case MAX_QUARANTINED_SHARE, MAX_MISSING_SHARE, MAX_INVALID_SHARE, MAX_DUPLICATE_SHARE, MAX_REPEATED_SHARE ->
                false;
        };
    }

    private double ofColumn(Rule rule, TableProfile table, ColumnProfile column, DataDesign design) {
        return switch (rule) {
            case MAX_MISSING_SHARE -> column.missingShare();
            case MAX_INVALID_SHARE -> share(column.invalid(), column.rows());
            case MIN_CLASS_ROWS -> rarest(table, column);
            case MIN_DISTINCT -> column.distinct();
            case MAX_REPEATED_SHARE -> repeated(table, column);
            case MIN_ROWS -> column.rows() - column.missing() - column.invalid();
            case MAX_QUARANTINED_SHARE, MAX_DUPLICATE_SHARE, MIN_FEATURES -> ofTable(rule, table, design);
        };
    }

    private static double ofTable(Rule rule, TableProfile table, DataDesign design) {
        long rows = table.rows();
        long cells = rows * table.columns().size();
        long quarantined = table.source().quarantined();
        return switch (rule) {
            case MIN_ROWS -> rows;
            case MAX_QUARANTINED_SHARE -> share(quarantined, rows + quarantined);
            case MAX_MISSING_SHARE ->
                share(table.columns().stream().mapToLong(ColumnProfile::missing).sum(), cells);
            case MAX_INVALID_SHARE ->
                share(table.columns().stream().mapToLong(ColumnProfile::invalid).sum(), cells);
            case MAX_DUPLICATE_SHARE -> share(table.duplicateRows(), rows);
            case MIN_FEATURES -> features(table, design);
            case MIN_CLASS_ROWS, MIN_DISTINCT, MAX_REPEATED_SHARE ->
                throw new IllegalArgumentException("rule: " + rule + " (expected: a column)");
        };
    }

    /** Feature columns of the table and of those linked with it; rows that refer to it can be counted, too. */
    private static long features(TableProfile table, DataDesign design) {
        Set<String> linked = new HashSet<>();
        long counts = 0;
        for (ColumnLink link : design.links()) {
            if (link.toTable().equals(table.name())) {
                counts += linked.add(link.table()) ? 1 : 0;
            } else if (link.table().equals(table.name())) {
                linked.add(link.toTable());
            }
        }
        linked.add(table.name());
        return counts
                + design.tables().stream()
                        .filter(contract -> linked.contains(contract.name()))
                        .mapToLong(contract -> contract.withRole(Role.FEATURE).size())
                        .sum();
    }

    private long rarest(TableProfile table, ColumnProfile column) {
        if (column.distinct() == 0) {
            return 0;
        }
        boolean all = column.distinct() <= column.top().size();
        return all
                ? column.top().stream().mapToLong(ValueCount::count).min().orElse(0)
                : counts.rarest(table, column.name());
    }

    /** Where the profile's distinct values are only about right, they are counted. */
    private double repeated(TableProfile table, ColumnProfile column) {
        long values = column.rows() - column.missing() - column.invalid();
        boolean exact = table.rows() <= EXACT_ROWS || column.distinct() == values;
        long distinct = exact ? column.distinct() : counts.distinct(table, column.name());
        return share(Math.max(0, values - distinct), values);
    }

    private static double share(long part, long whole) {
        return whole == 0 ? 0 : (double) part / whole;
    }

    private static String message(Gate gate, Optional<String> column, double value, boolean passed) {
        String place = column.map(name -> "column " + name + " of ").orElse("") + "table " + gate.table();
        String measured = place + ": " + measured(gate.rule(), value) + " (" + limit(gate.rule(), gate.limit()) + ")";
        return passed ? measured : measured + ". " + gate.why() + ". " + todo(gate.rule());
    }

    private static String measured(Rule rule, double value) {
        return switch (rule) {
            case MIN_ROWS -> count(value) + " rows";
            case MAX_QUARANTINED_SHARE -> percent(value) + " of the rows cannot be read";
            case MAX_MISSING_SHARE -> percent(value) + " of the values are missing";
            case MAX_INVALID_SHARE -> percent(value) + " of the cells do not fit the type";
            case MAX_DUPLICATE_SHARE -> percent(value) + " of the rows equal an earlier one";
            case MIN_CLASS_ROWS -> count(value) + " rows of the rarest class";
            case MIN_DISTINCT -> count(value) + " distinct values";
            case MIN_FEATURES -> count(value) + " columns to learn from";
            case MAX_REPEATED_SHARE -> percent(value) + " of the values repeat an earlier one";
        };
    }

    private static String limit(Rule rule, double limit) {
        return isMinimum(rule) ? "at least " + count(limit) : "at most " + percent(limit);
    }

    private static String todo(Rule rule) {
        return switch (rule) {
            case MIN_ROWS -> "Give more rows, or lower the limit in the data engineer's hand-off";
            case MAX_QUARANTINED_SHARE -> "Look at the quarantine file for lines and reasons, and mend the source";
            case MAX_MISSING_SHARE ->
                "Find out why the source lacks them, or raise the limit in the data engineer's hand-off";
            case MAX_INVALID_SHARE -> "Mend the cells, or the column's format in the data engineer's hand-off";
            case MAX_DUPLICATE_SHARE ->
                "Load each source once, or set duplicates: DROP in the data engineer's hand-off";
            case MIN_CLASS_ROWS -> "Give more rows of that class, or join rare classes";
            case MIN_DISTINCT -> "Choose another target with --target, or give data in which it varies";
            case MIN_FEATURES -> "Give more columns, or change roles in the data engineer's hand-off";
            case MAX_REPEATED_SHARE ->
                "Remove the repeated rows, or choose another key in the data engineer's hand-off";
        };
    }

    private static String count(double value) {
        return value == Math.rint(value) ? Long.toString((long) value) : Double.toString(value);
    }

    private static String percent(double share) {
        double percent = 100 * share;
        if (percent == Math.rint(percent)) {
            return (long) percent + " %";
        }
        return String.format(Locale.ROOT, percent < 1 ? "%.3f %%" : "%.1f %%", percent);
    }
}
