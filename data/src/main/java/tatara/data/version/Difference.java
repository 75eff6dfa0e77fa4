package tatara.data.version;

import java.util.List;
import java.util.Optional;
import tatara.core.evidence.TableRef;

/**
 * In what two versions of a table differ.
 *
 * @param columns changes of the schema
 * @param rows changes of the rows, over the columns that both have
 * @param shifts distributions of the columns that both have, in the order of the newer version; empty if they were not asked for
 */
public record Difference(
        TableRef before, TableRef after, List<ColumnChange> columns, RowChanges rows, List<ColumnShift> shifts) {
    public Difference {
        columns = List.copyOf(columns);
        shifts = List.copyOf(shifts);
    }

    /** Whether schema and rows are the same. */
    public boolean isEmpty() {
        return columns.isEmpty() && rows.added() == 0 && rows.removed() == 0 && rows.changed() == 0;
    }

    /**
     * @param before stored type, empty if the column is new
     * @param after stored type, empty if the column is gone
     */
    public record ColumnChange(String column, Optional<String> before, Optional<String> after) {}

    /**
     * How rows were told apart, and what became of them.
     *
     * @param key the columns that tell rows apart; empty if whole rows were compared
     * @param origin where the key comes from
     * @param added rows of the newer version whose key, or whose content, the older one has not
     * @param removed the reverse
     * @param changed rows with the same key and other cells; without a key: rows that are at the same position and differ
     * @param cells how many rows changed in each column, most first; columns without changes are left out
     * @param examples some of them, in the order of the rows
     */
    public record RowChanges(
            List<String> key,
            KeyOrigin origin,
            long added,
            long removed,
            long changed,
            List<ColumnCount> cells,
            List<RowChange> examples) {
        public RowChanges {
            key = List.copyOf(key);
            cells = List.copyOf(cells);
            examples = List.copyOf(examples);
        }
    }

    /** Where a key comes from. */
    public enum KeyOrigin {
        /** The caller named it. */
        GIVEN,
        /** The data design names it. */
        DESIGN,
        /** A column that has a different value in every row of both versions, most of which both have. */
        FOUND,
        /** There is none; whole rows were compared, each as often as it occurs. */
        WHOLE_ROWS
    }

    public record ColumnCount(String column, long rows) {}

    /**
     * @param cells what differs: the key's columns are left out; of added and removed rows all cells
     * @param times how many rows this stands for: more than one only without a key
     */
    public record RowChange(Kind kind, List<Cell> key, List<CellChange> cells, long times) {
        public RowChange {
            key = List.copyOf(key);
            cells = List.copyOf(cells);
        }
    }

    public enum Kind {
        ADDED,
        REMOVED,
        CHANGED
    }

    /** @param value as text; empty if it is missing */
    public record Cell(String column, Optional<String> value) {}

    public record CellChange(String column, Optional<String> before, Optional<String> after) {}
}
