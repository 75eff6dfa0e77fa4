package tatara.data.version;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import tatara.core.evidence.TableRef;
import tatara.core.frame.Kind;
import tatara.data.lake.Engine;
import tatara.data.lake.Lake;
import tatara.data.lake.TableColumn;

/**
 * The changes of two branches since their base, brought together by key in one table of the engine: {@code kN} the key, {@code bN oN tN}
 * the cells of base, ours and theirs, {@code bh oh th} whether they have the row. Holds only rows that theirs changed.
 */
final class ThreeWay implements AutoCloseable {
    private static final int EXAMPLES = 20;

    private final Lake lake;
    private final TableRef base;
    private final TableRef ours;
    private final TableRef theirs;
    private final RowKey rowKey;
    private final List<TableColumn> columns;
    private final List<Integer> key;
    private final List<Integer> cells;
    private final String table;
    private final String delta;

    ThreeWay(Lake lake, TableRef base, TableRef ours, TableRef theirs, RowKey rowKey, String unique) {
        this.lake = lake;
        this.base = base;
        this.ours = ours;
        this.theirs = theirs;
        this.rowKey = rowKey;
        new Pair(lake, base, ours).positions(rowKey.columns());
        new Pair(lake, base, theirs).positions(rowKey.columns());
        this.columns = lake.types(theirs).stream().map(this::common).toList();
        this.key = rowKey.columns().stream()
                .map(name -> IntStream.range(0, columns.size())
                        .filter(i -> columns.get(i).name().equalsIgnoreCase(name))
                        .findFirst()
                        .orElseThrow())
                .toList();
        this.cells = IntStream.range(0, columns.size())
                .filter(i -> !key.contains(i))
                .boxed()
                .toList();
        this.table = Engine.quote("merge " + unique);
        this.delta = Engine.quote("merge ours " + unique);
    }

    /** The column in a type that holds its values in all three versions. */
    private TableColumn common(TableColumn column) {
        TableColumn.Type type = column.type();
        for (TableRef ref : List.of(base, ours)) {
            TableColumn other = byName(ref).get(column.name().toLowerCase(Locale.ROOT));
            if (other != null && other.type() != type) {
                type = other.type().kind() == Kind.NUMBER && type.kind() == Kind.NUMBER
                        ? TableColumn.Type.DOUBLE
                        : TableColumn.Type.VARCHAR;
            }
        }
        return new TableColumn(column.name(), type);
    }

    private Map<String, TableColumn> byName(TableRef ref) {
        return lake.types(ref).stream()
                .collect(Collectors.toMap(column -> column.name().toLowerCase(Locale.ROOT), Function.identity()));
    }

    TableRef ours() {
        return ours;
    }

    TableRef theirs() {
        return theirs;
    }

    void prepare() {
        new Pair(lake, base, theirs).checkUnique(new Pair(lake, base, theirs).positions(rowKey.columns()));
        new Pair(lake, base, ours).checkUnique(new Pair(lake, base, ours).positions(rowKey.columns()));
        lake.engine()
                .execute("CREATE TABLE " + delta + " AS SELECT " + list(key, "coalesce(o.c%1$d, b.c%1$d) AS k%1$d")
                        + ", o.here AS oh" + more(cells, "o.c%1$d AS o%1$d") + changed(base, ours, "o"));
        String mine = more(cells, "CASE WHEN d.hit THEN d.o%1$d ELSE x.b%1$d END AS o%1$d");
        lake.engine()
                .execute("CREATE TABLE " + table + " AS SELECT " + list(key, "x.k%1$d AS k%1$d")
                        + ", x.bh, x.th, CASE WHEN d.hit THEN d.oh ELSE x.bh END AS oh"
                        + more(cells, "x.b%1$d AS b%1$d") + more(cells, "x.t%1$d AS t%1$d") + mine
                        + ", d.hit AS hit FROM (SELECT "
                        + list(key, "coalesce(t.c%1$d, b.c%1$d) AS k%1$d") + ", b.here AS bh, t.here AS th"
                        + more(cells, "b.c%1$d AS b%1$d") + more(cells, "t.c%1$d AS t%1$d")
                        + changed(base, theirs, "t") + ") AS x LEFT JOIN (SELECT *, true AS hit FROM " + delta
                        + ") AS d ON " + and(key, "x.k%1$d IS NOT DISTINCT FROM d.k%1$d"));
    }

    /** FROM and WHERE for the rows that differ between the base (b) and a branch. */
    private String changed(TableRef from, TableRef to, String alias) {
        return " FROM (SELECT true AS here, * FROM " + side(from, to) + ") AS b FULL OUTER JOIN (SELECT true AS here, *"
                + " FROM " + side(to, from) + ") AS " + alias + " ON "
                + and(key, "b.c%1$d IS NOT DISTINCT FROM " + alias + ".c%1$d") + " WHERE b.here IS NULL OR " + alias
                + ".here IS NULL"
                + cells.stream()
                        .map(i -> " OR b.c" + i + " IS DISTINCT FROM " + alias + ".c" + i)
                        .collect(Collectors.joining());
    }

    private String side(TableRef ref, TableRef other) {
        Map<String, TableColumn> known = byName(ref);
        return "(SELECT "
                + IntStream.range(0, columns.size())
                        .mapToObj(i -> {
                            TableColumn stored = known.get(columns.get(i).name().toLowerCase(Locale.ROOT));
                            String value = stored == null ? "NULL" : Engine.quote(stored.name());
                            return "CAST(" + value + " AS " + columns.get(i).type() + ") AS c" + i;
                        })
                        .collect(Collectors.joining(", "))
                + " FROM " + lake.history().only(ref, other) + ")";
    }

