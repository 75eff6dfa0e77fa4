package tatara.core.evidence;

import java.util.List;

/**
 * A row with unusual numbers.
 *
 * @param row 0-based position in the source
 * @param score sum over its outliers of ln(1 + distance from the limit in widths of the usual range)
 * @param cells those outliers, furthest first, at most 5, as {@code column = value}
 */
public record OutlyingRow(long row, double score, List<String> cells) {}
