package tatara.core.evidence;

import java.util.Optional;

/**
 * One file of a source.
 *
 * @param path absolute path where it is read
 * @param bytes size
 * @param fingerprint SHA-256 of the content, hexadecimal
 * @param origin URI that it was copied from, without credentials; empty for a file of the user's own
 */
public record SourceFile(String path, long bytes, String fingerprint, Optional<String> origin) {
    /** A file of the user's own. */
    public SourceFile(String path, long bytes, String fingerprint) {
        this(path, bytes, fingerprint, Optional.empty());
    }

    /** The file for people: where it comes from. */
    public String place() {
        return origin.orElse(path);
    }

    /** The same file, known to be copied from a URI. */
    public SourceFile from(String uri) {
        return new SourceFile(path, bytes, fingerprint, Optional.of(uri));
    }
}
