package tatara.serve.rest;

import java.util.Optional;

/**
 * How the server listens and what it takes.
 *
 * @param host name or address to listen on; on any but a loopback address a token is required
 * @param port 0 for a free one
 * @param maxBodyBytes bytes of a request at most, also after unpacking
 * @param maxRows rows of a request at most
 * @param queueLimit requests waiting for a scoring thread at most; more are answered 503
 * @param deadlineMillis time a request may take; longer ones are answered 504
 * @param token what {@code Authorization: Bearer} has to carry; without one everybody may ask
 */
public record ServerSettings(
        String host,
        int port,
        long maxBodyBytes,
        int maxRows,
        int queueLimit,
        long deadlineMillis,
        Optional<String> token) {
    public ServerSettings {
        check(port >= 0 && port <= 65_535, "port", port, "0 to 65535");
        check(maxBodyBytes > 0 && maxBodyBytes <= 1L << 30, "maxBodyBytes", maxBodyBytes, "1 to 1073741824");
        check(maxRows > 0, "maxRows", maxRows, "> 0");
        check(queueLimit > 0, "queueLimit", queueLimit, "> 0");
        check(deadlineMillis > 0, "deadlineMillis", deadlineMillis, "> 0");
    }

    /** On 127.0.0.1, without a token: 32 MiB, 100,000 rows, 256 waiting, ten seconds. */
    public static ServerSettings local(int port) {
        return new ServerSettings("127.0.0.1", port, 32L << 20, 100_000, 256, 10_000, Optional.empty());
    }

    private static void check(boolean holds, String name, long value, String expected) {
        if (!holds) {
            throw new IllegalArgumentException(name + ": " + value + " (expected: " + expected + ")");
        }
    }
}
