package tatara.data.source.remote;

import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import tatara.core.error.Fault;
import tatara.core.error.TataraException;
import tatara.core.port.Secrets;
import tatara.core.remote.InlineSecrets;
import tatara.core.remote.RemoteErrorCode;

/**
 * A location on a web server: a URL, whose fragment holds options. {@code bearer}, {@code user} with {@code password}, {@code signed-query}
 * and {@code header-NAME} are references to credentials, and a value of the query may be one too.
 *
 * @param text the location as given
 * @param url without fragment; values of the query may be references
 * @param options by name
 */
record HttpAddress(String text, String url, Map<String, String> options) {
    private static final String ALLOWED = "-._~:/?[]@!$&'()*+,;=%";

    static HttpAddress parse(String location) {
        int hash = location.indexOf('#');
        Map<String, String> options = new LinkedHashMap<>();
        for (String pair :
                hash < 0 ? new String[0] : location.substring(hash + 1).split("&")) {
            int equals = pair.indexOf('=');
            String name = equals < 0 ? pair : pair.substring(0, equals);
            if (!pair.isEmpty()) {
                if (equals < 0
                        || !(List.of("bearer", "user", "password", "signed-query")
                                        .contains(name)
                                || name.matches("header-[A-Za-z0-9-]+"))) {
                    throw malformed("an option that is not known: " + name);
                }
                options.put(name, pair.substring(equals + 1));
            }
        }
        return new HttpAddress(location, hash < 0 ? location : location.substring(0, hash), options);
    }

    private static TataraException malformed(String what) {
        return new TataraException(
                RemoteErrorCode.LOCATION_MALFORMED,
                Fault.of(what)
                        .expecting(
                                "https://HOST/PATH, and after a # the options bearer, user, password, signed-query, header-NAME")
                        .todo("Correct the location"));
    }

    /** What is asked for, with all credentials in it: never to be shown. */
    URI resolved(Secrets secrets) {
        int mark = url.indexOf('?');
        StringBuilder whole = new StringBuilder(mark < 0 ? url : url.substring(0, mark));
        List<String> query = new ArrayList<>();
        for (String pair : mark < 0 ? new String[0] : url.substring(mark + 1).split("&", -1)) {
            query.add(pair(pair, secrets));
        }
        if (options.containsKey("signed-query")) {
            query.add(secrets.resolve(options.getOrDefault("signed-query", "")).replaceFirst("^\\?", ""));
        }
        if (!query.isEmpty()) {
            whole.append('?').append(String.join("&", query));
        }
        try {
            URI uri = new URI(encoded(whole.toString()));
            if (uri.getHost() == null) {
                throw malformed("the location names no host: " + RemoteCopies.shown(url));
            }
            return uri;
        } catch (URISyntaxException e) {
            throw malformed("not a URL: " + RemoteCopies.shown(url));
        }
    }

    private static String pair(String pair, Secrets secrets) {
        int equals = pair.indexOf('=');
        String value = decoded(pair.substring(equals + 1));
        return equals > 0 && InlineSecrets.isReference(value)
                ? pair.substring(0, equals + 1) + URLEncoder.encode(secrets.resolve(value), StandardCharsets.UTF_8)
                : pair;
    }

    private static String decoded(String text) {
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return text;
        }
    }

    /** Characters that no URL may hold become percent-encoded. */
    private static String encoded(String text) {
        StringBuilder url = new StringBuilder();
        for (byte one : text.getBytes(StandardCharsets.UTF_8)) {
            char c = (char) (one & 0xff);
            boolean plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
            if (plain || ALLOWED.indexOf(c) >= 0) {
                url.append(c);
            } else {
                url.append(String.format(Locale.ROOT, "%%%02X", one & 0xff));
            }
        }
        return url.toString();
    }

    /** Headers that carry credentials; only for the server that was named. */
    Map<String, String> headers(Secrets secrets) {
        Map<String, String> headers = new LinkedHashMap<>();
        options.forEach((name, value) -> {
            if (name.startsWith("header-")) {
                headers.put(name.substring("header-".length()), secrets.resolve(value));
            }
        });
        if (options.containsKey("bearer")) {
            headers.put("Authorization", "Bearer " + secrets.resolve(options.getOrDefault("bearer", "")));
        }
        if (options.containsKey("password")) {
            String user = options.getOrDefault("user", "");
            String name = InlineSecrets.isReference(user) ? secrets.resolve(user) : user;
            String both = name + ":" + secrets.resolve(options.getOrDefault("password", ""));
            headers.put(
                    "Authorization",
                    "Basic " + Base64.getEncoder().encodeToString(both.getBytes(StandardCharsets.UTF_8)));
        }
        return headers;
    }

    /** The last part of the path, decoded. */
    String fileName() {
        String path = url.replaceFirst("\\?.*", "").replaceFirst("^[^:]+://[^/]*/?", "");
        String last = path.substring(path.lastIndexOf('/') + 1).replace("+", "%2B");
        return last.isEmpty() ? "data" : decoded(last);
    }
}
