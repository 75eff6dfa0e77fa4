package tatara.connectors.debezium;

import java.util.Optional;
import tatara.core.error.TataraException;
import tatara.core.json.JsonText;
import tatara.core.json.RecordCodec;

/**
 * The end of a transaction in the write-ahead log, after which reading goes on.
 *
 * @param lsn byte in the log
 * @param order number of the last change
 * @param table the table as it was then
 */
record Position(long lsn, long order, TableShape table) {
    String text() {
        return JsonText.write(RecordCodec.write(this));
    }

    /** Empty if the text is none, or of another kind of feed. */
    static Optional<Position> read(String text) {
        if (text.isEmpty()) {
            return Optional.empty();
        }
        try {
            return Optional.of(RecordCodec.read(Position.class, "position", JsonText.read("position", text)));
        } catch (TataraException notOurs) {
            return Optional.empty();
        }
    }
}
