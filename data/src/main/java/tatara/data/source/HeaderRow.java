package tatara.data.source;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Decides whether the first record of a sample names the columns: column by column, a first cell of another kind than the cells below
 * speaks for a header, one like them against it. Without evidence it is taken for one.
 */
final class HeaderRow {
    private HeaderRow() {}

    /** @param records at least one, the first in question */
    static boolean isHeader(List<List<String>> records) {
        List<String> first = records.get(0);
        if (first.stream().allMatch(cell -> cell.strip().isEmpty())) {
            return false;
        }
        List<List<String>> rest = records.subList(1, records.size());
        if (rest.isEmpty()) {
            return first.stream().noneMatch(cell -> isValue(CellKind.of(cell)));
        }
        if (numberedHeader(first, rest)) {
            return true;
        }
        double votes = 0;
        for (int column = 0; column < first.size(); column++) {
            votes += vote(first.get(column), cells(rest, column));
        }
        if (votes != 0) {
            return votes > 0;
        }
        return first.stream().noneMatch(cell -> isValue(CellKind.of(cell)));
    }

    private static boolean isValue(CellKind kind) {
        return kind == CellKind.NUMBER || kind == CellKind.TIME;
    }

    private static List<String> cells(List<List<String>> records, int column) {
        List<String> cells = new ArrayList<>(records.size());
        for (List<String> record : records) {
            if (column < record.size() && !CellKind.missing(record.get(column))) {
                cells.add(record.get(column).strip());
            }
        }
        return cells;
    }

    private static double vote(String first, List<String> cells) {
        String name = first.strip();
        if (cells.isEmpty() || name.isEmpty()) {
            return 0;
        }
        Map<CellKind, Integer> kinds = new HashMap<>();
        cells.forEach(cell -> kinds.merge(CellKind.of(cell), 1, Integer::sum));
        CellKind kind = CellKind.of(name);
        for (CellKind value : new CellKind[] {CellKind.NUMBER, CellKind.TIME}) {
            if (kinds.getOrDefault(value, 0) >= 0.9 * cells.size()) {
                boolean missing = CellKind.missing(name);
                return missing ? 0 : kind == value ? -1 : 1;
            }
        }
        if (cells.contains(name)) {
            return -1;
        }
        Set<String> distinct = new HashSet<>(cells);
        boolean few = cells.size() >= 10 && distinct.size() * 2 <= cells.size();
        return few && kind == CellKind.WORDS ? 0.5 : isValue(kind) ? -0.25 : 0;
    }

    /** Years, or 1, 2, 3 …, over at least half of the columns, where the cells below do not go on like that. */
    private static boolean numberedHeader(List<String> first, List<List<String>> rest) {
        int steps = 0;
        for (int i = 1; i < first.size(); i++) {
            steps += follows(first.get(i - 1), first.get(i)) ? 1 : 0;
        }
        if (first.size() < 5 || steps * 2 < first.size()) {
            return false;
        }
        List<String> below = rest.get(0);
        int belowSteps = 0;
        for (int i = 1; i < below.size(); i++) {
            belowSteps += follows(below.get(i - 1), below.get(i)) ? 1 : 0;
        }
        return belowSteps * 4 < steps;
    }

    private static boolean follows(String left, String right) {
        try {
            return Integer.parseInt(right.strip()) - Integer.parseInt(left.strip()) == 1;
        } catch (NumberFormatException e) {
            return false;
        }
    }
}
