package tatara.data.layout;

import java.util.List;

/**
 * What a query selected by, never the values.
 *
 * @param filters one for each column that was asked about
 * @param share rows found, as a share of the table's, in [0, 1]
 */
public record QueryPattern(List<Filter> filters, double share) {
    public QueryPattern {
        filters = List.copyOf(filters);
    }

    /** A column asked for one value, or for a range of values. */
    public record Filter(String column, boolean one) {}
}
