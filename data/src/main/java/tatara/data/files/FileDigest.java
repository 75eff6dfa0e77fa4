package tatara.data.files;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;

/** Hashes of files, with a buffer that is used again and again. Not thread-safe; {@link FileWork} gives each thread its own. */
public final class FileDigest {
    /** Files up to this size are read at once. */
    static final int BUFFER = 1 << 20;

    private final MessageDigest digest;
    private final byte[] buffer = new byte[BUFFER];

    /** @param algorithm as {@link MessageDigest} names it */
    public FileDigest(String algorithm) {
        try {
            this.digest = MessageDigest.getInstance(algorithm);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalArgumentException(e);
        }
    }

    /** The hash of a file's bytes, in hexadecimal digits. */
    public String of(Path file) throws IOException {
        return copy(file, OutputStream.nullOutputStream());
    }

    /** The hash of bytes, in hexadecimal digits. */
    public String of(byte[] bytes) {
        return HexFormat.of().formatHex(digest.digest(bytes));
    }

    /** Takes the content of a file and its hash. */
    @FunctionalInterface
    interface Content {
        /** @param content valid during the call only */
        void take(String hash, ByteBuffer content) throws IOException;
    }

    /** Hashes a file that fits in the buffer, and hands its content on; empty if it is larger. */
    Optional<String> small(Path file, Content content) throws IOException {
        try (FileChannel in = FileChannel.open(file)) {
            ByteBuffer whole = ByteBuffer.wrap(buffer);
            int count = in.read(whole);
            while (count >= 0 && whole.hasRemaining()) {
                count = in.read(whole);
            }
            if (count >= 0) {
                return Optional.empty();
            }
            whole.flip();
            digest.reset();
            digest.update(buffer, 0, whole.limit());
            String hash = HexFormat.of().formatHex(digest.digest());
            content.take(hash, whole);
            return Optional.of(hash);
        }
    }

    /** Copies a file's bytes in the same pass that hashes them. */
    public String copy(Path file, OutputStream out) throws IOException {
        digest.reset();
        try (InputStream in = Files.newInputStream(file)) {
            for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
                digest.update(buffer, 0, count);
                out.write(buffer, 0, count);
            }
        }
        return HexFormat.of().formatHex(digest.digest());
    }
}
