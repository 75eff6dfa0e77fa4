package tatara.testkit.postgres;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.nio.file.attribute.UserPrincipal;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A PostgreSQL server of its own on a free port of the loopback address, with its data in a temporary directory. Takes the machine's
 * programs (Debian's) if there are any, else those that come with the build (Linux on amd64). A server that is started by root runs as
 * {@code nobody}, since PostgreSQL refuses to run as root. Used by one thread.
 *
 * <pre>{@code
 * try (PostgresServer server = PostgresServer.start(PostgresServer.Settings.logical())) {
 *     Connection connection = server.connect("postgres");
 *     server.kill();
 *     server.start();
 * }
 * }</pre>
 */
public final class PostgresServer implements AutoCloseable {
    /** Name of the superuser. */
    public static final String USER = "postgres";

    /** Password of the superuser; has characters that must be escaped in a URI. */
    public static final String PASSWORD = "te:st/p@ss word";

    private static final String READY = "database system is ready to accept connections";
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final int ATTEMPTS = 3;

    private final Settings settings;
    private final Path binaries;
    private final Path home;
    private int port;
    private int starts;
    private @Nullable Process process;

    /** Whose programs run. */
    public enum Programs {
        /** The machine's if there are any, else those that come with the build. */
        ANY,
        /** Those that come with the build. */
        PACKAGED
    }

    /**
     * @param programs whose programs run
     * @param options settings of the server, such as {@code wal_level}
     */
    public record Settings(Programs programs, Map<String, String> options) {
        public Settings {
            options = Map.copyOf(options);
        }

        public static Settings usual() {
            return new Settings(Programs.ANY, Map.of());
        }

        /** With logical decoding, as change capture needs it. */
        public static Settings logical() {
            return new Settings(
                    Programs.ANY,
                    Map.of("wal_level", "logical", "max_replication_slots", "20", "max_wal_senders", "20"));
        }
    }

    private PostgresServer(Settings settings, Path binaries, Path home) {
        this.settings = settings;
        this.binaries = binaries;
        this.home = home;
    }

    /** A running server with an empty cluster, in UTF-8. */
    public static PostgresServer start(Settings settings) {
        try {
            Path home = Files.createTempDirectory("tatara-postgres-server-");
            Files.setPosixFilePermissions(home, PosixFilePermissions.fromString("rwxr-xr-x"));
            PostgresServer server = new PostgresServer(settings, PostgresBinaries.find(settings.programs()), home);
            server.initialise();
            server.start();
            return server;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Port on 127.0.0.1; the same after a restart. */
    public int port() {
        return port;
    }

    /** JDBC URL of a database, without user and password. */
    public String jdbcUrl(String database) {
        return "jdbc:postgresql://127.0.0.1:" + port + "/" + database;
    }

    /** URI of a database, without password. */
    public String uri(String database) {
        return "postgresql://" + USER + "@127.0.0.1:" + port + "/" + database;
    }

    /** A new connection of the superuser; needs PostgreSQL's driver on the class path. */
    public Connection connect(String database) throws SQLException {
        return DriverManager.getConnection(jdbcUrl(database), USER, PASSWORD);
    }

    /** What the server has logged since its last start. */
    public String log() {
        try {
            return Files.readString(logFile());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Starts the server again over the same data, on the same port. */
    public void start() {
        if (process != null) {
            throw new IllegalStateException("the server is running");
        }
        boolean first = port == 0;
        for (int attempt = 1; attempt <= (first ? ATTEMPTS : 1); attempt++) {
            port = first ? freePort() : port;
            if (launch()) {
                return;
            }
        }
        throw new IllegalStateException("PostgreSQL does not start:\n" + log());
    }

    /** Stops the server; its connections end, transactions under way are rolled back. */
    public void stop() {
        Process running = process;
        if (running != null) {
            run(List.of(program("pg_ctl"), "-D", data(), "-m", "fast", "-w", "stop"));
            await(running);
            process = null;
        }
    }

    /** Ends the server and all its processes at once (SIGKILL), as a crash does. */
    public void kill() {
        Process running = process;
        if (running != null) {
            List<ProcessHandle> children = running.descendants().toList();
            running.destroyForcibly();
            children.forEach(ProcessHandle::destroyForcibly);
            await(running);
            children.forEach(child -> child.onExit().join());
            process = null;
        }
    }

    /** Ends the server and removes its data. */
    @Override
    public void close() {
        kill();
        try {
            Directories.delete(home);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void initialise() throws IOException {
        Path password = home.resolve("password");
        Files.writeString(password, PASSWORD);
        Path work = Files.createDirectory(home.resolve("work"));
        if (isRoot()) {
            UserPrincipal nobody =
                    home.getFileSystem().getUserPrincipalLookupService().lookupPrincipalByName("nobody");
            Files.setOwner(work, nobody);
            Files.setOwner(password, nobody);
        }
        run(List.of(
                program("initdb"),
                "-D",
                data(),
                "-U",
                USER,
                "--auth=scram-sha-256",
                "--pwfile=" + password,
                "-E",
                "UTF8",
                "--no-locale",
                "--no-sync"));
        Files.delete(password);
    }

    private boolean launch() {
        starts++;
        List<String> command = new ArrayList<>(List.of(
                program("postgres"),
                "-D",
                data(),
                "-p",
                Integer.toString(port),
                "-c",
                "listen_addresses=127.0.0.1",
                "-c",
                "unix_socket_directories=",
                "-c",
                "fsync=off",
                "-c",
                "shared_buffers=32MB",
                "-c",
                "timezone=UTC",
                "-c",
                "log_timezone=UTC"));
        settings.options().forEach((name, value) -> command.addAll(List.of("-c", name + "=" + value)));
        try {
            Process launched = begin(command, logFile().toFile());
            long deadline = System.nanoTime() + PATIENCE.toNanos();
            while (launched.isAlive() && System.nanoTime() < deadline) {
                if (log().contains(READY)) {
                    process = launched;
                    return true;
                }
                TimeUnit.MILLISECONDS.sleep(20);
            }
            launched.destroyForcibly();
            await(launched);
            return false;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private Path logFile() {
        return home.resolve("log-" + starts);
    }

    private String data() {
        return home.resolve("work").resolve("data").toString();
    }

    private String program(String name) {
        return binaries.resolve(name).toString();
    }

    private void run(List<String> command) {
        try {
            Path output = home.resolve("output");
            Process ran = begin(command, output.toFile());
            if (!ran.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS) || ran.exitValue() != 0) {
                ran.destroyForcibly();
                throw new IllegalStateException(command.get(0) + " failed:\n" + Files.readString(output));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private Process begin(List<String> command, File output) throws IOException {
        List<String> all = new ArrayList<>();
        if (isRoot()) {
            all.addAll(List.of("setpriv", "--reuid=nobody", "--regid=nogroup", "--clear-groups"));
        }
        all.addAll(command);
        ProcessBuilder builder = new ProcessBuilder(all);
        builder.environment().keySet().removeIf(name -> name.startsWith("PG"));
        builder.environment().put("LC_ALL", "C");
        return builder.directory(home.toFile())
                .redirectErrorStream(true)
                .redirectOutput(output)
                .start();
    }

    private static boolean isRoot() {
        return System.getProperty("user.name", "").equals("root");
    }

    private static int freePort() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void await(Process ending) {
        try {
            if (!ending.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
                throw new IllegalStateException("the server does not end");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
