package tatara.train.search;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/**
 * The safety valve of a training budget. What is trained is planned by cost and does not look at the clock; only when planning was
 * far off does the clock step in: candidates not begun at the deadline are left out, and a fold still running at three times the
 * budget ends with the best model so far.
 */
public final class Deadline {
    private static final int ABORT_FACTOR = 3;

    private final Clock clock;
    private final Instant end;
    private final Instant abort;

    private Deadline(Clock clock, Instant end, Instant abort) {
        this.clock = clock;
        this.end = end;
        this.abort = abort;
    }

    /** A deadline so far from now. */
    public static Deadline after(Clock clock, Duration budget) {
        Instant now = clock.instant();
        return new Deadline(clock, now.plus(budget), now.plus(budget.multipliedBy(ABORT_FACTOR)));
    }

    /** A deadline that never comes. */
    public static Deadline never() {
        return new Deadline(Clock.systemUTC(), Instant.MAX, Instant.MAX);
    }

    /** Whether no further candidate is begun. */
    public boolean passed() {
        return clock.instant().isAfter(end);
    }

    /** Whether what runs must end. */
    boolean aborts() {
        return clock.instant().isAfter(abort);
    }
}
