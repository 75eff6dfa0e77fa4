package tatara.core.port;

/**
 * Resolves references to credentials when they are needed; what they hold is never stored, logged or shown. Thread-safe.
 *
 * <p>References: {@code env:NAME} (environment variable), {@code file:/PATH} (content of a file, without its last line break),
 * {@code vault:PATH#FIELD} (HashiCorp Vault, KV version 2).
 */
public interface Secrets {
    /**
     * @param reference as the user gave it
     * @throws tatara.core.error.TataraException if it is not a reference, or nothing is there; names the reference, never a value
     */
    String resolve(String reference);
}
