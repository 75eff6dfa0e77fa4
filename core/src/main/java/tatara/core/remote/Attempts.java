package tatara.core.remote;

import java.io.IOException;
import java.time.Duration;
import tatara.core.error.CoreErrorCode;
import tatara.core.error.Fault;
import tatara.core.error.TataraException;

/**
 * Does what may fail for a moment again: at most five times in a row, after 0.25, 0.5, 1 and 2 seconds. Thread-safe.
 */
public final class Attempts {
    private static final int MOST = 5;
    private static final long FIRST_PAUSE_MILLIS = 250;

    private final Pauses pauses;

    public Attempts(Pauses pauses) {
        this.pauses = pauses;
    }

    /** Something that may fail for a moment. */
    @FunctionalInterface
    public interface Call<T> {
        /**
         * @throws IOException if another attempt may help; its message goes to the user, so that it holds no secret
         * @throws TataraException if none will
         */
        T call() throws IOException;
    }

    /**
     * The call's result.
     *
     * @param place what is called, for the error
     * @throws TataraException {@link RemoteErrorCode#PLACE_UNAVAILABLE} with the last failure
     */
    public <T> T of(String place, Call<T> call) {
        for (int failures = 1; ; failures++) {
            try {
                return call.call();
            } catch (IOException e) {
                pause(place, failures, e);
            }
        }
    }

    /** Waits before the attempt that follows so many failures in a row, or gives up. */
    void pause(String place, int failures, IOException last) {
        if (failures >= MOST) {
            throw new TataraException(
                    RemoteErrorCode.PLACE_UNAVAILABLE,
                    Fault.of("the place does not answer as it should, " + failures + " times in a row: " + words(last))
                            .at(place)
                            .todo("Check the address and the network, and run again: what was copied is kept"),
                    last);
        }
        try {
            pauses.pause(Duration.ofMillis(FIRST_PAUSE_MILLIS << (failures - 1)));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new TataraException(CoreErrorCode.CANCELLED, Fault.of("cancelled: reading " + place), e);
        }
    }

    private static String words(IOException e) {
        String kind = e.getClass().getSimpleName();
        String message = e.getMessage() == null ? "" : e.getMessage();
        return kind.equals("IOException") && !message.isEmpty() ? message : (kind + " " + message).strip();
    }
}
