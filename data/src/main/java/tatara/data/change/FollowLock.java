package tatara.data.change;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;
import tatara.core.error.Fault;
import tatara.core.error.TataraException;
import tatara.data.lake.StorageFailure;

/** One process at a time follows into a table. The system gives the lock back when the process ends, however it ends. */
public final class FollowLock implements AutoCloseable {
    private final Path work;
    private final FileChannel channel;

    private FollowLock(Path work, FileChannel channel) {
        this.work = work;
        this.channel = channel;
    }

    /**
     * @param work the table's directory; made when needed
     * @throws TataraException {@code FOLLOWED_ALREADY}
     */
    public static FollowLock take(Path work) {
        Path file = work.resolve("lock");
        try {
            Files.createDirectories(work);
            FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            if (lock(channel) == null) {
                channel.close();
                throw new TataraException(
                        ChangeErrorCode.FOLLOWED_ALREADY,
                        Fault.of("another process follows into this table")
                                .at(file.toString())
                                .expecting("one process for each table")
                                .todo("Stop the other, or give another table with --table"));
            }
            return new FollowLock(work, channel);
        } catch (IOException e) {
            throw StorageFailure.of(e, file);
        }
    }

    /** The directory that is held. */
    public Path work() {
        return work;
    }

    private static @Nullable FileLock lock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock();
        } catch (OverlappingFileLockException inThisProcess) {
            return null;
        }
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException alreadyGone) {
            // the lock goes with the process
        }
    }
}
