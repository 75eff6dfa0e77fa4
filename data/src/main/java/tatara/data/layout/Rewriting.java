package tatara.data.layout;

import java.util.List;
import java.util.Optional;
import tatara.core.error.Fault;
import tatara.core.error.TataraException;
import tatara.core.evidence.TableRef;
import tatara.data.lake.History;
import tatara.data.lake.Lake;
import tatara.data.lake.Layout;

/** Writes tables anew in other files, and proves that the rows are the same. Not thread-safe. */
public final class Rewriting {
    private final Lake lake;

    public Rewriting(Lake lake) {
        this.lake = lake;
    }

    /**
     * How a version is stored.
     *
     * @param scanSeconds time in which all its cells are read, after they were read once
     */
    public record Stored(int files, long bytes, double scanSeconds) {}

    /**
     * What was done.
     *
     * @param version the newest now; the same as before if there was nothing to do
     */
    public record Rewritten(TableRef version, Stored before, Stored after) {}

    /**
     * Gathers small files into files of a good size.
     *
     * @throws TataraException {@code ROWS_CHANGED}
     */
    public Rewritten compact(TableRef table) {
        return rewritten(table, Optional.empty());
    }

    /**
     * Gives a table a layout.
     *
     * @throws TataraException {@code LAYOUT_REFUSED}, {@code ROWS_CHANGED}
     */
    public Rewritten apply(TableRef table, Layout layout) {
        return rewritten(table, Optional.of(layout));
    }

    private Rewritten rewritten(TableRef table, Optional<Layout> layout) {
        History history = lake.history();
        TableRef written = history.compact(table.layer(), table.name(), layout);
        TableRef before = before(written).orElse(table);
        if (written.snapshot() == table.snapshot()) {
            Stored same = stored(table);
            return new Rewritten(table, same, same);
        }
        if (!RowDigest.of(lake, before).equals(RowDigest.of(lake, written))) {
            history.restore(table.layer(), table.name(), Long.toString(before.snapshot()));
            throw new TataraException(
                    LayoutErrorCode.ROWS_CHANGED,
                    Fault.of("the rows written are not those from before, which are the newest version again")
                            .at(table.layer() + " table " + table.name())
                            .todo("Look at both with: tatara data diff " + table.layer() + "/" + table.name() + " "
                                    + written.snapshot()));
        }
        return new Rewritten(written, stored(before), stored(written));
    }

    /** What was really written anew: another process may have added rows since the table was looked at. */
    private Optional<TableRef> before(TableRef written) {
        var parent = lake.history().version(written).parent();
        return parent.isEmpty()
                ? Optional.empty()
                : lake.history().at(written.layer(), written.name(), Long.toString(parent.getAsLong()));
    }

    private Stored stored(TableRef table) {
        History.Pruned all = lake.history().pruned(table, List.of());
        RowDigest.of(lake, table);
        long start = System.nanoTime();
        RowDigest.of(lake, table);
        return new Stored(all.files(), all.bytes(), (System.nanoTime() - start) / 1e9);
    }
}
