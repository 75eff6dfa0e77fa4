package tatara.data.profile;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import tatara.core.evidence.CandidateKey;
import tatara.core.evidence.ColumnType;
import tatara.core.evidence.TableProfile;

/**
 * Columns that tell rows apart: minimal, at most three together. Several columns together count only if chance would make some of their
 * rows equal: any few fine-grained columns tell the rows of a small table apart.
 */
final class Keys {
    private static final double LEAST_REPEATS = 5;
    private static final int MOST_COLUMNS = 40;
    private static final int MOST_FOUND = 20;
    private static final int GLANCE = 1_000;
    private static final double LONGEST = 60;

    private final LookedTable table;
    private final TableProfile profile;
    private final double[] coincidence;

    Keys(LookedTable table, TableProfile profile) {
        this.table = table;
        this.profile = profile;
        this.coincidence = new double[table.columns().size()];
    }

    /** Keys of the rows looked at; single ones are of all rows. */
    List<CandidateKey> find(List<String> notes) {
        List<CandidateKey> found = new ArrayList<>();
        profile.keys().forEach(key -> found.add(new CandidateKey(List.of(key), true, (double) profile.rows())));
        List<LookedColumn> parts = new ArrayList<>();
        for (LookedColumn column : table.columns()) {
            if (mayBePart(column)) {
                parts.add(column);
            }
        }
        if (parts.size() > MOST_COLUMNS) {
            notes.add("Of " + parts.size() + " columns that could be parts of a key, the first " + MOST_COLUMNS
                    + " were looked at.");
        }
        List<LookedColumn> chosen = parts.subList(0, Math.min(parts.size(), MOST_COLUMNS));
        for (LookedColumn column : chosen) {
            coincidence[column.raw().index()] = coincidence(column);
        }
        Set<List<Integer>> known = new HashSet<>();
        for (int size = 2; size <= 3 && found.size() < MOST_FOUND; size++) {
            together(chosen, size, 0, new ArrayList<>(), known, found);
        }
        return found.size() > MOST_FOUND ? List.copyOf(found.subList(0, MOST_FOUND)) : List.copyOf(found);
    }

    private boolean mayBePart(LookedColumn column) {
        ColumnType type = column.type();
        return type != ColumnType.NUMBER
                && column.levels() >= 2
                && column.profile().missing() + column.profile().invalid() == 0
                && column.profile().meanLength() <= LONGEST
                && !profile.keys().contains(column.name());
    }

    /** Probability that two rows have the same value. */
    private double coincidence(LookedColumn column) {
        double pairs = 0;
        for (int count : column.counts()) {
            pairs += (double) count * (count - 1);
        }
        return pairs / ((double) table.rows() * Math.max(1, table.rows() - 1));
    }

    private void together(
            List<LookedColumn> columns,
            int size,
            int from,
            List<LookedColumn> chosen,
            Set<List<Integer>> known,
            List<CandidateKey> found) {
        if (chosen.size() == size) {
            look(chosen, known, found);
            return;
        }
        for (int i = from; i < columns.size() && found.size() < MOST_FOUND; i++) {
            chosen.add(columns.get(i));
            together(columns, size, i + 1, chosen, known, found);
            chosen.remove(chosen.size() - 1);
        }
    }

    private void look(List<LookedColumn> chosen, Set<List<Integer>> known, List<CandidateKey> found) {
        double repeats = (double) table.rows() * (table.rows() - 1) / 2;
        double values = 1;
        for (LookedColumn column : chosen) {
            repeats *= coincidence[column.raw().index()];
            values *= column.levels();
        }
        List<Integer> numbers =
                chosen.stream().map(column -> column.raw().index()).toList();
        if (repeats < LEAST_REPEATS || values < table.rows() || containsKnown(numbers, known)) {
            return;
        }
        if (isUnique(chosen, Math.min(GLANCE, table.rows())) && isUnique(chosen, table.rows())) {
            known.add(numbers);
            found.add(new CandidateKey(chosen.stream().map(LookedColumn::name).toList(), table.exact(), repeats));
        }
    }

    private static boolean containsKnown(List<Integer> numbers, Set<List<Integer>> known) {
        return known.stream().anyMatch(numbers::containsAll);
    }

    private static boolean isUnique(List<LookedColumn> columns, int rows) {
        int[] codes = columns.get(0).codes();
        for (int i = 1; i < columns.size(); i++) {
            int[] other = columns.get(i).codes();
            int levels = columns.get(i).levels();
            Numbering numbering = new Numbering(rows);
            int[] joined = new int[rows];
            boolean last = i == columns.size() - 1;
            for (int row = 0; row < rows; row++) {
                joined[row] = numbering.of((long) codes[row] * levels + other[row]);
                if (last && joined[row] < row) {
                    return false;
                }
            }
            codes = joined;
        }
        return true;
    }
}
