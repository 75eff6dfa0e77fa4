package tatara.data.version;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Rows of two versions compared by key: a full outer join in which missing key values equal each other. */
final class KeyedRows {
    private final Pair pair;
    private final RowKey rowKey;
    private final List<Integer> key;
    private final List<Integer> others;
    private final int examples;

    KeyedRows(Pair pair, RowKey rowKey, int examples) {
        this.pair = pair;
        this.rowKey = rowKey;
        this.key = pair.positions(rowKey.columns());
        this.others = IntStream.range(0, pair.shared().size())
                .filter(i -> !key.contains(i))
                .boxed()
                .toList();
        this.examples = examples;
    }

    Difference.RowChanges changes() {
        pair.checkUnique(key);
        String counted = others.stream()
                .map(i -> ", count(*) FILTER (b.here AND a.here AND b.c" + i + " IS DISTINCT FROM a.c" + i + ")")
                .collect(Collectors.joining());
        return pair.engine()
                .first(
                        "SELECT count(*) FILTER (b.here IS NULL), count(*) FILTER (a.here IS NULL),"
                                + " count(*) FILTER (b.here AND a.here)" + counted + differing(),
                        this::counts)
                .orElseThrow();
    }

    private Difference.RowChanges counts(ResultSet row) throws SQLException {
        List<Difference.ColumnCount> cells = new ArrayList<>();
        for (int i = 0; i < others.size(); i++) {
            long changed = row.getLong(4 + i);
            if (changed > 0) {
                cells.add(new Difference.ColumnCount(pair.name(others.get(i)), changed));
            }
        }
        cells.sort(Comparator.comparingLong(Difference.ColumnCount::rows).reversed());
        return new Difference.RowChanges(
                rowKey.columns(), rowKey.origin(), row.getLong(1), row.getLong(2), row.getLong(3), cells, examples());
    }

    private String differing() {
        String equal = key.stream()
                .map(i -> "b.c" + i + " IS NOT DISTINCT FROM a.c" + i)
                .collect(Collectors.joining(" AND "));
        String other = others.stream()
                .map(i -> " OR b.c" + i + " IS DISTINCT FROM a.c" + i)
                .collect(Collectors.joining());
        return " FROM (SELECT true AS here, * FROM " + pair.older(true) + ") AS b FULL OUTER JOIN"
                + " (SELECT true AS here, * FROM " + pair.newer(true) + ") AS a ON " + equal
                + " WHERE b.here IS NULL OR a.here IS NULL" + other;
    }

    private List<Difference.RowChange> examples() {
        if (examples == 0) {
            return List.of();
        }
        String cells = IntStream.range(0, pair.shared().size())
                .mapToObj(i -> ", CAST(b.c" + i + " AS VARCHAR), CAST(a.c" + i + " AS VARCHAR), b.c" + i
                        + " IS DISTINCT FROM a.c" + i)
                .collect(Collectors.joining());
        return pair.engine()
                .query(
                        "SELECT b.here IS NULL, a.here IS NULL" + cells + differing()
                                + " ORDER BY coalesce(a.r, b.r), a.r IS NULL LIMIT " + examples,
                        this::example);
    }

    private Difference.RowChange example(ResultSet row) throws SQLException {
        boolean added = row.getBoolean(1);
        boolean removed = row.getBoolean(2);
        List<Difference.Cell> keys = new ArrayList<>();
        for (int i : key) {
            keys.add(new Difference.Cell(
                    pair.name(i), Optional.ofNullable(row.getString(removed ? 3 + 3 * i : 4 + 3 * i))));
        }
        List<Difference.CellChange> cells = new ArrayList<>();
        for (int i : others) {
            if (added || removed || row.getBoolean(5 + 3 * i)) {
                cells.add(new Difference.CellChange(
                        pair.name(i),
                        Optional.ofNullable(row.getString(3 + 3 * i)),
                        Optional.ofNullable(row.getString(4 + 3 * i))));
            }
        }
        Difference.Kind kind =
                added ? Difference.Kind.ADDED : removed ? Difference.Kind.REMOVED : Difference.Kind.CHANGED;
        return new Difference.RowChange(kind, keys, cells, 1);
    }
}
