package tatara.core.evidence;

import java.util.Optional;

/**
 * How one column's values are built.
 *
 * @param name of the column
 * @param outliers of numbers
 * @param text of texts
 * @param times of times
 */
public record ColumnStructure(
        String name, Optional<Outliers> outliers, Optional<TextStructure> text, Optional<TimeStructure> times) {}
