package tatara.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.LongConsumer;
import java.util.function.Supplier;
import java.util.stream.Stream;
import tatara.core.port.Connector;
import tatara.core.port.RemoteObject;
import tatara.core.port.Secrets;
import tatara.data.source.remote.ConnectorLookup;

/**
 * The connectors that are part of the program, and those of {@link Connectors}, which are loaded when one of their schemes is first asked
 * for. Libraries of a connector find their own services, since its class loader is the thread's while it works. Thread-safe.
 */
final class IsolatedConnectors implements ConnectorLookup, AutoCloseable {
    private final List<Connector> builtIn;
    private final Connectors folders;
    private final Function<ClassLoader, List<Connector>> services;
    private final Map<String, Optional<Connector>> loaded = new HashMap<>();
    private final List<AutoCloseable> opened = new ArrayList<>();

    /** @param services the connectors that a class loader offers */
    IsolatedConnectors(List<Connector> builtIn, Connectors folders, Function<ClassLoader, List<Connector>> services) {
        this.builtIn = List.copyOf(builtIn);
        this.folders = folders;
        this.services = services;
    }

    @Override
    public synchronized Optional<Connector> find(String scheme) {
        for (Connector connector : builtIn) {
            if (connector.schemes().contains(scheme)) {
                return Optional.of(connector);
            }
        }
        Optional<Connector> known = loaded.get(scheme);
        return known != null ? known : load(scheme);
    }

    private Optional<Connector> load(String scheme) {
        Optional<Connector> found = Optional.empty();
        for (ClassLoader loader : folders.loaders(scheme)) {
            if (loader instanceof URLClassLoader closeable) {
                opened.add(closeable);
            }
            for (Connector connector : services.apply(loader)) {
                if (found.isEmpty() && connector.schemes().contains(scheme)) {
                    Connector isolated = new Isolated(connector, loader);
                    opened.add(isolated);
                    found = Optional.of(isolated);
                    connector.schemes().forEach(each -> loaded.put(each, Optional.of(isolated)));
                }
            }
        }
        loaded.putIfAbsent(scheme, found);
        return found;
    }

    @Override
    public List<String> schemes() {
        return Stream.concat(
                        builtIn.stream().flatMap(connector -> connector.schemes().stream()
                                .sorted()),
                        folders.schemes().stream())
                .distinct()
                .toList();
    }

    /** Ends the connectors, then their class loaders. */
    @Override
    public synchronized void close() {
        try {
            for (int i = opened.size() - 1; i >= 0; i--) {
                opened.get(i).close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
        opened.clear();
        loaded.clear();
    }

    /** A connector whose class loader is the thread's while it works. */
    private record Isolated(Connector connector, ClassLoader loader) implements Connector {
        @Override
        public Set<String> schemes() {
            return connector.schemes();
        }

        @Override
        public List<RemoteObject> list(String location, Secrets secrets) {
            return within(() -> connector.list(location, secrets));
        }

        @Override
        public void fetch(RemoteObject object, Path target, Secrets secrets, LongConsumer progress) {
            within(() -> {
                connector.fetch(object, target, secrets, progress);
                return "";
            });
        }

        @Override
        public Optional<String> after(String location, String version) {
            return within(() -> connector.after(location, version));
        }

        @Override
        public Optional<String> since(String location, String column, String value) {
            return within(() -> connector.since(location, column, value));
        }

        private <T> T within(Supplier<T> work) {
            Thread thread = Thread.currentThread();
            ClassLoader before = thread.getContextClassLoader();
            thread.setContextClassLoader(loader);
            try {
                return work.get();
            } finally {
                thread.setContextClassLoader(before);
            }
        }

        @Override
        public void close() {
            connector.close();
        }
    }
}
