package tatara.data.source;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.zip.GZIPInputStream;
import tatara.core.error.TataraException;
import tatara.core.json.JsonText;
import tatara.core.json.RecordCodec;
import tatara.data.lake.AtomicFile;
import tatara.data.lake.StorageFailure;

/**
 * SHA-256 of files, with what the same pass over the bytes says about their encoding. A file is read again only if its path, size or
 * time of change is another than last time, or if it changed less than two seconds before it was read.
 */
final class Fingerprints {
    private static final long RACY_MILLIS = 2_000;

    private final Path directory;

    /** @param cache directory whose folder {@code fingerprints} remembers */
    Fingerprints(Path cache) {
        this.directory = cache.resolve("fingerprints");
    }

    /**
     * What a pass over a file found.
     *
     * @param multibyte well-formed UTF-8 characters of several bytes in the content
     * @param invalid places that are not well-formed UTF-8
     */
    record Fingerprint(String path, long bytes, String changed, String sha256, long multibyte, long invalid) {}

    /** @param text whether the content is to be looked at as text */
    Fingerprint of(Path file, boolean gzip, boolean text) {
        try {
            BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
            String changed = attributes.lastModifiedTime().toInstant().toString();
            Path entry = directory.resolve(sha256(file.toString().getBytes(StandardCharsets.UTF_8)) + ".json");
            Fingerprint known = read(entry, attributes.lastModifiedTime().toMillis());
            if (known != null
                    && known.path().equals(file.toString())
                    && known.bytes() == attributes.size()
                    && known.changed().equals(changed)) {
                return known;
            }
            Fingerprint measured = measure(file, attributes.size(), changed, gzip, text);
            write(entry, measured);
            return measured;
        } catch (IOException e) {
            throw SourceBytes.failure(e, file);
        }
    }

    private static @org.jspecify.annotations.Nullable Fingerprint read(Path entry, long changedMillis) {
        try {
            if (!Files.isRegularFile(entry)
                    || Files.getLastModifiedTime(entry).toMillis() - changedMillis < RACY_MILLIS) {
                return null;
            }
            String name = entry.toString();
            return RecordCodec.read(Fingerprint.class, name, JsonText.read(name, Files.readString(entry)));
        } catch (IOException | TataraException damaged) {
            return null;
        }
    }

    private static void write(Path entry, Fingerprint fingerprint) {
        try {
            AtomicFile.write(entry, JsonText.write(RecordCodec.write(fingerprint)));
        } catch (IOException e) {
            throw StorageFailure.of(e, entry);
        }
    }

    private static Fingerprint measure(Path file, long bytes, String changed, boolean gzip, boolean text)
            throws IOException {
        MessageDigest digest = sha256();
        ContentScan scan = new ContentScan();
        byte[] buffer = new byte[1 << 18];
        try (DigestInputStream hashed = new DigestInputStream(Files.newInputStream(file), digest);
                InputStream content = gzip ? new GZIPInputStream(new Unclosed(hashed), 1 << 16) : hashed) {
            for (int count = content.read(buffer); count >= 0; count = content.read(buffer)) {
                if (text) {
                    scan.update(buffer, 0, count);
                }
            }
            for (int count = 0; count >= 0; ) {
                count = hashed.read(buffer);
            }
        }
        return new Fingerprint(
                file.toString(),
                bytes,
                changed,
                HexFormat.of().formatHex(digest.digest()),
                scan.multibyte(),
                scan.invalid());
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String sha256(byte[] bytes) {
        return HexFormat.of().formatHex(sha256().digest(bytes));
    }

    /** Leaves the stream below open. */
    private static final class Unclosed extends FilterInputStream {
        Unclosed(InputStream in) {
            super(in);
        }

        @Override
        public void close() {
            // the digest still reads what follows the compressed content
        }
    }
}
