package tatara.core.remote;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Locale;
import java.util.function.LongConsumer;
import tatara.core.error.CoreErrorCode;
import tatara.core.error.Fault;
import tatara.core.error.TataraException;
import tatara.core.port.RemoteObject;

/**
 * Copies an object to a file that is there whole or not at all. A connection that ends too early is opened again where it ended; what a
 * killed process had of the same version is used. Thread-safe for different targets.
 */
public final class ResumedCopy {
    private static final int BUFFER = 1 << 16;
    private static final int MOST_BREAKS = 100;

    private final Attempts attempts;

    public ResumedCopy(Attempts attempts) {
        this.attempts = attempts;
    }

    /** Opens an object's content. */
    @FunctionalInterface
    public interface Opener {
        /**
         * @param offset where to begin, 0 or more
         * @throws IOException if another attempt may help
         * @throws TataraException if none will, or {@link RemoteErrorCode#OBJECT_CHANGED}
         */
        Part open(long offset) throws IOException;
    }

    /**
     * Content from an offset to the end.
     *
     * @param offset where it begins: as asked for, or 0 if the place cannot begin elsewhere
     * @param total size of the whole object, -1 if unknown
     */
    public record Part(InputStream bytes, long offset, long total) {}

    /**
     * @param target its directory exists
     * @param progress hears the bytes that are there so far
     * @throws TataraException if the place fails again and again, or the disk is full or not writable
     */
    public void copy(RemoteObject object, Path target, Opener opener, LongConsumer progress) {
        Path partial = partial(object, target);
        try {
            long there = object.version().isEmpty() || !Files.exists(partial) ? 0 : Files.size(partial);
            if (there > 0 && object.bytes() >= 0 && there > object.bytes()) {
                there = 0;
            }
            if (there == 0 || there != object.bytes()) {
                fill(object, partial, there, opener, progress);
            }
            move(partial, target);
        } catch (IOException e) {
            throw storage(e, target);
        }
    }

    /** Where an object lies until it is whole: beside its target, by its version. */
    private static Path partial(RemoteObject object, Path target) {
        return target.resolveSibling("." + hash(object.uri() + "\n" + object.version()) + ".partial");
    }

    private void fill(RemoteObject object, Path partial, long start, Opener opener, LongConsumer progress) {
        long there = start;
        int failures = 0;
        for (int breaks = 0; ; breaks++) {
            long before = there;
            try (Reading reading = Reading.open(opener, there)) {
                there = reading.part().offset();
                there = reading.into(partial, progress);
                if (reading.part().total() < 0 || there == reading.part().total()) {
                    return;
                }
                throw new IOException("the content ended after " + there + " of "
                        + reading.part().total() + " bytes");
            } catch (IOException e) {
                there = size(partial);
                failures = there > before ? 1 : failures + 1;
                attempts.pause(object.uri(), breaks >= MOST_BREAKS ? Integer.MAX_VALUE : failures, e);
            }
        }
    }

    private static long size(Path partial) {
        try {
            return Files.exists(partial) ? Files.size(partial) : 0;
        } catch (IOException e) {
            throw storage(e, partial);
        }
    }

    /** An opened part; failures of the network are {@link IOException}s, those of the disk are not. */
    private record Reading(Part part) implements AutoCloseable {
        static Reading open(Opener opener, long offset) throws IOException {
            return new Reading(opener.open(offset));
        }

        /** Writes the part where it belongs; the size of the file then. */
        long into(Path partial, LongConsumer progress) throws IOException {
            long there = part.offset();
            byte[] buffer = new byte[BUFFER];
            try (OutputStream out = writer(partial, there)) {
                for (int count = part.bytes().read(buffer);
                        count >= 0;
                        count = part.bytes().read(buffer)) {
                    write(out, buffer, count, partial);
                    there += count;
                    progress.accept(there);
                }
            }
            return there;
        }

        private static OutputStream writer(Path partial, long offset) {
            try {
                return offset == 0
                        ? Files.newOutputStream(partial)
                        : Files.newOutputStream(partial, StandardOpenOption.WRITE, StandardOpenOption.APPEND);
            } catch (IOException e) {
                throw storage(e, partial);
            }
        }

        private static void write(OutputStream out, byte[] buffer, int count, Path partial) {
            try {
                out.write(buffer, 0, count);
            } catch (IOException e) {
                throw storage(e, partial);
            }
        }

        @Override
        public void close() throws IOException {
            part.bytes().close();
        }
    }

    private static void move(Path partial, Path target) throws IOException {
        try {
            Files.move(partial, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (AtomicMoveNotSupportedException e) {
            Files.move(partial, target, StandardCopyOption.REPLACE_EXISTING);
        }
    }

    private static TataraException storage(IOException e, Path path) {
        String message = String.valueOf(e.getMessage());
        String lower = message.toLowerCase(Locale.ROOT);
        boolean full = lower.contains("no space left") || lower.contains("disk quota exceeded");
        return new TataraException(
                full ? CoreErrorCode.DISK_FULL : CoreErrorCode.NOT_WRITABLE,
                Fault.of((full ? "the disk is full: " : "cannot write: ") + message)
                        .at(path.toString())
                        .todo("Free space, or give another place with --home, and run again: what was copied is kept"),
                e);
    }

    private static String hash(String text) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest, 0, 12);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
