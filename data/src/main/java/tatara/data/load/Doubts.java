package tatara.data.load;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;
import tatara.core.error.Fault;
import tatara.core.error.TataraException;
import tatara.core.evidence.TableRef;

/** What stops a load because it would more likely do harm than good. */
record Doubts(LoadRequest request, Optional<TableRef> table, Optional<LoadState> before) {
    private static final long FEW_ROWS = 10;

    void beforehand(Ways ways, Batch batch, Selection selection) {
        boolean compared = !ways.key().isEmpty() || ways.watermark().isPresent();
        boolean filled = table.filter(ref -> ref.rows() > 0).isPresent();
        if (filled && before.isEmpty() && ways.mode() == Mode.APPEND && !compared) {
            throw Loading.foreign(request.table());
        }
        if (!selection.changed().isEmpty() && ways.mode() == Mode.APPEND && !compared) {
            throw new TataraException(
                    LoadErrorCode.FILE_CHANGED,
                    Fault.of("a file that is loaded holds other rows now: "
                                    + selection.changed().get(0))
                            .expecting("files that stay as they are, or grow at their end")
                            .todo(
                                    "Replace the whole table: --mode replace; or say what tells rows apart: --key COLUMN"));
        }
        if (filled && batch.isEmpty() && (ways.mode() == Mode.REPLACE || ways.byAbsence())) {
            throw new TataraException(
                    LoadErrorCode.EXTRACT_EMPTY,
                    Fault.of("the extract holds no rows, so that all "
                                    + table.map(TableRef::rows).orElse(0L) + " of the table would go")
                            .at(selection.chosen().get(0).part().file().path())
                            .expecting("a whole extract")
                            .todo(
                                    "Check the source; drop the rows with data forget or data restore if they are to go"));
        }
    }

    /** @param rows how many rows could be judged */
    void clock(Map<String, Long> counts, LongSupplier rows, Instant now) {
        long ahead = counts.getOrDefault(Delta.AHEAD, 0L);
        if (ahead >= FEW_ROWS && 2 * ahead > rows.getAsLong()) {
            throw new TataraException(
                    LoadErrorCode.CLOCK_DOUBTFUL,
                    Fault.of(ahead + " rows are dated after this machine's clock, which says " + now)
                            .expecting("rows of the past, at most " + Duration.ofSeconds(Math.round(request.ahead()))
                                    + " ahead")
                            .todo("Set the clock right; or choose another watermark; or allow more with --ahead"));
        }
    }
}
