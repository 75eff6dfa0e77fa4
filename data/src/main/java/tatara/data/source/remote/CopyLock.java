package tatara.data.source.remote;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import tatara.data.lake.StorageFailure;

/** Makes copying into one directory the work of one thread of one process; others wait. */
final class CopyLock implements AutoCloseable {
    private static final ConcurrentHashMap<Path, ReentrantLock> OF_THIS_PROCESS = new ConcurrentHashMap<>();

    private final ReentrantLock threads;
    private final FileChannel processes;

    private CopyLock(ReentrantLock threads, FileChannel processes) {
        this.threads = threads;
        this.processes = processes;
    }

    /** Waits until the directory is free; makes it if needed. */
    static CopyLock take(Path directory) {
        ReentrantLock threads = OF_THIS_PROCESS.computeIfAbsent(directory, key -> new ReentrantLock());
        threads.lock();
        boolean taken = false;
        try {
            Files.createDirectories(directory);
            FileChannel channel =
                    FileChannel.open(directory.resolve(".lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            channel.lock();
            taken = true;
            return new CopyLock(threads, channel);
        } catch (IOException e) {
            throw StorageFailure.of(e, directory);
        } finally {
            if (!taken) {
                threads.unlock();
            }
        }
    }

    @Override
    public void close() {
        try {
            processes.close();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        } finally {
            threads.unlock();
        }
    }
}
