package tatara.features.view;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tatara.core.design.DataDesign;
import tatara.core.design.DataDesign.Contract;
import tatara.core.design.FeatureDesign.ViewColumn;
import tatara.core.error.Fault;
import tatara.core.error.TataraException;
import tatara.core.evidence.ColumnType;
import tatara.core.frame.Kind;

/**
 * The sub-select of all view columns that share linked table, key and window: {@code m} is the main table, {@code l} the linked
 * one, {@code a} this sub-select.
 */
final class LinkedView {
    private static final String DAY_MICROS = "86400000000.0";

    private final DataDesign.Table main;
    private final DataDesign.Table linked;
    private final List<ViewColumn> columns;
    private final ViewColumn first;
    private final Optional<String> mainTime;
    private final Optional<String> linkedTime;

    LinkedView(DataDesign data, List<ViewColumn> columns) {
        this.columns = columns;
        this.first = columns.get(0);
        this.main = data.main();
        this.linked = data.tables().stream()
                .filter(table -> table.name().equals(first.table()))
                .findFirst()
                .orElseThrow(() -> unknown("table", first.table(), first));
        this.mainTime = main.eventTime();
        this.linkedTime = linked.eventTime().or(linked::arrivalTime);
    }

    /** Whether a linked row's time is compared with the main row's. */
    private boolean timed() {
        return mainTime.isPresent() && linkedTime.isPresent();
    }

    /**
     * @param alias of the sub-select
     * @param mainFrom what stands after FROM for the main table
     * @param linkedFrom likewise for the linked table
     */
    String join(String alias, String mainFrom, String linkedFrom) {
        List<String> selected = new ArrayList<>();
        for (int i = 0; i < columns.size(); i++) {
            selected.add(aggregate(columns.get(i), linkedFrom) + " AS c" + i);
        }
        String list = String.join(",\n    ", selected);
        Contract mainKey = contract(main, first.mainKey(), first);
        Contract key = contract(linked, first.key(), first);
        if (!timed()) {
            return "LEFT JOIN (\n  SELECT " + keyed("l", key, mainKey) + " AS k,\n    " + list + "\n  FROM "
                    + linkedFrom
                    + " AS l\n  WHERE l." + Sql.name(key.name()) + " IS NOT NULL\n  GROUP BY k\n) AS " + alias + " ON "
                    + alias + ".k = " + keyed("m", mainKey, key);
        }
        return "LEFT JOIN (\n  SELECT m._row AS r,\n    " + list + "\n  FROM " + mainFrom + " AS m JOIN " + linkedFrom
                + " AS l\n    ON " + keyed("l", key, mainKey) + " = " + keyed("m", mainKey, key) + known()
                + "\n  GROUP BY m._row\n) AS " + alias + " ON " + alias + ".r = m._row";
    }

    /** Only what had happened and had become known before the main row's time, and lies in the window. */
    private String known() {
        String time = "m." + Sql.name(mainTime.orElseThrow());
        StringBuilder conditions = new StringBuilder();
        linked.eventTime().ifPresent(column -> conditions
                .append(" AND l.")
                .append(Sql.name(column))
                .append(" < ")
                .append(time));
        linked.arrivalTime()
                .filter(column -> !linked.eventTime().equals(Optional.of(column)))
                .ifPresent(column -> conditions
                        .append(" AND l.")
                        .append(Sql.name(column))
                        .append(" < ")
                        .append(time));
        if (first.windowDays() > 0) {
            conditions
                    .append(" AND l.")
                    .append(Sql.name(linkedTime.orElseThrow()))
                    .append(" >= ")
                    .append(time)
                    .append(" - INTERVAL ")
                    .append(first.windowDays())
                    .append(" DAY");
        }
        return conditions.toString();
    }

    /** A key; a text is compared with a number as a number. */
    private static String keyed(String alias, Contract key, Contract other) {
        String column = alias + "." + Sql.name(key.name());
        boolean asNumber = key.type().kind() == Kind.TEXT && other.type().kind() == Kind.NUMBER;
        return asNumber ? "TRY_CAST(" + column + " AS DOUBLE)" : column;
    }

