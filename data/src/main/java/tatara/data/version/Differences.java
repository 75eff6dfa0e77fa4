package tatara.data.version;

import java.util.List;
import tatara.core.error.TataraException;
import tatara.core.evidence.TableRef;
import tatara.data.lake.Lake;

/**
 * Compares two versions of a table. All is done in SQL that spills to disk, and files that both versions have are not read for the rows.
 * Thread-safe.
 */
public final class Differences {
    private final Lake lake;

    public Differences(Lake lake) {
        this.lake = lake;
    }

    /**
     * @param key how to tell rows apart; {@link RowKey#none} compares whole rows, each as often as it occurs
     * @param examples most rows to show, at least 0
     * @param withShifts whether distributions are compared, for which both versions are read whole
     * @throws TataraException {@code KEY_UNUSABLE}, {@code KEY_NOT_UNIQUE}
     */
    public Difference between(TableRef before, TableRef after, RowKey key, int examples, boolean withShifts) {
        Pair pair = new Pair(lake, before, after);
        Difference.RowChanges rows = key.columns().isEmpty()
                ? new WholeRows(pair, examples).changes()
                : new KeyedRows(pair, key, examples).changes();
        List<ColumnShift> shifts = withShifts ? new Shifts(pair).all() : List.of();
        return new Difference(before, after, pair.schema(), rows, shifts);
    }
}
