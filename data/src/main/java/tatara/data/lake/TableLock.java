package tatara.data.lake;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One writer at a time for a table, among the threads of this process and among processes. The operating system frees the lock of a
 * process that dies. A thread that holds it may take it again.
 */
final class TableLock {
    private static final Map<Path, ReentrantLock> THREADS = new ConcurrentHashMap<>();

    private final ReentrantLock threads;
    private final @Nullable FileChannel channel;

    private TableLock(ReentrantLock threads, @Nullable FileChannel channel) {
        this.threads = threads;
        this.channel = channel;
    }

    /** Does something while no other writes the table; waits until that is so. */
    static <T> T holding(LakeTable table, Supplier<T> work) {
        TableLock lock = of(table);
        try {
            return work.get();
        } finally {
            lock.free();
        }
    }

    private static TableLock of(LakeTable table) {
        Path file = table.lock();
        ReentrantLock threads = THREADS.computeIfAbsent(file.toAbsolutePath(), path -> new ReentrantLock());
        threads.lock();
        if (threads.getHoldCount() > 1) {
            return new TableLock(threads, null);
        }
        FileChannel channel = null;
        try {
            Files.createDirectories(Objects.requireNonNull(file.getParent()));
            channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            channel.lock();
            return new TableLock(threads, channel);
        } catch (IOException e) {
            close(channel);
            threads.unlock();
            throw StorageFailure.of(e, file);
        }
    }

    private void free() {
        close(channel);
        threads.unlock();
    }

    /** Closing the channel frees its lock. */
    private static void close(@Nullable FileChannel channel) {
        if (channel != null) {
            try {
                channel.close();
            } catch (IOException e) {
                throw StorageFailure.of(e, Path.of(""));
            }
        }
    }
}
