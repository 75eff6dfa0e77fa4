package tatara.serve.rest;

import com.linecorp.armeria.common.HttpHeaderNames;
import com.linecorp.armeria.common.HttpMethod;
import com.linecorp.armeria.common.HttpRequest;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.server.DecoratingHttpServiceFunction;
import com.linecorp.armeria.server.HttpService;
import com.linecorp.armeria.server.ServiceRequestContext;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import tatara.core.error.Fault;
import tatara.core.error.TataraException;

/**
 * Who may come in. On a loopback address only requests that name this machine (a foreign page whose name was pointed at 127.0.0.1
 * does not), never a POST of another site's page, and, if there is a token, only who carries it. Probes are open to everybody.
 */
final class Door implements DecoratingHttpServiceFunction {
    private static final Set<String> PROBES =
            Set.of("/health/live", "/health/ready", "/v2/health/live", "/v2/health/ready");

    private final Set<String> names;
    private final Optional<byte[]> token;

    private Door(Set<String> names, Optional<byte[]> token) {
        this.names = names;
        this.token = token;
    }

    /** @throws TataraException {@code TOKEN_REQUIRED} if others could reach the server and there is no token */
    static Door of(ServerSettings settings) {
        boolean loopback = address(settings.host()).isLoopbackAddress();
        boolean guarded = settings.token().filter(token -> !token.isBlank()).isPresent();
        if (!loopback && !guarded) {
            throw new TataraException(
                    RestErrorCode.TOKEN_REQUIRED,
                    Fault.of("no token, and " + settings.host() + " can be reached from other machines")
                            .expecting("a token in TATARA_TOKEN, or a loopback address such as 127.0.0.1")
                            .todo("Set TATARA_TOKEN to a long random text, or leave --host away"));
        }
        Set<String> names = new TreeSet<>();
        if (loopback) {
            names.addAll(
                    List.of("localhost", "127.0.0.1", "::1", settings.host().toLowerCase(Locale.ROOT)));
        }
        return new Door(names, guarded ? settings.token().map(Door::digest) : Optional.empty());
    }

    static InetAddress address(String host) {
        try {
            return InetAddress.getByName(host);
        } catch (UnknownHostException e) {
            throw new TataraException(
                    RestErrorCode.ADDRESS_UNAVAILABLE,
                    Fault.of("host: " + host)
                            .expecting("a name or an address of this machine")
                            .todo("Give --host 127.0.0.1, or 0.0.0.0 for all of its addresses"),
                    e);
        }
    }

    @Override
    public HttpResponse serve(HttpService next, ServiceRequestContext ctx, HttpRequest request) throws Exception {
        if (!PROBES.contains(ctx.path())) {
            checkHost(request);
            checkOrigin(request);
            checkToken(request);
        }
        return next.serve(ctx, request);
    }

    private void checkHost(HttpRequest request) {
        String host = hostOf(request.authority());
        if (!names.isEmpty() && !names.contains(host)) {
            throw new TataraException(
                    RestErrorCode.FORBIDDEN,
                    Fault.of("host: " + host).expecting("localhost, or the address the server listens on"));
        }
    }

    /** Browsers name the page's origin with every POST to another site; other clients send none. */
    private static void checkOrigin(HttpRequest request) {
        String origin = request.headers().get(HttpHeaderNames.ORIGIN);
        if (origin != null && request.method() != HttpMethod.GET && !sameSite(origin, request.authority())) {
            throw new TataraException(
                    RestErrorCode.FORBIDDEN,
                    Fault.of("origin: " + origin).expecting("a page of this server, or no browser"));
        }
    }

    private static boolean sameSite(String origin, @Nullable String authority) {
        try {
            return authority != null
                    && authority.equalsIgnoreCase(URI.create(origin).getRawAuthority());
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    private void checkToken(HttpRequest request) {
        if (token.isEmpty()) {
            return;
        }
        String given = request.headers().get(HttpHeaderNames.AUTHORIZATION, "");
        boolean bearer = given.regionMatches(true, 0, "Bearer ", 0, 7);
        if (!bearer
                || !MessageDigest.isEqual(token.get(), digest(given.substring(7).strip()))) {
            throw new TataraException(
                    RestErrorCode.UNAUTHORIZED,
                    Fault.of(given.isEmpty() ? "no token" : "the token is not the right one")
                            .expecting("the header Authorization: Bearer TOKEN"));
        }
    }

    /** The host of {@code host:port}, lower-case, without brackets and closing dot. */
    private static String hostOf(@Nullable String authority) {
        if (authority == null) {
            return "";
        }
        boolean bracketed = authority.startsWith("[");
        int end = bracketed ? authority.indexOf(']') + 1 : authority.indexOf(':');
        String host = end > 0 ? authority.substring(0, end) : authority;
        host = host.startsWith("[") && host.endsWith("]") ? host.substring(1, host.length() - 1) : host;
        host = host.endsWith(".") ? host.substring(0, host.length() - 1) : host;
        return host.toLowerCase(Locale.ROOT);
    }

    /** Equal lengths for the comparison, which must not tell by its time how much of a token was right. */
    private static byte[] digest(String token) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(token.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
