package tatara.data.version;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import tatara.core.error.Fault;
import tatara.core.error.TataraException;
import tatara.core.evidence.TableRef;
import tatara.core.frame.Kind;
import tatara.data.lake.DataErrorCode;
import tatara.data.lake.Engine;
import tatara.data.lake.Lake;
import tatara.data.lake.TableColumn;

/** Two versions of a table with the columns that both have, as SQL that no column name can disturb: {@code c0, c1, …, r}. */
final class Pair {
    private final Lake lake;
    private final TableRef before;
    private final TableRef after;
    private final List<Shared> shared = new ArrayList<>();

    /**
     * A column of both.
     *
     * @param type in which both are compared
     */
    record Shared(String before, String after, TableColumn.Type type) {}

    Pair(Lake lake, TableRef before, TableRef after) {
        this.lake = lake;
        this.before = before;
        this.after = after;
        Map<String, TableColumn> old = byName(before);
        for (TableColumn column : lake.types(after)) {
            TableColumn other = old.get(column.name().toLowerCase(Locale.ROOT));
            if (other != null) {
                shared.add(new Shared(other.name(), column.name(), common(other.type(), column.type())));
            }
        }
    }

    private static TableColumn.Type common(TableColumn.Type left, TableColumn.Type right) {
        if (left == right) {
            return left;
        }
        return left.kind() == Kind.NUMBER && right.kind() == Kind.NUMBER
                ? TableColumn.Type.DOUBLE
                : TableColumn.Type.VARCHAR;
    }

    private Map<String, TableColumn> byName(TableRef ref) {
        Map<String, TableColumn> columns = new HashMap<>();
        lake.types(ref).forEach(column -> columns.put(column.name().toLowerCase(Locale.ROOT), column));
        return columns;
    }

    TableRef before() {
        return before;
    }

    TableRef after() {
        return after;
    }

    List<Shared> shared() {
        return shared;
    }

    String name(int column) {
        return shared.get(column).after();
    }

    List<Difference.ColumnChange> schema() {
        List<Difference.ColumnChange> changes = new ArrayList<>();
        Map<String, TableColumn> old = byName(before);
        for (TableColumn column : lake.types(after)) {
            Optional<String> was = Optional.ofNullable(old.remove(column.name().toLowerCase(Locale.ROOT)))
                    .map(other -> other.type().name());
            if (!was.equals(Optional.of(column.type().name()))) {
                changes.add(new Difference.ColumnChange(
                        column.name(), was, Optional.of(column.type().name())));
            }
        }
        lake.types(before).stream()
                .filter(column -> old.containsValue(column))
                .forEach(column -> changes.add(new Difference.ColumnChange(
                        column.name(), Optional.of(column.type().name()), Optional.empty())));
        return changes;
    }

    /** The shared columns of the older version, as {@code c0, c1, …} and its {@code _row} as {@code r}. */
    String older(boolean onlyOwnFiles) {
        return side(
                onlyOwnFiles ? lake.history().only(before, after) : lake.from(before),
                shared.stream().map(Shared::before).toList());
    }

    /** The same of the newer version. */
    String newer(boolean onlyOwnFiles) {
        return side(
                onlyOwnFiles ? lake.history().only(after, before) : lake.from(after),
                shared.stream().map(Shared::after).toList());
    }

    private String side(String from, List<String> names) {
        return "(SELECT "
                + IntStream.range(0, names.size())
                        .mapToObj(i -> "CAST(" + Engine.quote(names.get(i)) + " AS "
                                + shared.get(i).type() + ") AS c" + i + ", ")
                        .collect(Collectors.joining())
                + Lake.ROW + " AS r FROM " + from + ")";
    }

    /** Positions of named columns among the shared ones, case ignored. */
    List<Integer> positions(List<String> names) {
        return names.stream().map(this::position).toList();
    }

    private int position(String name) {
        for (int i = 0; i < shared.size(); i++) {
            if (shared.get(i).after().equalsIgnoreCase(name)) {
                return i;
            }
        }
        throw new TataraException(
                VersionErrorCode.KEY_UNUSABLE,
                Fault.of("no key column \"" + name + "\" in both versions")
                        .at(after.layer() + " table " + after.name())
                        .expecting(shared.stream().map(Shared::after).collect(Collectors.joining(", ")))
                        .todo("Name other columns with --key"));
    }

    /** Refuses a key that several rows of a version have. */
    void checkUnique(List<Integer> key) {
        for (boolean old : new boolean[] {true, false}) {
            String columns = key.stream().map(i -> "c" + i).collect(Collectors.joining(", "));
            String shown = key.stream()
                    .map(i -> "coalesce(CAST(c" + i + " AS VARCHAR), 'null')")
                    .collect(Collectors.joining(" || ', ' || "));
            List<String> repeated = lake.engine()
                    .query(
                            "SELECT " + shown + " FROM " + (old ? older(true) : newer(true)) + " GROUP BY " + columns
                                    + " HAVING count(*) > 1 ORDER BY 1 LIMIT 3",
                            row -> row.getString(1));
            if (!repeated.isEmpty()) {
                TableRef ref = old ? before : after;
                throw new TataraException(
                        DataErrorCode.KEY_NOT_UNIQUE,
                        Fault.of("more than one row has the key " + String.join("; ", repeated))
                                .at(ref.layer() + " table " + ref.name() + ", version " + ref.snapshot())
                                .expecting("one row per key")
                                .todo("Name other columns with --key"));
            }
        }
    }

    Engine engine() {
        return lake.engine();
    }
}
