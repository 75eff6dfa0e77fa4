package tatara.core.port;

import java.nio.file.Path;
import java.util.Set;

/** A kind of log of changes: a database's write-ahead log, a topic (D4). Found by {@link java.util.ServiceLoader}. Thread-safe. */
public interface ChangeFeeds {
    /** URI schemes in lower case, such as {@code postgresql}. */
    Set<String> schemes();

    /**
     * Opens the feed where it was left.
     *
     * @param location URI of what is followed, a table or a topic
     * @param position from the last batch that was stored; empty to begin with all that is there (a snapshot)
     * @param work directory that is the feed's own, for what it must remember beside the position; made when needed
     */
    ChangeFeed open(String location, String position, Path work, Secrets secrets);

    /**
     * Removes what following has left at the source, such as a replication slot. Nothing happens if nothing is there.
     *
     * @param work the directory that the feed was opened with
     */
    default void drop(String location, Path work, Secrets secrets) {}
}