    private static String list(List<Integer> columns, String form) {
        return columns.stream().map(i -> String.format(Locale.ROOT, form, i)).collect(Collectors.joining(", "));
    }

    private static String more(List<Integer> columns, String form) {
        return columns.stream()
                .map(i -> ", " + String.format(Locale.ROOT, form, i))
                .collect(Collectors.joining());
    }

    private static String and(List<Integer> columns, String form) {
        return columns.stream().map(i -> String.format(Locale.ROOT, form, i)).collect(Collectors.joining(" AND "));
    }

    private static String clash(int i) {
        return "(t" + i + " IS DISTINCT FROM b" + i + " AND o" + i + " IS DISTINCT FROM b" + i + " AND t" + i
                + " IS DISTINCT FROM o" + i + ")";
    }

    /** One deleted the row, the other changed it. */
    private static final String ROW_CONFLICT =
            "(coalesce(hit, false) AND bh AND ((th IS NULL AND oh) OR (oh IS NULL AND th)))";

    private String conflict() {
        String cell = cells.isEmpty()
                ? "false"
                : "(th AND oh AND (" + cells.stream().map(ThreeWay::clash).collect(Collectors.joining(" OR ")) + "))";
        return "coalesce(" + ROW_CONFLICT + " OR " + cell + ", false)";
    }

    long conflicts() {
        return count(" WHERE " + conflict());
    }

    private long count(String where) {
        return lake.engine()
                .first("SELECT count(*) FROM " + table + where, row -> row.getLong(1))
                .orElse(0L);
    }

    /** Rows for which the merge changes ours. */
    private String wanted(boolean oursWins) {
        String same = cells.stream()
                .map(i -> " AND " + merged(i, oursWins) + " IS NOT DISTINCT FROM o" + i)
                .collect(Collectors.joining());
        return " WHERE NOT (th IS NULL AND oh IS NULL) AND NOT coalesce(th AND oh" + same + ", false)"
                + (oursWins ? " AND NOT coalesce(" + ROW_CONFLICT + ", false)" : "");
    }

    private static String merged(int i, boolean oursWins) {
        String keep = oursWins
                ? "t" + i + " IS DISTINCT FROM b" + i + " AND NOT " + clash(i)
                : "t" + i + " IS DISTINCT FROM b" + i;
        return "CASE WHEN oh IS NULL OR (" + keep + ") THEN t" + i + " ELSE o" + i + " END";
    }

    long rows(boolean oursWins) {
        return count(wanted(oursWins));
    }

    List<String> keyNames() {
        return key.stream().map(i -> columns.get(i).name()).toList();
    }

    /** A name for the flag of deleted rows that no column has. */
    String goneName() {
        String name = "gone";
        List<String> taken = columns.stream()
                .map(column -> column.name().toLowerCase(Locale.ROOT))
                .toList();
        while (taken.contains(name)) {
            name += "_";
        }
        return name;
    }

    /** The rows that change ours, as an upsert takes them. */
    String select(boolean oursWins) {
        String values = IntStream.range(0, columns.size())
                .mapToObj(i -> (key.contains(i) ? "k" + i : merged(i, oursWins)) + " AS "
                        + Engine.quote(columns.get(i).name()))
                .collect(Collectors.joining(", "));
        return "SELECT " + values + ", th IS NULL AS " + goneName() + " FROM " + table + wanted(oursWins) + " ORDER BY "
                + list(key, "k%1$d");
    }

    List<Merging.Conflict> examples() {
        String shown = more(key, "CAST(k%1$d AS VARCHAR)")
                + more(
                        cells,
                        "CAST(b%1$d AS VARCHAR), CAST(o%1$d AS VARCHAR), CAST(t%1$d AS VARCHAR), o%1$d IS DISTINCT FROM t%1$d");
        return lake.engine()
                .query(
                        "SELECT bh, oh, th" + shown + " FROM " + table + " WHERE " + conflict() + " ORDER BY "
                                + list(key, "k%1$d") + " LIMIT " + EXAMPLES,
                        this::example);
    }

    private Merging.Conflict example(ResultSet row) throws SQLException {
        boolean before = row.getBoolean(1);
        boolean mine = row.getBoolean(2);
        boolean other = row.getBoolean(3);
        int next = 4;
        List<Difference.Cell> keys = new ArrayList<>();
        for (int i : key) {
            keys.add(new Difference.Cell(columns.get(i).name(), Optional.ofNullable(row.getString(next++))));
        }
        List<Merging.ConflictCell> differing = new ArrayList<>();
        for (int i : cells) {
            if (row.getBoolean(next + 3)) {
                differing.add(new Merging.ConflictCell(
                        columns.get(i).name(),
                        Optional.ofNullable(row.getString(next)),
                        Optional.ofNullable(row.getString(next + 1)),
                        Optional.ofNullable(row.getString(next + 2))));
            }
            next += 4;
        }
        return new Merging.Conflict(keys, word(before, mine), word(before, other), differing);
    }

    private static String word(boolean before, boolean now) {
        return !now ? "removed" : before ? "changed" : "added";
    }

    @Override
    public void close() {
        lake.engine().execute("DROP TABLE IF EXISTS " + table);
        lake.engine().execute("DROP TABLE IF EXISTS " + delta);
    }
}
