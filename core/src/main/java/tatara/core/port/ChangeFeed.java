package tatara.core.port;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** An open log of changes, read by one thread. */
public interface ChangeFeed extends AutoCloseable {
    /**
     * The next changes, in the order in which they happened; never loses one, may repeat after a crash those after the last stored
     * position.
     *
     * @param wait longest time to wait for the first change
     * @param most most changes, about
     * @return empty if none came
     */
    Optional<ChangeBatch> poll(Duration wait, int most);

    /** Everything up to this position is stored for good: the source may forget it. */
    void stored(String position);

    /**
     * Whether everything that had happened at the source when the feed was opened has been polled.
     *
     * @return empty if the feed cannot tell
     */
    default Optional<Boolean> caughtUp() {
        return Optional.empty();
    }

    @Override
    void close();

    /**
     * Changes that are stored together with the position after them, or not at all.
     *
     * <p>A batch of a snapshot whose first change is a {@link Change.Kind#TRUNCATE} begins a full copy anew: what is stored, and what
     * came of an earlier copy that was not finished, is replaced when the copy is whole.
     *
     * @param position where to go on after these, opaque; empty if nothing may be stored yet, because a full copy is not whole. The same
     *     as before if a transaction is not whole
     * @param snapshot whether they come from the first full copy
     * @param rejected what came between these changes and is none; to be kept for a person
     * @param columns the source's columns after these changes; empty if the source does not tell
     */
    record ChangeBatch(
            List<Change> changes,
            String position,
            boolean snapshot,
            List<Rejected> rejected,
            List<ChangeColumn> columns) {
        public ChangeBatch {
            changes = List.copyOf(changes);
            rejected = List.copyOf(rejected);
            columns = List.copyOf(columns);
        }

        /** A batch of a source that does not tell its columns, in which everything could be read. */
        public ChangeBatch(List<Change> changes, String position, boolean snapshot) {
            this(changes, position, snapshot, List.of(), List.of());
        }

        /** A batch of a source that does not tell its columns. */
        public ChangeBatch(List<Change> changes, String position, boolean snapshot, List<Rejected> rejected) {
            this(changes, position, snapshot, rejected, List.of());
        }
    }

    /**
     * Something in the log that could not be read as a change.
     *
     * @param place where it stands in the log, such as topic, partition and offset
     * @param reason why it is no change
     * @param text what it is, as far as it is text; cut if very long
     */
    record Rejected(String place, String reason, String text) {}
}
