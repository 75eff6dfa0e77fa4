package tatara.data.source.remote;

import java.nio.file.Path;
import java.util.Map;

/**
 * A location as it lies on this machine.
 *
 * @param place the file, or the folder
 * @param origins for each file where it comes from, without options
 */
public record Copied(Path place, Map<Path, String> origins) {
    public Copied {
        origins = Map.copyOf(origins);
    }
}
