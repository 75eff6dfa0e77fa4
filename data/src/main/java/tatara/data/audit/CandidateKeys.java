package tatara.data.audit;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import tatara.core.evidence.ColumnProfile;
import tatara.core.evidence.ColumnType;
import tatara.core.evidence.TableProfile;
import tatara.data.lake.Engine;
import tatara.data.lake.Lake;

/** Sets of columns that tell all rows of a table apart: single ones from the profile, pairs and triples by counting. */
final class CandidateKeys {
    private static final int MOST_COLUMNS = 12;
    private static final int MOST_TRIED = 120;
    private static final int MOST_KEYS = 5;
    private static final long MOST_ROWS = 5_000_000;

    private final Lake lake;

    CandidateKeys(Lake lake) {
        this.lake = lake;
    }

    List<List<String>> find(TableProfile table) {
        List<List<String>> single =
                table.keys().stream().map(List::of).limit(MOST_KEYS).toList();
        boolean asked = single.isEmpty() && table.rows() > 1 && table.duplicateRows() == 0 && table.rows() <= MOST_ROWS;
        if (!asked) {
            return single;
        }
        List<ColumnProfile> candidates = table.columns().stream()
                .filter(CandidateKeys::mayBePart)
                .sorted(Comparator.comparingLong(ColumnProfile::distinct).reversed())
                .limit(MOST_COLUMNS)
                .toList();
        List<List<String>> pairs = unique(table, sets(candidates, 2, table.rows()));
        return pairs.isEmpty() ? unique(table, sets(candidates, 3, table.rows())) : pairs;
    }

    /** Measurements are unique by accident: only names, numbers of things, times and levels make keys. */
    private static boolean mayBePart(ColumnProfile column) {
        return column.missing() + column.invalid() == 0
                && column.distinct() > 1
                && column.type() != ColumnType.NUMBER
                && column.type() != ColumnType.TEXT
                && column.type() != ColumnType.BOOLEAN;
    }

    /** Sets whose numbers of distinct values allow that they tell so many rows apart. */
    private static List<List<String>> sets(List<ColumnProfile> columns, int size, long rows) {
        List<List<ColumnProfile>> sets = new ArrayList<>();
        extend(columns, 0, List.of(), size, sets);
        return sets.stream()
                .filter(set ->
                        set.stream().mapToDouble(ColumnProfile::distinct).reduce(1, (left, right) -> left * right)
                                >= rows)
                .limit(MOST_TRIED)
                .map(set -> set.stream().map(ColumnProfile::name).toList())
                .toList();
    }

    private static void extend(
            List<ColumnProfile> columns, int from, List<ColumnProfile> set, int size, List<List<ColumnProfile>> sets) {
        if (set.size() == size) {
            sets.add(set);
            return;
        }
        for (int i = from; i < columns.size(); i++) {
            List<ColumnProfile> longer = new ArrayList<>(set);
            longer.add(columns.get(i));
            extend(columns, i + 1, longer, size, sets);
        }
    }

    private List<List<String>> unique(TableProfile table, List<List<String>> sets) {
        List<List<String>> keys = new ArrayList<>();
        for (List<String> set : sets) {
            if (keys.size() < MOST_KEYS && isUnique(table, set)) {
                keys.add(table.columns().stream()
                        .map(ColumnProfile::name)
                        .filter(set::contains)
                        .toList());
            }
        }
        return keys;
    }

    private boolean isUnique(TableProfile table, List<String> columns) {
        String names = columns.stream().map(Engine::quote).collect(Collectors.joining(", "));
        String sql = "SELECT 1 FROM " + lake.from(table.raw()) + " GROUP BY " + names + " HAVING count(*) > 1 LIMIT 1";
        return lake.engine().first(sql, row -> true).isEmpty();
    }
}
