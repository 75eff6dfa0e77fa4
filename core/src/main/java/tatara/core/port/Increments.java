package tatara.core.port;

import java.util.Optional;

/** A {@link Connector} that can leave out what was copied before (D4). Thread-safe. */
public interface Increments {
    /**
     * The location of what came after a copy.
     *
     * @param location what was copied, a URI
     * @param version {@link RemoteObject#version} of the copy
     * @return empty if this place cannot tell the new from the old, so that everything has to be read
     */
    Optional<String> after(String location, String version);
}
