package tatara.data.lake;

import java.util.List;

/**
 * How the rows of a table are divided into files and ordered in them.
 *
 * @param partitionBy column names, or {@code day(COLUMN)}, {@code month(COLUMN)}, {@code year(COLUMN)} of times; each combination
 *     of values has files of its own
 * @param sortBy column names; rows within a partition are sorted by them; empty: by {@code _row}
 */
public record Layout(List<String> partitionBy, List<String> sortBy) {
    public Layout {
        partitionBy = List.copyOf(partitionBy);
        sortBy = List.copyOf(sortBy);
    }

    /** One pile, in the order of writing. */
    public static Layout none() {
        return new Layout(List.of(), List.of());
    }
}
