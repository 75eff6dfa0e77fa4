package tatara.serve.rest;

import java.util.List;
import java.util.Optional;
import tatara.core.error.TataraException;

/** Where the server finds models. Thread-safe; {@link #production} and {@link #names} are asked at every request and answer at once. */
public interface ModelSource {
    /**
     * The version that answers when none is named.
     *
     * @throws TataraException {@link RestErrorCode#MODEL_UNAVAILABLE} if there is one that can't be loaded
     */
    Optional<LiveModel> production(String name);

    /**
     * A version by number, loaded if need be.
     *
     * @throws TataraException {@link RestErrorCode#MODEL_UNAVAILABLE} if there is one that can't be loaded
     */
    Optional<LiveModel> version(String name, int version);

    /** Models with a version in production, sorted; also those that can't be loaded. */
    List<String> names();

    /** The versions that answer now, sorted by name. */
    List<LiveModel> live();

    /** Numbers of all versions of a model, newest first; empty for an unknown model. */
    List<Integer> versions(String name);

    /** Whether everything that is in production was loaded, or tried to. */
    boolean isReady();
}
