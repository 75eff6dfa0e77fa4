package tatara.pipeline.execute;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import tatara.core.json.Json;
import tatara.core.json.JsonText;

/** Keys of content: SHA-256, the first 160 bits in hexadecimal. */
public final class ContentKey {
    private static final int LENGTH = 40;

    private ContentKey() {}

    /** The key of a list of texts; no two different lists share the hashed bytes. */
    public static String of(List<String> parts) {
        MessageDigest digest = sha256();
        for (String part : parts) {
            byte[] bytes = part.getBytes(StandardCharsets.UTF_8);
            digest.update((bytes.length + ":").getBytes(StandardCharsets.US_ASCII));
            digest.update(bytes);
        }
        return HexFormat.of().formatHex(digest.digest()).substring(0, LENGTH);
    }

    public static String of(String... parts) {
        return of(List.of(parts));
    }

    public static String of(Json value) {
        return of(JsonText.write(value));
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
