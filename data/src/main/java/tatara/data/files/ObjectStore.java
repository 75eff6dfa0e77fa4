package tatara.data.files;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import tatara.core.error.Fault;
import tatara.core.error.TataraException;
import tatara.data.lake.Freed;
import tatara.data.lake.StorageFailure;

/**
 * Content by its hash: {@code ab/cdef…} below a directory, each content once, whole or not at all, and read-only. Thread-safe, also
 * against other processes.
 */
public final class ObjectStore {
    private static final AtomicLong PARTS = new AtomicLong();

    private final Path directory;
    private final String algorithm;
    private final Set<Path> made = ConcurrentHashMap.newKeySet();

    /** How a file's content comes into the store. */
    public enum Keeping {
        /** As a copy. */
        COPY,
        /** As another name of the same file, which becomes read-only; as a copy where the file system has no such links. */
        LINK,
        /** Not at all; it is only hashed. */
        NONE
    }

    /**
     * @param directory made when needed
     * @param algorithm of the hashes, as {@link java.security.MessageDigest} names it
     */
    public ObjectStore(Path directory, String algorithm) {
        this.directory = directory;
        this.algorithm = algorithm;
    }

    public String algorithm() {
        return algorithm;
    }

    /**
     * Where content lies, or would.
     *
     * @param hash with its ending, if it has one
     */
    public Path place(String hash) {
        return directory.resolve(hash.substring(0, 2)).resolve(hash.substring(2));
    }

    /** Whether content is there in its full size. */
    public boolean holds(String hash, long bytes) {
        Path place = place(hash);
        try {
            return Files.isRegularFile(place) && Files.size(place) == bytes;
        } catch (IOException e) {
            return false;
        }
    }

    /**
     * Hashes a file and keeps its content.
     *
     * @return the hash
     */
    public String keep(Path file, Keeping keeping, FileDigest digest) throws IOException {
        if (keeping == Keeping.NONE) {
            return digest.of(file);
        }
        if (keeping == Keeping.LINK) {
            String hash = digest.of(file);
            return holds(hash, Files.size(file)) || link(file, hash) ? hash : keep(file, Keeping.COPY, digest);
        }
        Optional<String> small = digest.small(file, this::put);
        if (small.isPresent()) {
            return small.get();
        }
        Path part = part();
        try {
            String hash;
            try (OutputStream out = Files.newOutputStream(part)) {
                hash = digest.copy(file, out);
            }
            if (!holds(hash, Files.size(part))) {
                finish(part, hash);
            }
            return hash;
        } finally {
            Files.deleteIfExists(part);
        }
    }

    /** Keeps bytes under their hash. */
    public void put(String hash, byte[] content) throws IOException {
        put(hash, ByteBuffer.wrap(content));
    }

    private void put(String hash, ByteBuffer content) throws IOException {
        if (holds(hash, content.remaining())) {
            return;
        }
        Path part = part();
        try {
            try (FileChannel out = FileChannel.open(part, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
                while (content.hasRemaining()) {
                    out.write(content);
                }
            }
            finish(part, hash);
        } catch (IOException | RuntimeException e) {
            Files.deleteIfExists(part);
            throw e;
        }
    }

    /**
     * Writes content to a file, which is there whole or not at all.
     *
     * @throws TataraException {@code CONTENT_LOST} if the store does not have it, or other bytes under its name
     */
    public void give(String hash, Path file, FileDigest digest) throws IOException {
        Path object = place(hash);
        if (!Files.isRegularFile(object)) {
            throw lost("the content of a file is not in the store: " + hash, object);
        }
        Path part = file.resolveSibling("." + ProcessHandle.current().pid() + "-" + PARTS.incrementAndGet() + ".part");
        try {
            String found;
            try (OutputStream out = Files.newOutputStream(part)) {
                found = digest.copy(object, out);
            }
            if (!found.equals(hash)) {
                throw lost("the content in the store was changed: its hash is " + found, object);
            }
            Files.move(part, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(part);
        }
    }

    private static TataraException lost(String what, Path object) {
        return new TataraException(
                FileErrorCode.CONTENT_LOST,
                Fault.of(what)
                        .at(object.toString())
                        .expecting("content that was kept when the version was made")
                        .todo("Put the file back from a copy; if the original files still are there, add them again"));
    }

    /** Makes content count as having come now; whether it is there. */
    boolean claim(String hash, long bytes) {
        return holds(hash, bytes) && place(hash).toFile().setReadOnly();
    }

    /**
     * Deletes content, and what interrupted writers left.
     *
     * @param needed hashes of content that stays
     * @param oldest what came into the store later stays too
     * @param dryRun whether nothing is deleted
     */
    Freed sweep(Set<String> needed, Instant oldest, boolean dryRun) {
        if (!Files.isDirectory(directory)) {
            return Freed.NOTHING;
        }
        long files = 0;
        long bytes = 0;
        try (Stream<Path> contents = Files.walk(directory, 2)) {
            for (Path file : contents.filter(Files::isRegularFile).sorted().toList()) {
                Path parent = Objects.requireNonNull(file.getParent());
                String hash = parent.getFileName() + file.getFileName().toString();
                if (!needed.contains(hash) && cameBefore(file, oldest)) {
                    files++;
                    bytes += Files.size(file);
                    if (!dryRun) {
                        Files.deleteIfExists(file);
                    }
                }
            }
            return new Freed(files, bytes);
        } catch (IOException e) {
            throw StorageFailure.of(e, directory);
        }
    }

    /** A link has the old times of its file, but its inode was changed when the link was made. */
    private static boolean cameBefore(Path file, Instant oldest) throws IOException {
        Object changed = Files.getFileStore(file).supportsFileAttributeView("unix")
                ? Files.getAttribute(file, "unix:ctime")
                : Files.getLastModifiedTime(file);
        return ((FileTime) changed).toInstant().isBefore(oldest);
    }

    private boolean link(Path file, String hash) throws IOException {
        Path place = place(hash);
        Files.createDirectories(place.resolveSibling(""));
        try {
            Files.deleteIfExists(place);
            Files.createLink(place, file.toRealPath());
            readOnly(place);
            return true;
        } catch (FileAlreadyExistsException otherWasFaster) {
            return true;
        } catch (UnsupportedOperationException | IOException otherDevice) {
            return false;
        }
    }

    private Path part() throws IOException {
        Path parts = directory.resolve(".parts");
        make(parts);
        return parts.resolve(ProcessHandle.current().pid() + "-" + PARTS.incrementAndGet());
    }

    private void finish(Path part, String hash) throws IOException {
        Path place = place(hash);
        make(place.resolveSibling(""));
        readOnly(part);
        Files.move(part, place, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    private void make(Path folder) throws IOException {
        if (!made.contains(folder)) {
            Files.createDirectories(folder);
            made.add(folder);
        }
    }

    private static void readOnly(Path file) throws IOException {
        if (!file.toFile().setReadOnly()) {
            throw new IOException("cannot be made read-only: " + file);
        }
    }
}
