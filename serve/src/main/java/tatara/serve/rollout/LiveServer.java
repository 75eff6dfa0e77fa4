package tatara.serve.rollout;

import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import tatara.core.error.Fault;
import tatara.core.error.TataraException;
import tatara.core.json.Json;
import tatara.core.json.JsonText;

/** A running server as its clients see it: JSON over HTTP, nothing else. */
final class LiveServer {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final HttpClient client = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(10))
            .build();
    private final URI base;
    private final Optional<String> token;

    LiveServer(URI base, Optional<String> token) {
        this.base = base;
        this.token = token;
    }

    Json.Obj get(String path) {
        return send(path, request(path).GET());
    }

    Json.Obj post(String path, Json body) {
        return send(
                path,
                request(path)
                        .header("Content-Type", "application/json")
                        .header("Tatara-Purpose", "parity")
                        .POST(HttpRequest.BodyPublishers.ofString(JsonText.write(body))));
    }

    /** A name as one segment of a path. */
    static String segment(String name) {
        return URLEncoder.encode(name, StandardCharsets.UTF_8).replace("+", "%20");
    }

    private HttpRequest.Builder request(String path) {
        HttpRequest.Builder request = HttpRequest.newBuilder(base.resolve(path)).timeout(PATIENCE);
        token.ifPresent(given -> request.header("Authorization", "Bearer " + given));
        return request;
    }

    private Json.Obj send(String path, HttpRequest.Builder request) {
        try {
            HttpResponse<String> response = client.send(request.build(), HttpResponse.BodyHandlers.ofString());
            if (response.statusCode() == 200 && JsonText.read(path, response.body()) instanceof Json.Obj answer) {
                return answer;
            }
            throw unavailable(path, response.statusCode() + " " + response.body(), null);
        } catch (IOException e) {
            throw unavailable(path, e.toString(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw unavailable(path, "interrupted", e);
        }
    }

    private TataraException unavailable(
            String path, String reason, @org.jspecify.annotations.Nullable Exception cause) {
        return new TataraException(
                RolloutErrorCode.SERVER_UNAVAILABLE,
                Fault.of("the server does not answer as it should: " + reason)
                        .at(base.resolve(path).toString())
                        .expecting("status 200 and a JSON object"),
                cause);
    }
}
