package tatara.data.version;

import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import tatara.core.evidence.TableRef;
import tatara.data.lake.Lake;
import tatara.data.lake.TableColumn;

/**
 * Columns that tell rows apart.
 *
 * @param columns empty if whole rows are compared
 */
public record RowKey(List<String> columns, Difference.KeyOrigin origin) {
    public RowKey {
        columns = List.copyOf(columns);
    }

    public static RowKey given(List<String> columns) {
        return new RowKey(columns, Difference.KeyOrigin.GIVEN);
    }

    public static RowKey designed(List<String> columns) {
        return new RowKey(columns, Difference.KeyOrigin.DESIGN);
    }

    public static RowKey none() {
        return new RowKey(List.of(), Difference.KeyOrigin.WHOLE_ROWS);
    }

    /**
     * The first column, numbers with decimals aside, that has a value in every row of both versions, each only once, and at least half of the
     * smaller version's values in common.
     */
    public static Optional<RowKey> find(Lake lake, TableRef before, TableRef after) {
        if (before.rows() < 2 || after.rows() < 2) {
            return Optional.empty();
        }
        Pair pair = new Pair(lake, before, after);
        List<Integer> likely = IntStream.range(0, pair.shared().size())
                .filter(i -> pair.shared().get(i).type() != TableColumn.Type.DOUBLE
                        && pair.shared().get(i).type() != TableColumn.Type.BOOLEAN)
                .filter(i -> isDistinct(pair, i, "approx_count_distinct(c" + i + ") * 1.2", pair.newer(false))
                        && isDistinct(pair, i, "count(DISTINCT c" + i + ")", pair.newer(false))
                        && isDistinct(pair, i, "count(DISTINCT c" + i + ")", pair.older(false))
                        && overlap(pair, i) * 2 >= Math.min(before.rows(), after.rows()))
                .limit(1)
                .boxed()
                .toList();
        return likely.stream().findFirst().map(i -> new RowKey(List.of(pair.name(i)), Difference.KeyOrigin.FOUND));
    }

    private static boolean isDistinct(Pair pair, int column, String distinct, String side) {
        return pair.engine()
                .first(
                        "SELECT count(*) = count(c" + column + ") AND " + distinct + " >= count(*) FROM " + side,
                        row -> row.getBoolean(1))
                .orElse(false);
    }

    private static long overlap(Pair pair, int column) {
        return pair.engine()
                .first(
                        "SELECT count(*) FROM " + pair.newer(false) + " AS a WHERE EXISTS (SELECT 1 FROM "
                                + pair.older(false) + " AS b WHERE a.c" + column + " = b.c" + column + ")",
                        row -> row.getLong(1))
                .orElse(0L);
    }
}
