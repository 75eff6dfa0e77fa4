package tatara.core.evidence;

import java.util.List;

/**
 * Strength of association between columns.
 *
 * @param columns at most 30, those with the strongest associations, in source order
 * @param values row by row; with sign for two numbers; 1 on the diagonal; NaN where nothing could be measured
 */
public record AssociationMatrix(List<String> columns, List<double[]> values) {}
