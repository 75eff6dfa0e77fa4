package tatara.core.evidence;

import java.util.List;

/**
 * A row with unusual numbers.
 *
 * @param row 0-based position in the source
 * @param score sum over its outliers of their distance from the limit, in widths of the usual range, each at most 10
 * @param cells those outliers, furthest first, at most 5, as {@code column = value}
 */
public record OutlyingRow(long row, double score, List<String> cells) {}
