package tatara.testkit.store;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * A real server of others, in a process of its own. It is installed once, at a pinned version, into {@code ~/.cache/tatara/emulators}; that
 * needs the network. In commands {@code DIR} stands for the place of installation, {@code PORT} for the server's port, {@code WORK} for
 * an empty directory.
 */
public final class Emulator implements AutoCloseable {
    private static final int STARTS_WITHIN_SECONDS = 60;
    private static final int INSTALLS_WITHIN_MINUTES = 10;

    private final Process process;
    private final int port;

    private Emulator(Process process, int port) {
        this.process = process;
        this.port = port;
    }

    /**
     * Installs if needed, starts, and waits until the port answers.
     *
     * @param name with the version, since it names the directory
     * @param installation commands, run one after another
     */
    public static Emulator start(
            String name, List<List<String>> installation, Map<String, String> environment, List<String> server) {
        try {
            Path directory = Path.of(System.getProperty("user.home"), ".cache", "tatara", "emulators", name);
            Path done = directory.resolve(".installed");
            if (!Files.exists(done)) {
                Files.createDirectories(directory);
                for (List<String> command : installation) {
                    install(filled(command, directory, directory, 0), directory);
                }
                Files.writeString(done, name);
            }
            return run(directory, environment, server);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static void install(List<String> command, Path directory) throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve("install.log").toFile());
        builder.environment().put("GOBIN", directory.toString());
        Process installing = builder.start();
        if (!installing.waitFor(INSTALLS_WITHIN_MINUTES, TimeUnit.MINUTES) || installing.exitValue() != 0) {
            installing.destroyForcibly();
            throw new IOException("cannot install: " + command + ", see " + directory.resolve("install.log"));
        }
    }

    private static Emulator run(Path directory, Map<String, String> environment, List<String> server)
            throws IOException, InterruptedException {
        int port = freePort();
        Path work = Files.createTempDirectory("tatara-emulator");
        ProcessBuilder builder = new ProcessBuilder(filled(server, directory, work, port))
                .redirectErrorStream(true)
                .redirectOutput(work.resolve("server.log").toFile());
        builder.environment().putAll(environment);
        Emulator emulator = new Emulator(builder.start(), port);
        for (int tenths = 0; tenths < STARTS_WITHIN_SECONDS * 10; tenths++) {
            if (emulator.answers()) {
                return emulator;
            }
            Thread.sleep(100);
        }
        emulator.close();
        throw new IOException("the server does not start: " + server + ", see " + work.resolve("server.log"));
    }

    private static List<String> filled(List<String> command, Path directory, Path work, int port) {
        List<String> filled = new ArrayList<>();
        for (String word : command) {
            filled.add(word.replace("DIR", directory.toString())
                    .replace("WORK", work.toString())
                    .replace("PORT", Integer.toString(port)));
        }
        return filled;
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    private boolean answers() {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 500);
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    /** {@code http://127.0.0.1:PORT}. */
    public String address() {
        return "http://127.0.0.1:" + port;
    }

    @Override
    public void close() {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
    }
}
