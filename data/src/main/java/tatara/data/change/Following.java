package tatara.data.change;

import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import tatara.core.port.ChangeFeed;
import tatara.core.port.ChangeFeed.ChangeBatch;

/**
 * Reads a feed and applies what comes, in commits of a few seconds: more changes a commit when commits take long, so that following keeps
 * up with the source. Used by one thread.
 */
public final class Following {
    private static final Duration WAIT = Duration.ofMillis(200);
    private static final Duration USUAL_INTERVAL = Duration.ofSeconds(5);
    private static final Duration LONGEST_INTERVAL = Duration.ofSeconds(60);
    private static final Duration IDLE = Duration.ofMinutes(10);
    private static final Duration QUIET = Duration.ofSeconds(3);
    private static final Duration TOLD_EVERY = Duration.ofMillis(500);
    private static final int USUAL_CHANGES = 10_000;

    private final ChangeFeed feed;
    private final ChangeApplier applier;
    private final Clock clock;
    private final LongSupplier nanoTime;
    private final Consumer<FollowProgress> listener;
    private final long began;
    private Duration interval = USUAL_INTERVAL;
    private long committedAt;
    private long changedAt;
    private long toldAt;
    private boolean copying;

    /** @param nanoTime ticks like {@link System#nanoTime} */
    public Following(
            ChangeFeed feed,
            ChangeApplier applier,
            Clock clock,
            LongSupplier nanoTime,
            Consumer<FollowProgress> listener) {
        this.feed = feed;
        this.applier = applier;
        this.clock = clock;
        this.nanoTime = nanoTime;
        this.listener = listener;
        this.began = nanoTime.getAsLong();
        this.committedAt = began;
        this.changedAt = began;
    }

    /**
     * Follows until it is stopped; what was read by then is stored, unless it is an unfinished copy or transaction.
     *
     * @param once whether to stop as soon as everything is stored that had happened when the feed was opened
     * @param longest time after which to stop
     * @param stopped asked often
     * @return whether the end was reached for which {@code once} asks
     */
    public boolean run(boolean once, Optional<Duration> longest, BooleanSupplier stopped) {
        boolean complete = false;
        while (!complete && !stopped.getAsBoolean() && !isOver(longest)) {
            Optional<ChangeBatch> batch = feed.poll(WAIT, USUAL_CHANGES);
            batch.ifPresent(this::take);
            boolean idle = batch.isEmpty();
            if (isDue(idle)) {
                commit();
            }
            if (once && idle && isCaughtUp()) {
                complete = true;
            }
            tell(false);
        }
        if (applier.mayCommit()) {
            commit();
        }
        tell(true);
        return complete;
    }

    private void take(ChangeBatch batch) {
        copying = batch.snapshot() && batch.position().isEmpty();
        if (!batch.changes().isEmpty()) {
            changedAt = nanoTime.getAsLong();
        }
        applier.add(batch);
    }

    private boolean isOver(Optional<Duration> longest) {
        return longest.isPresent()
                && nanoTime.getAsLong() - began >= longest.get().toNanos();
    }

    private boolean isDue(boolean idle) {
        if (!applier.mayCommit()) {
            return applier.isAhead()
                    && since(committedAt).compareTo(IDLE) > 0
                    && applier.current().isPresent();
        }
        return applier.isLarge() || since(committedAt).compareTo(interval) > 0 || (idle && applier.commits() == 0);
    }

    private boolean isCaughtUp() {
        boolean reached = feed.caughtUp().orElseGet(() -> since(changedAt).compareTo(QUIET) > 0);
        return reached && !copying;
    }

    private void commit() {
        long before = nanoTime.getAsLong();
        String position = applier.commit();
        feed.stored(position);
        committedAt = nanoTime.getAsLong();
        Duration wanted = Duration.ofNanos((committedAt - before) * 2);
        interval = wanted.compareTo(USUAL_INTERVAL) < 0
                ? USUAL_INTERVAL
                : wanted.compareTo(LONGEST_INTERVAL) > 0 ? LONGEST_INTERVAL : wanted;
        tell(true);
    }

    private void tell(boolean always) {
        if (always || since(toldAt).compareTo(TOLD_EVERY) > 0) {
            toldAt = nanoTime.getAsLong();
            double seconds = Math.max(1e-9, (toldAt - began) / 1e9);
            Optional<Duration> lag = applier.waiting() == 0
                    ? Optional.empty()
                    : applier.newest().map(at -> Duration.between(at, clock.instant()));
            listener.accept(new FollowProgress(
                    applier.changes(),
                    applier.changes() / seconds,
                    applier.waiting(),
                    lag,
                    applier.commits(),
                    applier.current().map(ref -> ref.rows()).orElse(0L),
                    copying));
        }
    }

    private Duration since(long then) {
        return Duration.ofNanos(nanoTime.getAsLong() - then);
    }
}
