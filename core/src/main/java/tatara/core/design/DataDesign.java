package tatara.core.design;

import java.util.List;
import java.util.Optional;
import tatara.core.evidence.CellFormat;
import tatara.core.evidence.ColumnLink;
import tatara.core.evidence.ColumnType;

/**
 * The data engineer's hand-off (D1–D9): what each table is, how its cells are read, which columns may become features, and
 * the gates that data must pass.
 *
 * @param mainTable the table with one row for each thing to predict
 * @param tables contracts
 * @param links foreign keys to the main table
 * @param gates quality gates, run on every ingestion
 * @param retention how long each layer is kept
 * @param contracts rules that the rows of each table keep, at most one for each table
 */
public record DataDesign(
        String mainTable,
        List<Table> tables,
        List<ColumnLink> links,
        List<Gate> gates,
        List<Retention> retention,
        List<TableContract> contracts)
        implements Design {
    /** A design without rules for rows. */
    public DataDesign(
            String mainTable, List<Table> tables, List<ColumnLink> links, List<Gate> gates, List<Retention> retention) {
        this(mainTable, tables, links, gates, retention, List.of());
    }

    public Table main() {
        return table(mainTable);
    }

    /** @throws IllegalArgumentException if there is no such table */
    public Table table(String name) {
        return tables.stream()
                .filter(table -> table.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("table: " + name));
    }

    /** The rules for the rows of a table. */
    public Optional<TableContract> contract(String table) {
        return contracts.stream().filter(rules -> rules.table().equals(table)).findFirst();
    }

    /**
     * Contract of one table.
     *
     * @param columns every column of the source, in its order
     * @param key columns that tell rows apart, empty if none do
     * @param eventTime when the row's fact happened
     * @param arrivalTime when the row became known
     * @param duplicates what happens to rows equal to an earlier one in every column
     */
    public record Table(
            String name,
            List<Contract> columns,
            List<String> key,
            Optional<String> eventTime,
            Optional<String> arrivalTime,
            Duplicates duplicates) {
        public Optional<Contract> find(String column) {
            return columns.stream()
                    .filter(contract -> contract.name().equals(column))
                    .findFirst();
        }

        public List<Contract> withRole(Role role) {
            return columns.stream().filter(contract -> contract.role() == role).toList();
        }
    }

    /** What happens to rows equal to an earlier one. */
    public enum Duplicates {
        KEEP,
        DROP
    }

    /** What a column is for. Only {@link #FEATURE} columns (and {@link #TIME}, by its parts) reach a model. */
    public enum Role {
        FEATURE,
        TARGET,
        ENTITY,
        TIME,
        /** Kept for joins and reports, never a feature. */
        IDENTIFIER,
        /** Left out: known only with or after the target. */
        LEAK,
        /** Left out: says nothing. */
        IGNORED
    }

    /**
     * Contract of one column.
     *
     * @param format how its cells are read
     * @param nullable whether a missing value is normal
     * @param min least value of the evidence, for numbers
     * @param max greatest value of the evidence, for numbers
     * @param categories known values, for categories with few
     * @param why why it has this role
     */
    public record Contract(
            String name,
            ColumnType type,
            Role role,
            CellFormat format,
            boolean nullable,
            Optional<Double> min,
            Optional<Double> max,
            List<String> categories,
            String why) {}

    /**
     * A rule with a limit.
     *
     * @param column column the rule is about, empty for the table
     * @param why the reason for the limit
     */
    public record Gate(
            String id, String table, Optional<String> column, Rule rule, double limit, Severity severity, String why) {}

    /** What a gate measures, and on which side of the limit it must be. */
    public enum Rule {
        /** Rows of the table, at least. */
        MIN_ROWS,
        /** Share of unreadable rows, at most. */
        MAX_QUARANTINED_SHARE,
        /** Share of missing values, at most. */
        MAX_MISSING_SHARE,
        /** Share of cells that do not fit the type, at most. */
        MAX_INVALID_SHARE,
        /** Share of rows equal to an earlier one, at most. */
        MAX_DUPLICATE_SHARE,
        /** Rows of the rarest class of the target, at least. */
        MIN_CLASS_ROWS,
        /** Distinct values of the column, at least. */
        MIN_DISTINCT,
        /** Columns with the role of a feature, at least. */
        MIN_FEATURES,
        /** Share of the column's values that repeat an earlier one, at most. */
        MAX_REPEATED_SHARE
    }

    /** What a failed gate does. */
    public enum Severity {
        BLOCK,
        QUARANTINE,
        WARN
    }

    /** Days that a layer is kept; 0 keeps for ever. */
    public record Retention(String layer, int days, String why) {}
}
