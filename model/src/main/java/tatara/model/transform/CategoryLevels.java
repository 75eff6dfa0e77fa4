package tatara.model.transform;

import java.util.Optional;
import tatara.core.frame.Column;
import tatara.core.frame.NumberColumn;
import tatara.core.frame.TextColumn;
import tatara.core.frame.TimeColumn;

/** The level of a category that a cell is, the same when fitted and when applied. */
public final class CategoryLevels {
    private CategoryLevels() {}

    /** A text as it is; a number as its shortest decimal; empty if missing. */
    public static Optional<String> of(Column column, int row) {
        if (column.isMissing(row)) {
            return Optional.empty();
        }
        if (column instanceof TextColumn texts) {
            return Optional.ofNullable(texts.value(row));
        }
        if (column instanceof NumberColumn numbers) {
            double value = numbers.values()[row];
            return Double.isInfinite(value) ? Optional.empty() : Optional.of(NumberText.shortest(value));
        }
        return Optional.of(Long.toString(((TimeColumn) column).micros()[row]));
    }
}
