package tatara.data.source.remote;

import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import tatara.core.error.Fault;
import tatara.core.error.TataraException;
import tatara.core.port.Secrets;
import tatara.core.remote.RemoteErrorCode;

/** Asks web servers, follows redirects, and tells failures that may pass from those that will not. Thread-safe. */
final class HttpRequests {
    private static final int MOST_REDIRECTS = 10;

    private final Duration timeout;

    /** @param timeout to connect, and of each read */
    HttpRequests(Duration timeout) {
        this.timeout = timeout;
    }

    /**
     * The answer after all redirects; credentials are sent to the named server only.
     *
     * @param extra headers beside those of the credentials
     * @throws IOException if another attempt may help; shows no part of the URL that could hold a credential
     */
    HttpURLConnection ask(String method, HttpAddress address, Secrets secrets, Map<String, String> extra)
            throws IOException {
        URI first = address.resolved(secrets);
        Map<String, String> credentials = address.headers(secrets);
        URI uri = first;
        for (int redirects = 0; redirects <= MOST_REDIRECTS; redirects++) {
            HttpURLConnection connection = open(uri, method, extra);
            if (isSameServer(first, uri)) {
                credentials.forEach(connection::setRequestProperty);
            }
            int status = status(connection, uri);
            if (!isRedirect(status)) {
                return connection;
            }
            String target = connection.getHeaderField("Location");
            discard(connection);
            uri = next(uri, target, address);
        }
        throw unexpected(address, "more than " + MOST_REDIRECTS + " redirects");
    }

    private HttpURLConnection open(URI uri, String method, Map<String, String> extra) throws IOException {
        HttpURLConnection connection = (HttpURLConnection) uri.toURL().openConnection();
        connection.setRequestMethod(method);
        connection.setInstanceFollowRedirects(false);
        connection.setUseCaches(false);
        connection.setConnectTimeout((int) timeout.toMillis());
        connection.setReadTimeout((int) timeout.toMillis());
        connection.setRequestProperty("User-Agent", "tatara");
        connection.setRequestProperty("Accept", "*/*");
        connection.setRequestProperty("Accept-Encoding", "identity");
        extra.forEach(connection::setRequestProperty);
        return connection;
    }

    private static int status(HttpURLConnection connection, URI uri) throws IOException {
        try {
            return connection.getResponseCode();
        } catch (IOException e) {
            throw new IOException(
                    "no answer from " + uri.getHost() + ": " + e.getClass().getSimpleName());
        }
    }

    private static boolean isRedirect(int status) {
        return status == 301 || status == 302 || status == 303 || status == 307 || status == 308;
    }

    private static boolean isSameServer(URI one, URI other) {
        return one.getScheme().equalsIgnoreCase(other.getScheme())
                && one.getHost().equalsIgnoreCase(other.getHost())
                && one.getPort() == other.getPort();
    }

    private static URI next(URI from, @org.jspecify.annotations.Nullable String target, HttpAddress address) {
        try {
            URI uri = from.resolve(String.valueOf(target));
            String scheme = String.valueOf(uri.getScheme()).toLowerCase(Locale.ROOT);
            boolean web = scheme.equals("https") || scheme.equals("http");
            if (target == null || !web || uri.getHost() == null) {
                throw unexpected(address, "a redirect to no web server");
            }
            if (from.getScheme().equalsIgnoreCase("https") && scheme.equals("http")) {
                throw unexpected(address, "a redirect from https to http, to " + uri.getHost());
            }
            return uri;
        } catch (IllegalArgumentException e) {
            throw unexpected(address, "a redirect to something that is no URL");
        }
    }

    /** @throws IOException if the status may pass */
    static void check(int status, HttpAddress address) throws IOException {
        String place = RemoteCopies.shown(address.text());
        if (status == 401 || status == 403 || status == 407) {
            throw new TataraException(
                    RemoteErrorCode.ACCESS_REFUSED,
                    Fault.of("the server refuses access (HTTP " + status + ")")
                            .at(place)
                            .expecting("credentials that may read this")
                            .todo("Add them by reference, such as #bearer=env:NAME or #user=NAME&password=env:NAME"));
        }
        if (status == 404 || status == 410) {
            throw new TataraException(
                    RemoteErrorCode.OBJECT_NOT_FOUND,
                    Fault.of("there is no such file (HTTP " + status + ")")
                            .at(place)
                            .todo("Check the URL"));
        }
        if (status == 408 || status == 425 || status == 429 || status >= 500) {
            throw new IOException("HTTP " + status);
        }
        if (status / 100 != 2) {
            throw unexpected(address, "HTTP " + status);
        }
    }

    static TataraException unexpected(HttpAddress address, String what) {
        return new TataraException(
                RemoteErrorCode.ANSWER_UNEXPECTED,
                Fault.of("the server's answer cannot be used: " + what)
                        .at(RemoteCopies.shown(address.text()))
                        .todo("Check the URL, or download the file yourself"));
    }

    /** Ends a connection whose content nobody wants. */
    static void discard(HttpURLConnection connection) {
        InputStream error = connection.getErrorStream();
        try {
            if (error != null) {
                error.close();
            }
        } catch (IOException e) {
            connection.disconnect();
        }
        connection.disconnect();
    }
}
