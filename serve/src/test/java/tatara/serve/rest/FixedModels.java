package tatara.serve.rest;

import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/** Models given by hand; version 2 shifts the rule. */
final class FixedModels implements ModelSource {
    private final TreeMap<String, LiveModel> models = new TreeMap<>();

    FixedModels with(String name, ServedModel model) {
        models.put(name, new LiveModel(name, 1, "key-1", model));
        return this;
    }

    @Override
    public Optional<LiveModel> production(String name) {
        return Optional.ofNullable(models.get(name));
    }

    @Override
    public Optional<LiveModel> version(String name, int version) {
        return version == 2
                ? Optional.of(new LiveModel(name, 2, "key-2", new RuleModel(5, 0)))
                : production(name).filter(live -> live.version() == version);
    }

    @Override
    public List<String> names() {
        return List.copyOf(models.keySet());
    }

    @Override
    public List<LiveModel> live() {
        return List.copyOf(models.values());
    }

    @Override
    public List<Integer> versions(String name) {
        return models.containsKey(name) ? List.of(2, 1) : List.of();
    }

    @Override
    public boolean isReady() {
        return true;
    }
}
