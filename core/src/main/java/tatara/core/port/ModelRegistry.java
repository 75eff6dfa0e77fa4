package tatara.core.port;

import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Models, their versions and which of them is in production (T9–T12). Thread-safe. */
public interface ModelRegistry extends AutoCloseable {
    /**
     * One version of a model.
     *
     * @param model model name, the pipeline's
     * @param version from 1
     * @param bundle directory of the bundle
     * @param stage {@code none}, {@code staging}, {@code production} or {@code archived}
     * @param key content key of the bundle; registering the same key again gives the same version
     * @param tags free
     */
    record Version(
            String model,
            int version,
            Path bundle,
            String stage,
            String key,
            Instant created,
            Map<String, String> tags) {}

    /** Registers a bundle; the same model and key give the version that exists. */
    Version register(String model, Path bundle, String key, Map<String, String> tags);

    /** Moves a version to a stage; the version that was in production becomes {@code archived}. */
    Version promote(String model, int version, String stage, String reason);

    Optional<Version> production(String model);

    Optional<Version> find(String model, int version);

    /** All versions, newest first. */
    List<Version> versions(String model);

    List<String> models();

    /** A number that differs after any change, whoever made it: cheap enough to be asked every second. */
    default long revision() {
        long state = 17;
        for (String model : models()) {
            state = 31 * state + versions(model).hashCode();
        }
        return state;
    }

    @Override
    void close();
}
