package tatara.data.change;

import java.time.Duration;
import java.util.Optional;

/**
 * How far following is.
 *
 * @param changes taken since it began
 * @param perSecond changes a second since it began
 * @param waiting changes that are not stored yet
 * @param lag age of the newest of those, if the source says when they happened
 * @param commits snapshots that were written
 * @param rows of the stored table
 * @param copying whether the full copy is under way
 */
public record FollowProgress(
        long changes,
        double perSecond,
        long waiting,
        Optional<Duration> lag,
        long commits,
        long rows,
        boolean copying) {}
