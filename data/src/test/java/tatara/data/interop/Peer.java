package tatara.data.interop;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;

/** Real programs at pinned versions, installed once into the user's cache; installing needs the network. */
final class Peer {
    private static final Path PEERS = Path.of(System.getProperty("user.home"), ".cache", "tatara", "peers");

    private Peer() {}

    /** What a program ended with, and what it printed. */
    record Output(int exit, String out, String err) {}

    /** The folder {@code bin} of a Python environment with these packages. */
    static Path python(String name, String... packages) throws IOException, InterruptedException {
        Path home = PEERS.resolve(name);
        Path done = home.resolve(".complete");
        String wanted = String.join("\n", packages);
        if (!Files.exists(done) || !Files.readString(done).equals(wanted)) {
            Files.createDirectories(home);
            must(home, "python3", "-m", "venv", home.toString());
            List<String> install =
                    new ArrayList<>(List.of(home.resolve("bin/python").toString(), "-m", "pip", "install", "-q"));
            install.addAll(List.of(packages));
            must(home, install.toArray(String[]::new));
            Files.writeString(done, wanted);
        }
        return home.resolve("bin");
    }

    /** A folder with the jars that a POM of the test resources asks for. */
    static Path jars(String name, String pom) throws IOException, InterruptedException {
        Path home = PEERS.resolve(name);
        Path done = home.resolve(".complete");
        Path copied = resource(pom, home.resolve("pom.xml"));
        String wanted = Files.readString(copied);
        if (!Files.exists(done) || !Files.readString(done).equals(wanted)) {
            must(
                    home,
                    "mvn",
                    "-q",
                    "-B",
                    "-f",
                    copied.toString(),
                    "org.apache.maven.plugins:maven-dependency-plugin:3.9.0:copy-dependencies",
                    "-DincludeScope=runtime",
                    "-DoutputDirectory=" + home.resolve("lib"));
            Files.writeString(done, wanted);
        }
        return home.resolve("lib");
    }

    /** A file of this package's test resources, copied. */
    static Path resource(String name, Path target) throws IOException {
        Files.createDirectories(target.resolveSibling(""));
        try (InputStream in = Objects.requireNonNull(Peer.class.getResourceAsStream(name), name)) {
            Files.copy(in, target, StandardCopyOption.REPLACE_EXISTING);
        }
        return target;
    }

    private static void must(Path folder, String... command) throws IOException, InterruptedException {
        Output output = run(folder, Map.of(), command);
        if (output.exit() != 0) {
            throw new IOException(List.of(command) + ": " + output.out() + output.err());
        }
    }

    static Output run(Path folder, Map<String, String> environment, String... command)
            throws IOException, InterruptedException {
        Path out = Files.createTempFile("peer", ".out");
        Path err = Files.createTempFile("peer", ".err");
        try {
            ProcessBuilder builder = new ProcessBuilder(command)
                    .directory(folder.toFile())
                    .redirectOutput(out.toFile())
                    .redirectError(err.toFile());
            builder.environment().putAll(environment);
            builder.environment().put("PYTHONIOENCODING", "utf-8");
            Process process = builder.start();
            if (!process.waitFor(20, TimeUnit.MINUTES)) {
                process.destroyForcibly();
                throw new IOException("too slow: " + List.of(command));
            }
            return new Output(
                    process.exitValue(),
                    Files.readString(out, StandardCharsets.UTF_8),
                    Files.readString(err, StandardCharsets.UTF_8));
        } finally {
            Files.delete(out);
            Files.delete(err);
        }
    }
}
