package tatara.pipeline.execute;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;
import tatara.core.error.Fault;
import tatara.core.error.TataraException;

/** The home directory: where everything lies. */
public record Workspace(Path home) {
    public Workspace {
        home = home.toAbsolutePath().normalize();
    }

    public Path pipelines() {
        return home.resolve("pipelines");
    }

    public Path pipeline(String name) {
        return pipelines().resolve(name);
    }

    public Path requirement(String name) {
        return pipeline(name).resolve("requirement.yaml");
    }

    public Path handoffs(String name) {
        return pipeline(name).resolve("handoffs");
    }

    public Path report(String name) {
        return pipeline(name).resolve("report.html");
    }

    /** The last finished run's record. */
    public Path latest(String name) {
        return pipeline(name).resolve("latest.json");
    }

    /** Where everything of the last finished run came from. */
    public Path lineage(String name) {
        return pipeline(name).resolve("lineage.json");
    }

    public Path runs(String name) {
        return pipeline(name).resolve("runs");
    }

    public Path artifacts() {
        return home.resolve("artifacts");
    }

    public Path cache() {
        return home.resolve("cache");
    }

    public Path database() {
        return home.resolve("tatara.db");
    }

    /** Names of the pipelines, sorted. */
    public List<String> names() {
        if (!Files.isDirectory(pipelines())) {
            return List.of();
        }
        try (Stream<Path> children = Files.list(pipelines())) {
            return children.filter(child -> Files.exists(child.resolve("requirement.yaml")))
                    .map(child -> child.getFileName().toString())
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw Failures.translate("listing the pipelines of " + home, e);
        }
    }

    /** @throws TataraException if the home can't be created or written */
    public void create() {
        try {
            Files.createDirectories(home);
            Path probe = Files.createTempFile(home, ".probe", null);
            Files.delete(probe);
        } catch (IOException e) {
            throw new TataraException(
                    ExecuteErrorCode.HOME_NOT_WRITABLE,
                    Fault.of("the home directory can't be written: " + e.getMessage())
                            .at(home.toString())
                            .expecting("a folder that this user may make and write to")
                            .todo("Choose another with --home DIR or TATARA_HOME"),
                    e);
        }
    }

    /** Does the work while the pipeline is this process's. */
    public <T> T locked(String pipeline, Supplier<T> work) {
        Lock lock = lock(pipeline);
        try {
            return work.get();
        } finally {
            lock.close();
        }
    }

    /** Takes the pipeline for this process until the returned lock is closed. */
    public Lock lock(String pipeline) {
        Path directory = pipeline(pipeline);
        try {
            Files.createDirectories(directory);
            FileChannel channel =
                    FileChannel.open(directory.resolve(".lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            try {
                FileLock lock = channel.tryLock();
                if (lock != null) {
                    return new Lock(channel);
                }
            } catch (OverlappingFileLockException e) {
                channel.close();
                throw busy(pipeline);
            }
            channel.close();
            throw busy(pipeline);
        } catch (IOException e) {
            throw Failures.translate("taking the pipeline " + pipeline, e);
        }
    }

    /**
     * Takes the home so that {@link #alone} is refused meanwhile; any number of processes may. Nothing happens if this process has done so
     * already.
     */
    public Lock use() {
        return home(true);
    }

    /**
     * Takes the home for what may not go on beside a server.
     *
     * @throws TataraException {@code PIPELINE_BUSY} if a server is running
     */
    public Lock alone() {
        return home(false);
    }

    private Lock home(boolean shared) {
        try {
            Files.createDirectories(home);
            FileChannel channel = FileChannel.open(
                    home.resolve(".use"), StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
            try {
                if (channel.tryLock(0, Long.MAX_VALUE, shared) != null || shared) {
                    return new Lock(channel);
                }
            } catch (OverlappingFileLockException e) {
                if (shared) {
                    return new Lock(channel);
                }
            }
            channel.close();
            throw new TataraException(
                    ExecuteErrorCode.PIPELINE_BUSY,
                    Fault.of("a server is running on this home")
                            .at(home.toString())
                            .todo("Stop it, do this, and start it again"));
        } catch (IOException e) {
            throw Failures.translate("taking the home " + home, e);
        }
    }

    private static TataraException busy(String pipeline) {
        return new TataraException(
                ExecuteErrorCode.PIPELINE_BUSY,
                Fault.of("another run of the pipeline is in progress: " + pipeline)
                        .todo("Wait for it, stop it, or use another --name or --home"));
    }

    /** A taken pipeline. */
    public record Lock(FileChannel channel) implements AutoCloseable {
        @Override
        public void close() {
            try {
                channel.close();
            } catch (IOException e) {
                throw Failures.translate("releasing a pipeline", e);
            }
        }
    }
}
