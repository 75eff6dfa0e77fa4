package tatara.data.lake;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Writes the rows of queries into a table: instead of what was there, or after it. */
final class RowWriter {
    private final Engine engine;

    RowWriter(Engine engine) {
        this.engine = engine;
    }

    /** Columns of a query as they are stored. */
    List<TableColumn> columns(String selectSql) {
        return engine.query(
                "DESCRIBE " + selectSql,
                row -> new TableColumn(row.getString(1), TableColumn.Type.of(row.getString(2))));
    }

    /** The columns with {@code _row} at their end if they have none. */
    static List<TableColumn> numbered(List<TableColumn> columns) {
        if (columns.stream().anyMatch(column -> column.name().equals(Lake.ROW))) {
            return columns;
        }
        List<TableColumn> all = new ArrayList<>(columns);
        all.add(new TableColumn(Lake.ROW, TableColumn.Type.BIGINT));
        return all;
    }

    void replace(TableChange change, String selectSql, List<TableColumn> given) {
        List<TableColumn> all = numbered(given);
        change.columns(all);
        String select = IntStream.range(0, all.size())
                .mapToObj(i -> (i < given.size() ? cast("c" + i, all.get(i)) : row(0)) + " AS "
                        + Engine.quote(all.get(i).name()))
                .collect(Collectors.joining(", "));
        change.removeAll();
        change.write(
                engine,
                "SELECT " + select + " FROM (" + selectSql + "\n) AS written(" + FileSql.names(given.size()) + ")",
                true);
    }

    /** Appends rows; a column {@code _row} of the query is not taken. */
    SnapshotContent append(TableChange change, String selectSql, Map<String, String> summary) {
        List<TableColumn> given = columns(selectSql);
        SnapshotContent before = change.content().orElse(null);
        List<TableColumn> user =
                given.stream().filter(column -> !column.name().equals(Lake.ROW)).toList();
        List<TableColumn> all = before == null ? numbered(user) : Schemas.union(before.columns(), user);
        change.columns(all);
        boolean widened = false;
        if (before != null && Widening.needed(before, all)) {
            widened = true;
            Widening.rewrite(engine, change, before, all);
        }
        long start = before == null ? 0 : before.nextRow();
        long kept = change.addedRows();
        change.write(
                engine,
                "SELECT " + given(all, given, start) + " FROM (" + selectSql + "\n) AS written("
                        + FileSql.names(given.size()) + ")",
                before == null);
        long rows = change.addedRows() - kept;
        Map<String, String> entries = new HashMap<>(summary);
        entries.put(TableChange.ADDED, Long.toString(rows));
        entries.put(TableChange.DELETED, "0");
        return change.commit("append", entries, start + rows, isPlain(before, all, widened));
    }

    static boolean isPlain(@Nullable SnapshotContent before, List<TableColumn> all, boolean rewritten) {
        return before == null
                || rewritten
                || (before.plain() && before.columns().equals(all));
    }

    private static String given(List<TableColumn> all, List<TableColumn> given, long start) {
        Map<String, Integer> positions = positions(given);
        return all.stream()
                .map(column -> {
                    Integer position = positions.get(Schemas.key(column));
                    String value = column.name().equals(Lake.ROW)
                            ? row(start)
                            : position == null ? cast("NULL", column) : cast("c" + position, column);
                    return value + " AS " + Engine.quote(column.name());
                })
                .collect(Collectors.joining(", "));
    }

    /** Where the columns stand, by their {@link Schemas#key}. */
    static Map<String, Integer> positions(List<TableColumn> columns) {
        Map<String, Integer> positions = new HashMap<>();
        for (int i = 0; i < columns.size(); i++) {
            positions.put(Schemas.key(columns.get(i)), i);
        }
        return positions;
    }

    static String cast(String value, TableColumn column) {
        return "CAST(" + value + " AS " + column.type() + ")";
    }

    private static String row(long start) {
        return "CAST(row_number() OVER () - 1 + " + start + " AS BIGINT)";
    }
}
