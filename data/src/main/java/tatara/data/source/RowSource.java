package tatara.data.source;

import java.util.List;
import java.util.function.Consumer;
import tatara.core.frame.Frame;
import tatara.core.frame.Schema;
import tatara.data.lake.TableColumn;

/** The rows of a source in file order, as often as wanted. */
interface RowSource {
    /** Columns as they are to be stored. */
    List<TableColumn> columns();

    /** Schema of the frames: one field a column; numbers and booleans of the stored type may come as their text. */
    Schema schema();

    /**
     * Streams all rows.
     *
     * @return number of rows handed over
     */
    long read(Consumer<Frame> rows, Consumer<Reject> rejects);
}
