package tatara.data.load;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import tatara.core.error.Fault;
import tatara.core.error.TataraException;
import tatara.data.lake.Engine;
import tatara.data.lake.Lake;
import tatara.data.lake.TableColumn;

/**
 * The columns of a table and of what comes, each under a plain name of its own ({@code c0}, {@code c1} …), by which all queries
 * call it: no name of the user's can disturb them. Names that differ only in case are one column.
 */
final class Columns {
    private final Map<String, Column> columns = new LinkedHashMap<>();

    /** A column: its name for people, its plain name, its type in the table and in what comes, as far as it is in them. */
    static final class Column {
        final String name;
        final String plain;
        Optional<TableColumn.Type> stored = Optional.empty();
        Optional<TableColumn.Type> coming = Optional.empty();

        private Column(String name, String plain) {
            this.name = name;
            this.plain = plain;
        }

        /** The type that holds the values of both. */
        TableColumn.Type type() {
            return stored.isEmpty()
                    ? coming.orElse(TableColumn.Type.VARCHAR)
                    : coming.map(type -> union(stored.get(), type)).orElse(stored.get());
        }
    }

    Columns(List<TableColumn> stored) {
        stored.forEach(column -> column(column.name()).stored = Optional.of(column.type()));
    }

    /** Takes up the columns of a file; their plain names. */
    List<String> come(List<TableColumn> given) {
        List<String> names = new ArrayList<>();
        for (TableColumn one : given) {
            Column column = column(one.name().equals(Lake.ROW) ? "_row of the source" : one.name());
            if (names.contains(column.plain)) {
                throw new TataraException(
                        LoadErrorCode.SETTINGS_WRONG,
                        Fault.of("two columns differ only in case: " + column.name + " and " + one.name())
                                .expecting("names that differ in more")
                                .todo("Rename one of them"));
            }
            names.add(column.plain);
            column.coming = Optional.of(
                    column.coming.map(type -> union(type, one.type())).orElse(one.type()));
        }
        return names;
    }

    private static TableColumn.Type union(TableColumn.Type left, TableColumn.Type right) {
        if (left == right) {
            return left;
        }
        return isNumber(left) && isNumber(right) ? TableColumn.Type.DOUBLE : TableColumn.Type.VARCHAR;
    }

    private static boolean isNumber(TableColumn.Type type) {
        return type == TableColumn.Type.BIGINT || type == TableColumn.Type.DOUBLE;
    }

    private Column column(String name) {
        return columns.computeIfAbsent(name.toLowerCase(Locale.ROOT), key -> new Column(name, "c" + columns.size()));
    }

    List<Column> all() {
        return List.copyOf(columns.values());
    }

    /** Those that come. */
    List<Column> coming() {
        return columns.values().stream()
                .filter(column -> column.coming.isPresent())
                .toList();
    }

    Optional<Column> find(String name) {
        return Optional.ofNullable(columns.get(name.toLowerCase(Locale.ROOT)));
    }

    /** @throws TataraException if what comes has no such column */
    Column coming(String name, String option) {
        return find(name)
                .filter(column -> column.coming.isPresent())
                .orElseThrow(() -> new TataraException(
                        LoadErrorCode.SETTINGS_WRONG,
                        Fault.of(option + " " + name + ": the data have no such column")
                                .expecting("one of "
                                        + coming().stream()
                                                .map(column -> column.name)
                                                .limit(30)
                                                .collect(Collectors.joining(", ")))
                                .todo("Correct the name, or the data")));
    }

    /** A select list that gives columns of a query by plain names their own names, and types. */
    static String named(List<Column> columns) {
        return columns.stream()
                .map(column -> "CAST(" + column.plain + " AS " + column.type() + ") AS " + Engine.quote(column.name))
                .collect(Collectors.joining(", "));
    }

    /** A select list of a stored table under plain names, missing where the table lacks a column. */
    String stored() {
        return columns.values().stream()
                .map(column -> "CAST("
                        + (column.stored.isPresent() ? Engine.quote(column.name) : "NULL")
                        + " AS " + column.type() + ") AS " + column.plain)
                .collect(Collectors.joining(", "));
    }
}
