package tatara.serve.rest;

import com.linecorp.armeria.server.ServiceRequestContext;
import java.util.List;
import tatara.core.error.Fault;
import tatara.core.error.TataraException;

/** Finds the model that a path names. */
final class ModelRoutes {
    private final ModelSource models;

    ModelRoutes(ModelSource models) {
        this.models = models;
    }

    /**
     * The version that the path's {@code version} names, or the one in production.
     *
     * @throws TataraException {@code NOT_FOUND} with the names or versions that there are
     */
    LiveModel find(ServiceRequestContext ctx) {
        String name = ctx.pathParams().getOrDefault("name", "");
        String version = ctx.pathParam("version");
        if (version == null) {
            return models.production(name).orElseThrow(() -> unknown(name));
        }
        List<Integer> known = models.versions(name);
        if (known.isEmpty()) {
            throw unknown(name);
        }
        return known.stream()
                .filter(number -> number.toString().equals(version))
                .findFirst()
                .flatMap(number -> models.version(name, number))
                .orElseThrow(() -> missing(
                        "model " + name + " has no version " + version,
                        "one of " + known.stream().sorted().map(String::valueOf).toList()));
    }

    private TataraException unknown(String name) {
        List<String> names = models.names();
        if (!models.versions(name).isEmpty()) {
            return missing("model " + name + " has no version in production", "a promoted one, or /versions/V");
        }
        return missing("no model: " + name, names.isEmpty() ? "a model that was trained" : "one of " + names);
    }

    private static TataraException missing(String what, String expected) {
        return new TataraException(RestErrorCode.NOT_FOUND, Fault.of(what).expecting(expected));
    }
}
