package tatara.pipeline.compose;

/**
 * A document that a specialist used.
 *
 * @param name its file name or the name of the evidence, such as {@code 1-data-engineer.yaml}
 * @param hash SHA-256 of its content, hexadecimal
 */
public record Read(String name, String hash) {}
