package tatara.data.files;

/**
 * A file of a version.
 *
 * @param path from the folder, with {@code /}
 * @param sha256 of its bytes, in hexadecimal digits
 */
public record StoredFile(String path, long bytes, String sha256) {}
