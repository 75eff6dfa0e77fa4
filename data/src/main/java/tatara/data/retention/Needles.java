package tatara.data.retention;

import java.nio.charset.StandardCharsets;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tatara.core.json.Json;
import tatara.core.json.JsonText;

/** Texts that are looked for in bytes, as whole words, also as JSON and HTML write them. Immutable. */
final class Needles {
    /** What stands where something of a person stood. */
    static final byte[] GONE = "(forgotten)".getBytes(StandardCharsets.UTF_8);

    private final Map<Integer, List<byte[]>> byStart = new HashMap<>();

    Needles(Collection<String> texts) {
        for (String text : texts) {
            Set<String> forms = new LinkedHashSet<>(List.of(text));
            String quoted = JsonText.write(Json.string(text)).strip();
            forms.add(quoted.substring(1, quoted.length() - 1));
            forms.add(text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace("\"", "&quot;"));
            forms.add(text.replace("\"", "\"\""));
            forms.add(text.replace("'", "''"));
            for (String form : forms) {
                byte[] bytes = form.getBytes(StandardCharsets.UTF_8);
                if (bytes.length >= 4) {
                    byStart.computeIfAbsent(start(bytes, 0), key -> new ArrayList<>()).add(bytes);
                }
            }
        }
    }

    private static int start(byte[] bytes, int at) {
        return (bytes[at] << 24) | ((bytes[at + 1] & 0xff) << 16) | ((bytes[at + 2] & 0xff) << 8) | (bytes[at + 3] & 0xff);
    }

    /** Length of what is found at a place; 0 if nothing is. */
    private int at(byte[] bytes, int at, int end) {
        List<byte[]> candidates = at + 4 <= end ? byStart.get(start(bytes, at)) : null;
        int longest = 0;
        if (candidates != null && (at == 0 || !isWord(bytes[at - 1]))) {
            for (byte[] candidate : candidates) {
                int after = at + candidate.length;
                if (candidate.length > longest
                        && after <= end
                        && (after == end || !isWord(bytes[after]))
                        && Arrays.equals(bytes, at, after, candidate, 0, candidate.length)) {
                    longest = candidate.length;
                }
            }
        }
        return longest;
    }

    /** In binary files words touch: a byte before may be a length. Letters and digits of ASCII separate no word. */
    private static boolean isWord(byte value) {
        return (value >= '0' && value <= '9') || (value >= 'a' && value <= 'z') || (value >= 'A' && value <= 'Z');
    }

    boolean isIn(byte[] bytes) {
        return isIn(bytes, 0, bytes.length);
    }

    boolean isIn(byte[] bytes, int from, int end) {
        for (int i = from; i + 4 <= end; i++) {
            if (at(bytes, i, end) > 0) {
                return true;
            }
        }
        return false;
    }

    /** The bytes with what is found replaced, by stars if the length has to stay. */
    byte[] without(byte[] bytes, boolean sameLength) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(bytes.length);
        int i = 0;
        while (i < bytes.length) {
            int length = at(bytes, i, bytes.length);
            if (length > 0) {
                byte[] gone = sameLength ? "*".repeat(length).getBytes(StandardCharsets.UTF_8) : GONE;
                out.write(gone, 0, gone.length);
                i += length;
            } else {
                out.write(bytes[i++]);
            }
        }
        return out.toByteArray();
    }
}
