package tatara.data.files;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

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
