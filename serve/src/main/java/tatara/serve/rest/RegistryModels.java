package tatara.serve.rest;

import java.nio.file.Path;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tatara.core.error.Fault;
import tatara.core.error.TataraException;
import tatara.core.json.Json;
import tatara.core.port.ModelRegistry;
import tatara.core.spec.Task;

/**
 * Models of a registry. Holds the production version of each, loaded and warm; looks four times a second whether the registry changed,
 * and lets a new version take over only when it has scored rows: until then, and if it can't be loaded, the former one
 * answers. Versions asked for by number are loaded then, and the last few are kept. Thread-safe.
 */
public final class RegistryModels implements ModelSource, AutoCloseable {
    private static final Logger LOGGER = LoggerFactory.getLogger(RegistryModels.class);
    private static final long LOOK_MILLIS = 250;
    private static final int RETRY_LOOKS = 40;

    private final ModelRegistry registry;
    private final Function<Path, ServedModel> loader;
    private final Settings settings;
    /** Oldest first; guarded by this. */
    private final Map<String, LiveModel> recent;

    private final CountDownLatch closing = new CountDownLatch(1);
    private final Thread watcher;
    private volatile State state = new State(0, Map.of(), Map.of());
    private volatile boolean ready;

    /**
     * How models are kept.
     *
     * @param warmupRows rows that a version scores before it answers
     * @param keepVersions versions kept loaded that are not in production
     */
    public record Settings(int warmupRows, int keepVersions) {
        public static Settings standard() {
            return new Settings(200, 4);
        }
    }

    /**
     * What answers now.
     *
     * @param revision of the registry
     * @param live by name
     * @param failures why the version in production is not the one that answers, by name
     */
    private record State(long revision, Map<String, LiveModel> live, Map<String, TataraException> failures) {}

    private RegistryModels(ModelRegistry registry, Function<Path, ServedModel> loader, Settings settings) {
        this.registry = registry;
        this.loader = loader;
        this.settings = settings;
        this.recent = new LinkedHashMap<>();
        this.watcher = new Thread(this::watch, "registry-watch");
        watcher.setDaemon(true);
    }

    /** {@link #open(ModelRegistry, Function, Settings)} with bundles and the usual settings. */
    public static RegistryModels open(ModelRegistry registry) {
        return open(registry, BundleModel::load, Settings.standard());
    }

    /**
     * Loads what is in production and begins to watch the registry.
     *
     * @param registry is not closed by this
     * @param loader loads a bundle's folder
     * @throws TataraException if the registry can't be read; a bundle that can't be loaded is told when it is asked for
     */
    public static RegistryModels open(ModelRegistry registry, Function<Path, ServedModel> loader, Settings settings) {
        RegistryModels models = new RegistryModels(registry, loader, settings);
        models.refresh();
        models.watcher.start();
        return models;
    }

    @Override
    public Optional<LiveModel> production(String name) {
        State now = state;
        LiveModel live = now.live().get(name);
        TataraException failure = now.failures().get(name);
        if (live == null && failure != null) {
            throw failure;
        }
        return Optional.ofNullable(live);
    }

    @Override
    public Optional<LiveModel> version(String name, int version) {
        LiveModel live = state.live().get(name);
        if (live != null && live.version() == version) {
            return Optional.of(live);
        }
        return registry.find(name, version).map(this::kept);
    }

    @Override
    public List<String> names() {
        State now = state;
        TreeMap<String, Object> names = new TreeMap<>(now.live());
        names.putAll(now.failures());
        return List.copyOf(names.keySet());
    }

    @Override
    public List<LiveModel> live() {
        return List.copyOf(new TreeMap<>(state.live()).values());
    }

    @Override
    public List<Integer> versions(String name) {
        return registry.versions(name).stream()
                .map(ModelRegistry.Version::version)
                .toList();
    }

    @Override
    public boolean isReady() {
        return ready;
    }

    @Override
    public void close() {
        closing.countDown();
        try {
            watcher.join(TimeUnit.SECONDS.toMillis(5));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void watch() {
        boolean readable = true;
        try {
            for (int looks = 1; !closing.await(LOOK_MILLIS, TimeUnit.MILLISECONDS); looks++) {
                boolean retry = !state.failures().isEmpty() && looks % RETRY_LOOKS == 0;
                try {
                    if (retry || registry.revision() != state.revision()) {
                        refresh();
                    }
                    readable = true;
                } catch (RuntimeException e) {
                    if (readable) {
                        LOGGER.warn("the registry can't be read, the loaded models go on: {}", e.getMessage());
                    }
                    readable = false;
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** The revision is read first: a change that happens meanwhile is seen at the next look. */
    private void refresh() {
        long revision = registry.revision();
        State before = state;
        Map<String, LiveModel> live = new LinkedHashMap<>();
        Map<String, TataraException> failures = new LinkedHashMap<>();
        for (String name : registry.models()) {
            registry.production(name).ifPresent(version -> {
                LiveModel former = before.live().get(name);
                if (former != null && id(former).equals(id(version))) {
                    live.put(name, former);
                    return;
                }
                try {
                    live.put(name, kept(version));
                } catch (TataraException e) {
                    LOGGER.warn("{}", e.getMessage());
                    failures.put(name, e);
                    if (former != null) {
                        live.put(name, former);
                    }
                }
            });
        }
        state = new State(revision, Map.copyOf(live), Map.copyOf(failures));
        ready = true;
        before.live().values().stream()
                .filter(former -> !live.containsValue(former))
                .forEach(this::keep);
    }

    /** One load at a time: many requests for the same version load it once. */
    private synchronized LiveModel kept(ModelRegistry.Version version) {
        LiveModel known = recent.get(id(version));
        if (known != null) {
            return known;
        }
        LiveModel loaded = load(version);
        keep(loaded);
        return loaded;
    }

    private synchronized void keep(LiveModel model) {
        recent.remove(id(model));
        recent.put(id(model), model);
        Iterator<String> oldest = recent.keySet().iterator();
        for (int surplus = recent.size() - settings.keepVersions(); surplus > 0; surplus--) {
            oldest.next();
            oldest.remove();
        }
    }

    private LiveModel load(ModelRegistry.Version version) {
        try {
            ServedModel model = loader.apply(version.bundle());
            warm(model);
            return new LiveModel(version.model(), version.version(), version.key(), model);
        } catch (RuntimeException e) {
            throw new TataraException(
                    RestErrorCode.MODEL_UNAVAILABLE,
                    Fault.of("version " + version.version() + " of model " + version.model() + " can't be loaded: "
                                    + e.getMessage())
                            .at(version.bundle().toString())
                            .todo("Promote another version, or register this one again"),
                    e);
        }
    }

    /** Rows without any value are valid for every model but a forecast, and go the whole way. */
    private void warm(ServedModel model) {
        if (model.signature().task() == Task.FORECAST) {
            return;
        }
        Map<String, Json> empty = new LinkedHashMap<>();
        model.signature().inputs().forEach(input -> empty.put(input.name(), Json.NULL));
        List<Json.Obj> row = List.of(new Json.Obj(empty));
        for (int i = 0; i < settings.warmupRows(); i++) {
            model.predict(model.read(row));
        }
    }

    private static String id(LiveModel model) {
        return model.version() + "/" + model.name() + "/" + model.key();
    }

    private static String id(ModelRegistry.Version version) {
        return version.version() + "/" + version.model() + "/" + version.key();
    }
}
