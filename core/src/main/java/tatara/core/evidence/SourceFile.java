package tatara.core.evidence;

/**
 * One file of a source.
 *
 * @param path absolute path
 * @param bytes size
 * @param fingerprint SHA-256 of the content, hexadecimal
 */
public record SourceFile(String path, long bytes, String fingerprint) {}
