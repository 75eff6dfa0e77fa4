package tatara.data.profile;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import tatara.core.evidence.ValueCount;
import tatara.model.transform.CellParser;

/**
 * Distinct texts of a column in some or all rows.
 *
 * @param values trimmed, most frequent first, blank cells left out, long texts cut
 * @param whole whether all rows are in it
 * @param padded whether any cell has white space around it
 * @param characters mean length of the texts
 * @param words mean number of words of the texts
 */
record ColumnSample(
        RawColumn column, List<ValueCount> values, boolean whole, boolean padded, double characters, double words) {
    /** A stored text: how often it occurs, its length and its words. */
    record Cell(String text, long count, long characters, long words) {}

    static ColumnSample of(RawColumn column, List<Cell> cells, boolean whole) {
        Map<String, Long> counts = new HashMap<>();
        boolean padded = false;
        double rows = 0;
        double characters = 0;
        double words = 0;
        for (Cell cell : cells) {
            String trimmed = CellParser.trimmed(cell.text());
            padded |= trimmed.length() != cell.text().length();
            if (!trimmed.isEmpty()) {
                counts.merge(trimmed, cell.count(), Long::sum);
                rows += cell.count();
                int padding = cell.text().length() - trimmed.length();
                characters += (double) cell.count() * (cell.characters() - padding);
                words += (double) cell.count() * (padding == 0 ? cell.words() : words(trimmed));
            }
        }
        List<ValueCount> values = new ArrayList<>(counts.size());
        counts.forEach((text, count) -> values.add(new ValueCount(text, count)));
        values.sort(Comparator.comparingLong(ValueCount::count).reversed().thenComparing(ValueCount::value));
        return new ColumnSample(
                column, values, whole, padded, rows == 0 ? 0 : characters / rows, rows == 0 ? 0 : words / rows);
    }

    private static long words(String text) {
        return text.chars().filter(c -> c == ' ').count() + 1;
    }

    /** Rows with one of the values. */
    long rows() {
        return values.stream().mapToLong(ValueCount::count).sum();
    }

    ColumnSample without(List<String> tokens) {
        if (tokens.isEmpty()) {
            return this;
        }
        List<ValueCount> rest =
                values.stream().filter(value -> !tokens.contains(value.value())).toList();
        return new ColumnSample(column, rest, whole, padded, characters, words);
    }

    /** Some values, evenly spread, for a first look. */
    List<ValueCount> glance(int most) {
        if (values.size() <= most) {
            return values;
        }
        List<ValueCount> some = new ArrayList<>(most);
        for (int i = 0; i < most; i++) {
            some.add(values.get((int) ((long) i * values.size() / most)));
        }
        return some;
    }
}
