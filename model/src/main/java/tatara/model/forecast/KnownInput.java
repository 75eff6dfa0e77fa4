package tatara.model.forecast;

import java.util.List;
import tatara.core.frame.Column;
import tatara.core.frame.NumberColumn;
import tatara.core.frame.TextColumn;

/**
 * A column whose values are known in advance, such as a holiday flag, and how it becomes numbers: a number standardised, a
 * category as one indicator per level. Immutable, thread-safe.
 *
 * @param column raw column
 * @param levels the levels with an indicator each; empty for a number
 * @param fill number that stands for a missing one
 * @param centre subtracted from a number
 * @param scale divides a number, greater than 0
 */
public record KnownInput(String column, List<String> levels, double fill, double centre, double scale) {
    public KnownInput {
        levels = List.copyOf(levels);
    }

    /** Numbers written. */
    public int width() {
        return levels.isEmpty() ? 1 : levels.size();
    }

    /** Writes {@link #width()} numbers from {@code offset} on; never NaN. */
    public void encode(Column cells, int row, double[] out, int offset) {
        if (levels.isEmpty()) {
            double value = cells instanceof NumberColumn numbers ? numbers.values()[row] : fill;
            out[offset] = ((Double.isFinite(value) ? value : fill) - centre) / scale;
            return;
        }
        String text = text(cells, row);
        for (int level = 0; level < levels.size(); level++) {
            out[offset + level] = levels.get(level).equals(text) ? 1 : 0;
        }
    }

    /** Writes what a missing value becomes. */
    public void encodeMissing(double[] out, int offset) {
        for (int i = 0; i < width(); i++) {
            out[offset + i] = levels.isEmpty() ? (fill - centre) / scale : 0;
        }
    }

    private static String text(Column cells, int row) {
        if (cells.isMissing(row)) {
            return "";
        }
        return cells instanceof TextColumn texts ? String.valueOf(texts.value(row)) : SeriesNames.text(cells, row);
    }

    static int width(List<KnownInput> inputs) {
        return inputs.stream().mapToInt(KnownInput::width).sum();
    }
}
