package tatara.data.lake;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Locale;

/** A directory name for a name that may hold anything: readable, never a path, distinct for distinct names. */
public final class SafeName {
    private static final int LONGEST = 60;

    private SafeName() {}

    /**
     * The name itself if it is 1 to 60 of {@code a-z 0-9 _ -} and starts with a letter or digit; otherwise its safe characters and a
     * part of its SHA-256.
     */
    public static String of(String name) {
        if (name.matches("[a-z0-9][a-z0-9_-]{0," + (LONGEST - 1) + "}")) {
            return name;
        }
        String readable =
                name.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9_-]+", "-").replaceAll("^[-_]+|[-_]+$", "");
        String start = readable.substring(0, Math.min(readable.length(), LONGEST - 20));
        return (start.isEmpty() ? "x" : start) + "." + hash(name);
    }

    private static String hash(String name) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(name.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest, 0, 6);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
