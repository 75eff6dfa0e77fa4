package tatara.core.port;

import java.time.Instant;
import java.util.Optional;

/**
 * Something that can be copied from a place outside this machine.
 *
 * @param uri names it; holds no secret
 * @param name file name for the copy, with the ending that tells its format, such as {@code orders.parquet}
 * @param bytes size, -1 if the place does not say
 * @param modified when it last changed, if the place says
 * @param version changes whenever the content does, such as an ETag; empty if the place has none, so that it is copied every time
 */
public record RemoteObject(String uri, String name, long bytes, Optional<Instant> modified, String version) {}
