package tatara.serve;

import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tatara.core.port.ModelRegistry;

/** A registry in memory. */
public final class MemoryRegistry implements ModelRegistry {
    private final List<Version> versions = new ArrayList<>();

    @Override
    public synchronized Version register(String model, Path bundle, String key, Map<String, String> tags) {
        Version version = new Version(model, versions(model).size() + 1, bundle, "none", key, Instant.EPOCH, tags);
        versions.add(version);
        return version;
    }

    @Override
    public synchronized Version promote(String model, int version, String stage, String reason) {
        if (stage.equals("production")) {
            production(model).ifPresent(former -> move(former, "archived"));
        }
        return move(find(model, version).orElseThrow(), stage);
    }

    @Override
    public synchronized Optional<Version> production(String model) {
        return versions(model).stream()
                .filter(each -> each.stage().equals("production"))
                .findFirst();
    }

    @Override
    public synchronized Optional<Version> find(String model, int version) {
        return versions(model).stream()
                .filter(each -> each.version() == version)
                .findFirst();
    }

    @Override
    public synchronized List<Version> versions(String model) {
        return versions.stream()
                .filter(each -> each.model().equals(model))
                .sorted(Comparator.comparingInt(Version::version).reversed())
                .toList();
    }

    @Override
    public synchronized List<String> models() {
        return versions.stream().map(Version::model).distinct().sorted().toList();
    }

    @Override
    public void close() {}

    private Version move(Version version, String stage) {
        versions.remove(version);
        Version moved = new Version(
                version.model(),
                version.version(),
                version.bundle(),
                stage,
                version.key(),
                version.created(),
                version.tags());
        versions.add(moved);
        return moved;
    }
}
