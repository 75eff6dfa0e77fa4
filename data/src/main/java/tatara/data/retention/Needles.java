package tatara.data.retention;

import java.io.ByteArrayOutputStream;
import java.net.URLEncoder;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tatara.core.json.Json;
import tatara.core.json.JsonText;

/**
 * Finds traces in bytes: as UTF-8, also as JSON, HTML, SQL, CSV and URLs write them, and as UTF-16. A text is found without regard to what
 * stands beside it, because in binary files words touch; only digits that are part of a longer number, and what is part of a similar text,
 * do not count. Immutable.
 */
final class Needles {
    /** What stands where something of a person stood. */
    static final String GONE = "(forgotten)";

    private static final int SHORTEST = 4;

    private final Map<Integer, List<Needle>> byStart = new HashMap<>();
    private final List<Pattern> members = new ArrayList<>();

    private record Needle(byte[] bytes, Charset charset, boolean number, List<byte[]> similar) {}

    Needles(Traces traces) {
        for (Trace trace : traces.texts()) {
            for (String form : forms(trace.text())) {
                add(trace, form, StandardCharsets.UTF_8);
            }
            add(trace, trace.text(), StandardCharsets.UTF_16LE);
            add(trace, trace.text(), StandardCharsets.UTF_16BE);
        }
        traces.keys().forEach((name, values) -> members.add(member(name, values)));
    }

    private void add(Trace trace, String form, Charset charset) {
        byte[] bytes = form.getBytes(charset);
        if (bytes.length < SHORTEST) {
            return;
        }
        List<byte[]> similar = trace.similar().stream()
                .flatMap(text -> (charset.equals(StandardCharsets.UTF_8) ? forms(text) : Set.of(text)).stream())
                .map(text -> text.getBytes(charset))
                .toList();
        byStart.computeIfAbsent(start(bytes, 0), key -> new ArrayList<>())
                .add(new Needle(bytes, charset, trace.isNumber(), similar));
    }

    private static Set<String> forms(String text) {
        Set<String> forms = new LinkedHashSet<>(List.of(text));
        String quoted = JsonText.write(Json.string(text)).strip();
        forms.add(quoted.substring(1, quoted.length() - 1));
        forms.add(text.chars()
                .mapToObj(c -> c < 128 ? Character.toString(c) : String.format(Locale.ROOT, "\\u%04x", c))
                .collect(Collectors.joining()));
        forms.add(text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;"));
        forms.add(text.replace("\"", "\"\""));
        forms.add(text.replace("'", "''"));
        String encoded = URLEncoder.encode(text, StandardCharsets.UTF_8);
        forms.add(encoded);
        forms.add(encoded.replace("+", "%20"));
        return forms;
    }

    /** A member of a JSON object, or a pair of YAML, with one of the values; the value is the second group. */
    private static Pattern member(String name, List<String> values) {
        String any = values.stream().map(Pattern::quote).collect(Collectors.joining("|"));
        return Pattern.compile(
                "(\"?" + Pattern.quote(name) + "\"?\\s*[:=]\\s*\"?)(" + any + ")(?![\\w.])",
                Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE);
    }

    private static int start(byte[] bytes, int at) {
        return (bytes[at] << 24)
                | ((bytes[at + 1] & 0xff) << 16)
                | ((bytes[at + 2] & 0xff) << 8)
                | (bytes[at + 3] & 0xff);
    }

    /** The longest that is found at a place. */
    private @Nullable Needle needle(byte[] bytes, int at) {
        Needle longest = null;
        if (at + SHORTEST <= bytes.length) {
            for (Needle needle : byStart.getOrDefault(start(bytes, at), List.of())) {
                if ((longest == null || needle.bytes().length > longest.bytes().length)
                        && stands(needle.bytes(), bytes, at)
                        && counts(needle, bytes, at)) {
                    longest = needle;
                }
            }
        }
        return longest;
    }

    private static boolean stands(byte[] needle, byte[] bytes, int at) {
        int end = at + needle.length;
        return at >= 0 && end <= bytes.length && Arrays.equals(bytes, at, end, needle, 0, needle.length);
    }

    private static boolean counts(Needle needle, byte[] bytes, int at) {
        int end = at + needle.bytes().length;
        if (needle.number() && (isDigit(bytes, at - 1) || isDigit(bytes, end) || isFraction(bytes, at))) {
            return false;
        }
        for (byte[] similar : needle.similar()) {
            for (int inside = 0; inside + needle.bytes().length <= similar.length; inside++) {
                if (stands(needle.bytes(), similar, inside) && stands(similar, bytes, at - inside)) {
                    return false;
                }
            }
        }
        return true;
    }

    private static boolean isDigit(byte[] bytes, int at) {
        return at >= 0 && at < bytes.length && bytes[at] >= '0' && bytes[at] <= '9';
    }

    /** Whether the digits stand behind a decimal point. */
    private static boolean isFraction(byte[] bytes, int at) {
        return at >= 2 && bytes[at - 1] == '.' && isDigit(bytes, at - 2);
    }

    boolean isIn(byte[] bytes) {
        return isIn(bytes, 0, bytes.length);
    }

    /** Whether something begins between two places; what stands around is looked at too. */
    boolean isIn(byte[] bytes, int from, int to) {
        for (int i = from; i < to && i + SHORTEST <= bytes.length; i++) {
            if (needle(bytes, i) != null) {
                return true;
            }
        }
        return !members.isEmpty() && hasMember(new String(bytes, StandardCharsets.UTF_8));
    }

    boolean isIn(String text) {
        return isIn(text.getBytes(StandardCharsets.UTF_8));
    }

    private boolean hasMember(String text) {
        return members.stream().anyMatch(pattern -> pattern.matcher(text).find());
    }

    /** The bytes of a text with what is found replaced. */
    byte[] without(byte[] bytes) {
        byte[] cleaned = replaced(bytes, false);
        if (members.isEmpty()) {
            return cleaned;
        }
        String text = new String(cleaned, StandardCharsets.UTF_8);
        for (Pattern pattern : members) {
            text = pattern.matcher(text)
                    .replaceAll(found -> Matcher.quoteReplacement(
                            found.group(1) + (found.group(1).endsWith("\"") ? GONE : "\"" + GONE + "\"")));
        }
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /** The bytes with stars in place of what is found, or ones in place of digits, as many as there were bytes. */
    byte[] starred(byte[] bytes) {
        return replaced(bytes, true);
    }

    private byte[] replaced(byte[] bytes, boolean sameLength) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(bytes.length);
        int i = 0;
        while (i < bytes.length) {
            Needle needle = needle(bytes, i);
            if (needle != null) {
                int length = needle.bytes().length;
                byte[] stars = (needle.number() ? "1" : "*").repeat(length).getBytes(StandardCharsets.UTF_8);
                out.writeBytes(sameLength ? stars : GONE.getBytes(needle.charset()));
                i += length;
            } else {
                out.write(bytes[i++]);
            }
        }
        return out.toByteArray();
    }
}
