package tatara.data.source;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;
import tatara.core.error.Fault;
import tatara.core.error.TataraException;
import tatara.data.lake.DataErrorCode;

/** The bytes of a user's file, decompressed if it is gzip, and what its failures mean. */
final class SourceBytes {
    private static final int BUFFER = 1 << 16;

    private SourceBytes() {}

    static boolean isGzip(byte[] head, int length) {
        return length > 2 && (head[0] & 0xff) == 0x1f && (head[1] & 0xff) == 0x8b && head[2] == 8;
    }

    static InputStream open(Path file, boolean gzip) throws IOException {
        InputStream raw = Files.newInputStream(file);
        if (!gzip) {
            return new BufferedInputStream(raw, BUFFER);
        }
        try {
            return new GZIPInputStream(raw, BUFFER);
        } catch (IOException e) {
            raw.close();
            throw e;
        }
    }

    /** The first bytes of the content, at most so many. */
    static byte[] head(Path file, boolean gzip, int most) throws IOException {
        try (InputStream in = open(file, gzip)) {
            return in.readNBytes(most);
        }
    }

    static TataraException failure(IOException e, Path file) {
        if (e instanceof NoSuchFileException) {
            return new TataraException(
                    DataErrorCode.SOURCE_NOT_FOUND,
                    Fault.of("no such file: " + file).todo("Check the path"),
                    e);
        }
        if (e instanceof AccessDeniedException || String.valueOf(e.getMessage()).contains("Permission denied")) {
            return new TataraException(
                    DataErrorCode.SOURCE_NOT_READABLE,
                    Fault.of("no permission to read " + file)
                            .expecting("a file that this user may read")
                            .todo("Change its permissions (chmod +r), or copy it"),
                    e);
        }
        if (e instanceof ZipException || e instanceof EOFException) {
            return new TataraException(
                    DataErrorCode.SOURCE_MALFORMED,
                    Fault.of("the compressed file is broken or cut off: " + e.getMessage())
                            .at(file.toString())
                            .todo("Copy or download it again"),
                    e);
        }
        return new TataraException(
                DataErrorCode.STORAGE_FAILED,
                Fault.of("cannot read: " + e.getMessage()).at(file.toString()),
                e);
    }
}
