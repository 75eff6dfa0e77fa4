package tatara.data.source.remote;

import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import tatara.core.error.CoreErrorCode;
import tatara.core.error.Fault;
import tatara.core.error.TataraException;
import tatara.core.json.Json;
import tatara.core.json.JsonText;
import tatara.core.remote.RemoteErrorCode;

/**
 * Fields of HashiCorp Vault's key-value engine, version 2, over its HTTP API. Address and token as Vault's own client takes them:
 * {@code VAULT_ADDR}, {@code VAULT_TOKEN} or the file {@code VAULT_TOKEN_FILE} or {@code ~/.vault-token}, {@code VAULT_NAMESPACE}. Thread-safe.
 */
final class Vault {
    private static final Duration TIMEOUT = Duration.ofSeconds(20);

    private final Function<String, Optional<String>> environment;

    Vault(Function<String, Optional<String>> environment) {
        this.environment = environment;
    }

    /** @param place {@code MOUNT/PATH#FIELD}; {@code MOUNT/data/PATH#FIELD} means the same */
    String read(String reference, String place) {
        int hash = place.lastIndexOf('#');
        int slash = place.indexOf('/');
        if (hash < 1 || hash == place.length() - 1 || slash < 1 || slash > hash) {
            throw SecretReferences.unresolved(
                    reference, "is not complete", "vault:MOUNT/PATH#FIELD", "Name the mount, the path and the field");
        }
        String mount = place.substring(0, slash);
        String path = place.substring(slash + 1, hash);
        String secret = path.startsWith("data/") ? path.substring(5) : path;
        Json answer = ask(reference, mount + "/data/" + secret);
        return field(answer, place.substring(hash + 1))
                .orElseThrow(() -> SecretReferences.unresolved(
                        reference,
                        "is not there: the secret has no such field",
                        "a field that is a text",
                        "Check the field's name"));
    }

    private static Optional<String> field(Json answer, String name) {
        return member(answer, "data")
                .flatMap(outer -> member(outer, "data"))
                .flatMap(inner -> member(inner, name))
                .flatMap(value -> value instanceof Json.Str text ? Optional.of(text.value()) : Optional.empty());
    }

    private static Optional<Json> member(Json value, String name) {
        return value instanceof Json.Obj object ? object.find(name) : Optional.empty();
    }

    private Json ask(String reference, String path) {
        String address = environment
                .apply("VAULT_ADDR")
                .orElseThrow(() -> SecretReferences.unresolved(
                        reference,
                        "needs Vault's address",
                        "VAULT_ADDR, such as https://vault:8200",
                        "Set VAULT_ADDR"));
        try {
            HttpRequest.Builder request = HttpRequest.newBuilder(
                            URI.create(address.replaceFirst("/+$", "") + "/v1/" + encoded(path)))
                    .timeout(TIMEOUT)
                    .header("X-Vault-Token", token(reference))
                    .header("X-Vault-Request", "true");
            environment.apply("VAULT_NAMESPACE").ifPresent(namespace -> request.header("X-Vault-Namespace", namespace));
            HttpResponse<String> response = HttpClient.newBuilder()
                    .connectTimeout(TIMEOUT)
                    .build()
                    .send(request.build(), HttpResponse.BodyHandlers.ofString(StandardCharsets.UTF_8));
            return answer(reference, address, response);
        } catch (IOException | IllegalArgumentException e) {
            throw unavailable(
                    reference, address, "does not answer: " + e.getClass().getSimpleName());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new TataraException(CoreErrorCode.CANCELLED, Fault.of("cancelled: reading " + reference), e);
        }
    }

    private static Json answer(String reference, String address, HttpResponse<String> response) {
        return switch (response.statusCode()) {
            case 200 -> read(reference, address, response.body());
            case 403 ->
                throw new TataraException(
                        RemoteErrorCode.ACCESS_REFUSED,
                        Fault.of("Vault refuses its token for " + reference)
                                .at(address)
                                .expecting("a token that may read this path")
                                .todo("Renew VAULT_TOKEN, or extend its policy"));
            case 404 ->
                throw SecretReferences.unresolved(
                        reference,
                        "is not there: Vault has no such path",
                        "a secret of a KV engine, version 2",
                        "Check the path");
            default -> throw unavailable(reference, address, "answers " + response.statusCode());
        };
    }

    private static Json read(String reference, String address, String body) {
        try {
            return JsonText.read("vault", body);
        } catch (TataraException e) {
            throw unavailable(reference, address, "does not answer in JSON");
        }
    }

    private String token(String reference) {
        Optional<String> given = environment.apply("VAULT_TOKEN").filter(token -> !token.isBlank());
        if (given.isPresent()) {
            return given.get().strip();
        }
        Optional<Path> file = environment
                .apply("VAULT_TOKEN_FILE")
                .or(() -> environment.apply("HOME").map(home -> home + "/.vault-token"))
                .map(Path::of)
                .filter(Files::isReadable);
        try {
            if (file.isPresent()) {
                return Files.readString(file.get()).strip();
            }
        } catch (IOException e) {
            throw SecretReferences.unresolved(
                    reference,
                    "needs a token, and its file cannot be read",
                    file.get().toString(),
                    "Check its permissions");
        }
        throw SecretReferences.unresolved(
                reference,
                "needs a token of Vault",
                "VAULT_TOKEN, VAULT_TOKEN_FILE or ~/.vault-token",
                "Set VAULT_TOKEN");
    }

    private static String encoded(String path) {
        return Arrays.stream(path.split("/"))
                .map(part -> URLEncoder.encode(part, StandardCharsets.UTF_8).replace("+", "%20"))
                .collect(Collectors.joining("/"));
    }

    private static TataraException unavailable(String reference, String address, String what) {
        return new TataraException(
                RemoteErrorCode.PLACE_UNAVAILABLE,
                Fault.of("Vault " + what + ", so that " + reference + " cannot be read")
                        .at(address)
                        .todo("Check VAULT_ADDR and that Vault is running and unsealed"));
    }
}
