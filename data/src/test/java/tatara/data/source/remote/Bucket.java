package tatara.data.source.remote;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.LongConsumer;
import tatara.core.port.Connector;
import tatara.core.port.RemoteObject;
import tatara.core.port.Secrets;

/** An object store in memory, by which the copies' own rules are tested. */
final class Bucket implements Connector {
    final Map<String, String> objects = new ConcurrentSkipListMap<>();
    final List<String> fetched = new CopyOnWriteArrayList<>();
    Runnable beforeFetch = () -> {};
    boolean versions = true;

    @Override
    public Set<String> schemes() {
        return Set.of("mem");
    }

    @Override
    public List<RemoteObject> list(String location, Secrets secrets) {
        String prefix = location.replaceFirst("mem://b/?", "");
        List<RemoteObject> found = new ArrayList<>();
        objects.forEach((key, text) -> {
            if (key.startsWith(prefix)) {
                String name =
                        key.equals(prefix) ? key.substring(key.lastIndexOf('/') + 1) : key.substring(prefix.length());
                found.add(new RemoteObject(
                        "mem://b/" + key,
                        name,
                        text.getBytes(StandardCharsets.UTF_8).length,
                        Optional.empty(),
                        versions ? "v" + text.hashCode() : ""));
            }
        });
        return found;
    }

    @Override
    public void fetch(RemoteObject object, Path target, Secrets secrets, LongConsumer progress) {
        beforeFetch.run();
        String key = object.uri().substring("mem://b/".length());
        fetched.add(key);
        try {
            Files.writeString(target, objects.get(key));
            progress.accept(object.bytes());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