    /** What a view column is when no linked row is known: 0 for counts and sums, else missing. */
    static String whenNone(ViewColumn column, String value) {
        return switch (column.aggregate()) {
            case COUNT, DISTINCT, SUM -> "COALESCE(" + value + ", 0)";
            default -> value;
        };
    }

    private String aggregate(ViewColumn column, String linkedFrom) {
        return switch (column.aggregate()) {
            case COUNT -> "CAST(count(*) AS DOUBLE)";
            case SUM -> overNumbers(column, "list_sum");
            case MEAN -> overNumbers(column, "list_avg");
            case MIN -> extreme(column, "min");
            case MAX -> extreme(column, "max");
            case DISTINCT -> "CAST(count(DISTINCT " + raw(column) + ") AS DOUBLE)";
            case LAST ->
                "last(" + raw(column) + " ORDER BY "
                        + linkedTime.map(time -> "l." + Sql.name(time) + ", ").orElse("") + "l._row) FILTER (WHERE "
                        + raw(column) + " IS NOT NULL)";
            case DAYS_SINCE_LAST -> daysSince(column, "max", linkedFrom);
            case DAYS_SINCE_FIRST -> daysSince(column, "min", linkedFrom);
        };
    }

    /** Numbers are gathered in the order of their rows, so that sums of floats are the same each time. */
    private String overNumbers(ViewColumn column, String function) {
        String number = number(column);
        return function + "(list(" + number + " ORDER BY l._row) FILTER (WHERE " + number + " IS NOT NULL))";
    }

    private String extreme(ViewColumn column, String function) {
        boolean time = source(column).type() == ColumnType.TIME;
        return function + "(" + (time ? raw(column) : number(column)) + ")";
    }

    private String daysSince(ViewColumn column, String function, String linkedFrom) {
        String time = column.column()
                .map(name -> contract(linked, name, column).name())
                .or(() -> linkedTime)
                .map(Sql::name)
                .orElseThrow(() -> new TataraException(
                        ViewErrorCode.INCOMPLETE,
                        Fault.of("Table '" + linked.name() + "' has no time to count days from")
                                .at("view '" + column.name() + "'")
                                .todo("Name a time column in the view, or remove it")));
        String now = timed()
                ? "any_value(m." + Sql.name(mainTime.orElseThrow()) + ")"
                : "(SELECT max(x." + time + ") FROM " + linkedFrom + " AS x)";
        return "(epoch_us(" + now + ") - epoch_us(" + function + "(l." + time + "))) / " + DAY_MICROS;
    }

    private Contract source(ViewColumn column) {
        String name = column.column()
                .orElseThrow(() -> new TataraException(
                        ViewErrorCode.INCOMPLETE,
                        Fault.of("No column to aggregate")
                                .at("view '" + column.name() + "'")
                                .expecting("column: one of table '" + linked.name() + "'")
                                .todo("Correct the data scientist's hand-off")));
        return contract(linked, name, column);
    }

    private String raw(ViewColumn column) {
        return "l." + Sql.name(source(column).name());
    }

    private String number(ViewColumn column) {
        Contract contract = source(column);
        String value = raw(column);
        if (contract.type() == ColumnType.BOOLEAN) {
            return "CASE " + value + " WHEN 'true' THEN 1.0 WHEN 'false' THEN 0.0 END";
        }
        return switch (contract.type().kind()) {
            case NUMBER -> "CAST(" + value + " AS DOUBLE)";
            case TEXT -> "TRY_CAST(" + value + " AS DOUBLE)";
            case TIME -> "epoch_us(" + value + ") / 1e6";
        };
    }

    private static Contract contract(DataDesign.Table table, String column, ViewColumn view) {
        return table.find(column).orElseThrow(() -> unknown("column", table.name() + "." + column, view));
    }

    private static TataraException unknown(String what, String name, ViewColumn view) {
        return new TataraException(
                ViewErrorCode.UNKNOWN_NAME,
                Fault.of("No " + what + " '" + name + "'")
                        .at("view '" + view.name() + "'")
                        .expecting("a " + what + " of the data engineer's hand-off")
                        .todo("Correct the data scientist's hand-off"));
    }
}
