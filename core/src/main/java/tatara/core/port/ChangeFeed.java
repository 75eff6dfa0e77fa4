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
     * @param most most changes
     * @return empty if none came
     */
    Optional<ChangeBatch> poll(Duration wait, int most);

    /** Everything up to this position is stored for good: the source may forget it. */
    void stored(String position);

    @Override
    void close();

    /**
     * Changes that are stored together with the position after them, or not at all.
     *
     * @param position where to go on after these, opaque
     * @param snapshot whether they come from the first full copy
     */
    record ChangeBatch(List<Change> changes, String position, boolean snapshot) {}
}
