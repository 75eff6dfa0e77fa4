package tatara.serve.rest;

import com.linecorp.armeria.common.HttpHeaderNames;
import com.linecorp.armeria.common.HttpMethod;
import com.linecorp.armeria.common.HttpStatus;
import com.linecorp.armeria.server.HttpService;
import com.linecorp.armeria.server.ServerBuilder;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/** The server's paths; a path that is asked with another method than its own answers 405 and says which it takes. */
final class Routes {
    private static final Set<HttpMethod> METHODS = EnumSet.of(
            HttpMethod.GET,
            HttpMethod.HEAD,
            HttpMethod.POST,
            HttpMethod.PUT,
            HttpMethod.PATCH,
            HttpMethod.DELETE,
            HttpMethod.OPTIONS,
            HttpMethod.TRACE);

    private final Map<String, HttpService> gets = new LinkedHashMap<>();
    private final Map<String, HttpService> posts = new LinkedHashMap<>();

    Routes get(String path, HttpService service) {
        gets.put(path, service);
        return this;
    }

    Routes post(String path, HttpService service) {
        posts.put(path, service);
        return this;
    }

    /**
     * Binds all paths.
     *
     * @param otherwise answers GET on every other path
     */
    void bind(ServerBuilder server, HttpService otherwise) {
        gets.forEach((path, service) -> bind(server, path, EnumSet.of(HttpMethod.GET, HttpMethod.HEAD), service));
        posts.forEach((path, service) -> bind(server, path, EnumSet.of(HttpMethod.POST), service));
        server.route().path("glob:/**").methods(HttpMethod.GET, HttpMethod.HEAD).build(otherwise);
        server.route()
                .path("glob:/**")
                .methods(others(EnumSet.of(HttpMethod.GET, HttpMethod.HEAD)))
                .build((ctx, request) -> Answers.error(HttpStatus.NOT_FOUND, ErrorAnswers.NOTHING_HERE)
                        .toHttpResponse());
    }

    private static void bind(ServerBuilder server, String path, EnumSet<HttpMethod> methods, HttpService service) {
        server.route().path(path).methods(methods).build(service);
        String allowed = methods.contains(HttpMethod.GET) ? "GET, HEAD" : "POST";
        server.route().path(path).methods(others(methods)).build((ctx, request) -> Answers.error(
                        HttpStatus.METHOD_NOT_ALLOWED, "this path takes the method " + allowed + " only")
                .toHttpResponse()
                .mapHeaders(headers ->
                        headers.toBuilder().set(HttpHeaderNames.ALLOW, allowed).build()));
    }

    private static Set<HttpMethod> others(Set<HttpMethod> methods) {
        EnumSet<HttpMethod> others = EnumSet.copyOf(METHODS);
        others.removeAll(methods);
        return others;
    }
}
