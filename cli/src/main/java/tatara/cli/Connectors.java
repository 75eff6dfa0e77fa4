package tatara.cli;

import java.io.IOException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import tatara.core.error.Fault;
import tatara.core.error.TataraException;

/**
 * Connectors in folders of their own, {@code FOLDER/NAME/target/lib/*.jar}. Each is loaded apart from the program and from the others, so
 * that their libraries need not agree, and only when one of its schemes is asked for: the text file {@code FOLDER/NAME/schemes}
 * lists those, one a line.
 */
final class Connectors {
    private static final List<String> SHARED = List.of("tatara.core.", "org.jspecify.");

    private final Optional<Path> folder;

    /** @param folder where the connectors lie; empty if there are none */
    Connectors(Optional<Path> folder) {
        this.folder = folder;
    }

    /** The folder that the launcher named. */
    static Connectors ofThisProcess() {
        return new Connectors(
                Optional.ofNullable(System.getProperty("tatara.connectors")).map(Path::of));
    }

    /** Class loaders of the connectors that know a scheme, each new; to be kept by the caller. */
    List<ClassLoader> loaders(String scheme) {
        List<ClassLoader> loaders = new ArrayList<>();
        for (Path connector : connectors()) {
            if (schemes(connector).contains(scheme)) {
                loaders.add(loader(connector));
            }
        }
        return loaders;
    }

    /** Schemes of all connectors, in the order of their folders. */
    List<String> schemes() {
        return connectors().stream()
                .flatMap(connector -> schemes(connector).stream())
                .distinct()
                .toList();
    }

    private List<Path> connectors() {
        if (folder.isEmpty() || !Files.isDirectory(folder.get())) {
            return List.of();
        }
        try (Stream<Path> children = Files.list(folder.get())) {
            return children.filter(child -> Files.isRegularFile(child.resolve("schemes")))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw broken(folder.get(), e);
        }
    }

    private static List<String> schemes(Path connector) {
        try {
            return Files.readAllLines(connector.resolve("schemes")).stream()
                    .map(String::strip)
                    .filter(line -> !line.isEmpty())
                    .toList();
        } catch (IOException e) {
            throw broken(connector, e);
        }
    }

    private static ClassLoader loader(Path connector) {
        Path library = connector.resolve("target").resolve("lib");
        List<URL> jars = new ArrayList<>();
        try (Stream<Path> files = Files.list(library)) {
            for (Path jar : files.filter(file -> file.toString().endsWith(".jar"))
                    .sorted()
                    .toList()) {
                jars.add(url(jar));
            }
        } catch (IOException e) {
            throw broken(connector, e);
        }
        return new URLClassLoader(
                connector.getFileName().toString(),
                jars.toArray(URL[]::new),
                new SharedClasses(Connectors.class.getClassLoader()));
    }

    private static URL url(Path jar) {
        try {
            return jar.toUri().toURL();
        } catch (MalformedURLException e) {
            throw broken(jar, e);
        }
    }

    private static TataraException broken(Path connector, IOException e) {
        return new TataraException(
                CliErrorCode.CONNECTOR_MISSING,
                Fault.of("a connector cannot be loaded: " + e)
                        .at(connector.toString())
                        .expecting("its libraries in target/lib")
                        .todo("Build Tatara again: delete cli/target/.built and start it"),
                e);
    }

    /** The program as a connector sees it: the JDK and the contracts of core. */
    private static final class SharedClasses extends ClassLoader {
        private final ClassLoader program;

        SharedClasses(ClassLoader program) {
            super(ClassLoader.getPlatformClassLoader());
            this.program = program;
        }

        @Override
        protected Class<?> findClass(String name) throws ClassNotFoundException {
            if (SHARED.stream().anyMatch(name::startsWith)) {
                return program.loadClass(name);
            }
            throw new ClassNotFoundException(name);
        }
    }
}
