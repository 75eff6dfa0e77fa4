package tatara.core.remote;

import java.time.Duration;

/** How waiting is done between attempts. */
@FunctionalInterface
public interface Pauses {
    void pause(Duration time) throws InterruptedException;

    /** The calling thread sleeps. */
    static Pauses sleeping() {
        return time -> Thread.sleep(time.toMillis());
    }
}
