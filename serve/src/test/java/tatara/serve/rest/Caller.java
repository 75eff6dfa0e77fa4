package tatara.serve.rest;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import tatara.core.json.Json;
import tatara.core.json.JsonText;

/** Calls a server as any client would. */
final class Caller {
    private final HttpClient client = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(10))
            .build();
    private final URI base;

    record Answer(int status, String text, java.net.http.HttpHeaders headers) {
        Json.Obj json() {
            return (Json.Obj) JsonText.read("response", text);
        }

        /** What {@code /predict} answered; fails if it did not. */
        List<Json.Obj> predictions() {
            assertThat(status).as(text).isEqualTo(200);
            return ((Json.Arr) json().members().get("predictions"))
                    .items().stream().map(Json.Obj.class::cast).toList();
        }

        String error() {
            return ((Json.Str) json().members().get("error")).value();
        }
    }

    Caller(URI base) {
        this.base = base;
    }

    Answer get(String path, String... headers) {
        return send(request(path, headers).GET());
    }

    Answer post(String path, String body, String... headers) {
        return post(path, body.getBytes(StandardCharsets.UTF_8), headers);
    }

    Answer post(String path, byte[] body, String... headers) {
        HttpRequest.Builder request = request(path, headers);
        if (!List.of(headers).contains("Content-Type")) {
            request.header("Content-Type", "application/json");
        }
        return send(request.POST(HttpRequest.BodyPublishers.ofByteArray(body)));
    }

    Answer method(String method, String path) {
        return send(request(path).method(method, HttpRequest.BodyPublishers.noBody()));
    }

    static String text(Json object, String member) {
        return ((Json.Str) ((Json.Obj) object).members().get(member)).value();
    }

    /** The probability of Yes. */
    static double yes(Json object) {
        Json.Obj probabilities = (Json.Obj) ((Json.Obj) object).members().get("probabilities");
        return ((Json.Num) probabilities.members().get("Yes")).asDouble();
    }

    static byte[] gzip(byte[] plain) {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(packed)) {
            out.write(plain);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return packed.toByteArray();
    }

    private HttpRequest.Builder request(String path, String... headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(base.resolve(path)).timeout(Duration.ofSeconds(30));
        for (int i = 0; i < headers.length; i += 2) {
            request.header(headers[i], headers[i + 1]);
        }
        return request;
    }

    private Answer send(HttpRequest.Builder request) {
        try {
            HttpResponse<String> response = client.send(request.build(), HttpResponse.BodyHandlers.ofString());
            return new Answer(response.statusCode(), response.body(), response.headers());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
