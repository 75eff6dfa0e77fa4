package tatara.data.version;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import tatara.data.lake.Engine;

/**
 * Rows of two versions compared as wholes: a row that the newer version has once more than the older is one added. A row that is gone and
 * one that is new at the same position, each the only one of its kind, are one changed row.
 */
final class WholeRows {
    private final Pair pair;
    private final int examples;
    private final String table = Engine.quote("differing " + UUID.randomUUID());

    WholeRows(Pair pair, int examples) {
        this.pair = pair;
        this.examples = examples;
    }

    Difference.RowChanges changes() {
        String columns = columns("");
        String grouped = "SELECT " + columns + "sum(s) AS n, count(*) AS c, min(r) AS r FROM (SELECT " + columns
                + "r, -1 AS s FROM " + pair.older(true) + " UNION ALL SELECT " + columns + "r, 1 AS s FROM "
                + pair.newer(true) + ")" + (columns.isEmpty() ? "" : " GROUP BY " + list()) + " HAVING sum(s) <> 0";
        try {
            pair.engine().execute("CREATE TABLE " + table + " AS " + grouped);
            return counted();
        } finally {
            pair.engine().execute("DROP TABLE IF EXISTS " + table);
        }
    }

    private String columns(String alias) {
        return IntStream.range(0, pair.shared().size())
                .mapToObj(i -> alias + "c" + i + ", ")
                .collect(Collectors.joining());
    }

    private String list() {
        return IntStream.range(0, pair.shared().size()).mapToObj(i -> "c" + i).collect(Collectors.joining(", "));
    }

    private String pairs() {
        return " FROM (SELECT * FROM " + table + " WHERE n < 0) AS b FULL OUTER JOIN (SELECT * FROM " + table
                + " WHERE n > 0) AS a ON a.r = b.r AND a.n = 1 AND b.n = -1 AND a.c = 1 AND b.c = 1";
    }

    private Difference.RowChanges counted() {
        String changed = IntStream.range(0, pair.shared().size())
                .mapToObj(
                        i -> ", count(*) FILTER (b.n = -1 AND a.n = 1 AND b.c" + i + " IS DISTINCT FROM a.c" + i + ")")
                .collect(Collectors.joining());
        return pair.engine()
                .first(
                        "SELECT coalesce(sum(a.n) FILTER (b.n IS NULL), 0), coalesce(-sum(b.n) FILTER (a.n IS NULL), 0),"
                                + " count(*) FILTER (a.n IS NOT NULL AND b.n IS NOT NULL)" + changed + pairs(),
                        this::counts)
                .orElseThrow();
    }

    private Difference.RowChanges counts(ResultSet row) throws SQLException {
        List<Difference.ColumnCount> cells = new ArrayList<>();
        for (int i = 0; i < pair.shared().size(); i++) {
            long changed = row.getLong(4 + i);
            if (changed > 0) {
                cells.add(new Difference.ColumnCount(pair.name(i), changed));
            }
        }
        cells.sort(Comparator.comparingLong(Difference.ColumnCount::rows).reversed());
        return new Difference.RowChanges(
                List.of(),
                Difference.KeyOrigin.WHOLE_ROWS,
                row.getLong(1),
                row.getLong(2),
                row.getLong(3),
                cells,
                examples());
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
                        "SELECT b.n IS NULL, a.n IS NULL, abs(coalesce(a.n, b.n))" + cells + pairs()
                                + " ORDER BY coalesce(a.r, b.r), a.r IS NULL LIMIT " + examples,
                        this::example);
    }

    private Difference.RowChange example(ResultSet row) throws SQLException {
        boolean added = row.getBoolean(1);
        boolean removed = row.getBoolean(2);
        List<Difference.CellChange> cells = new ArrayList<>();
        for (int i = 0; i < pair.shared().size(); i++) {
            if (added || removed || row.getBoolean(6 + 3 * i)) {
                cells.add(new Difference.CellChange(
                        pair.name(i),
                        Optional.ofNullable(row.getString(4 + 3 * i)),
                        Optional.ofNullable(row.getString(5 + 3 * i))));
            }
        }
        Difference.Kind kind =
                added ? Difference.Kind.ADDED : removed ? Difference.Kind.REMOVED : Difference.Kind.CHANGED;
        return new Difference.RowChange(kind, List.of(), cells, row.getLong(3));
    }
}
