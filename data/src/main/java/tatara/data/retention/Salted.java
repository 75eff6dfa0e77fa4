package tatara.data.retention;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.HexFormat;

/**
 * SHA-256 of values behind a salt, so that they can be recognised and not read. Values of small sets can be guessed.
 *
 * @param salt 128 random bits in hex
 */
record Salted(String salt) {
    private static final int BYTES = 16;

    static Salted random() {
        byte[] bytes = new byte[BYTES];
        new SecureRandom().nextBytes(bytes);
        return new Salted(HexFormat.of().formatHex(bytes));
    }

    String hash(String value) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            return HexFormat.of().formatHex(digest.digest((salt + value.strip()).getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
