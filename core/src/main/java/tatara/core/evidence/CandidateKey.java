package tatara.core.evidence;

import java.util.List;

/**
 * Columns that together tell all rows apart while no part of them does; none of them has missing values.
 *
 * @param columns in source order
 * @param exact whether it holds for all rows, not only those looked at
 * @param repeats pairs of equal rows that chance would make among the rows looked at if the columns had nothing to do with each other; for a single column
 *     the number of rows
 */
public record CandidateKey(List<String> columns, boolean exact, double repeats) {}
